"""The law that care-institutions applies: facts in, findings out; no session, no clock, no settings."""

from care_institutions.rules.admission import (
    ORDER,
    Group,
    bed_is_free,
    has_consented,
    in_turn,
    papers_in_order,
    place_in_order,
)
from care_institutions.rules.selfcare import (
    ITEMS,
    enough_assessors,
    grade,
    items_failed,
    next_assessment_due,
    reassessment_due,
)
from care_institutions.rules.staffing import (
    Grade,
    Post,
    Residents,
    care_staff_beside,
    counts_as,
    exact_staff,
    on_the_roster,
    planned_staff,
    required_staff,
    shares,
    staff_suffice,
)

__all__ = [
    "ITEMS",
    "ORDER",
    "Grade",
    "Group",
    "Post",
    "Residents",
    "bed_is_free",
    "care_staff_beside",
    "counts_as",
    "enough_assessors",
    "exact_staff",
    "grade",
    "has_consented",
    "in_turn",
    "items_failed",
    "next_assessment_due",
    "on_the_roster",
    "papers_in_order",
    "place_in_order",
    "planned_staff",
    "reassessment_due",
    "required_staff",
    "shares",
    "staff_suffice",
]
