"""The law that intake applies: facts in, findings out; no session, no clock, no settings."""

from intake.rules.application import (
    Materials,
    Missing,
    acceptance_due,
    complete,
    correction_lapses,
    files_apart,
    head_applies,
    may_handle,
    missing_materials,
    must_consent,
    near_relative,
    village_is_entrusted,
)
from intake.rules.assessment import STEPS, assessment_due, five_steps, must_survey_again, representatives_suffice
from intake.rules.household import Place, place_in_unit, rural_hukou
from intake.rules.review import name_may_be_posted, opinion_has_reason, posting_ends, posting_is_over
from intake.rules.survey import (
    Result,
    both_sides_signed,
    everyone_was_seen,
    matching_verdict,
    sources_to_ask,
    survey_due,
    survey_team,
    visit_is_in_time,
)

__all__ = [
    "STEPS",
    "Materials",
    "Missing",
    "Place",
    "Result",
    "acceptance_due",
    "assessment_due",
    "both_sides_signed",
    "complete",
    "correction_lapses",
    "everyone_was_seen",
    "files_apart",
    "five_steps",
    "head_applies",
    "matching_verdict",
    "may_handle",
    "missing_materials",
    "must_consent",
    "must_survey_again",
    "name_may_be_posted",
    "near_relative",
    "opinion_has_reason",
    "place_in_unit",
    "posting_ends",
    "posting_is_over",
    "representatives_suffice",
    "rural_hukou",
    "sources_to_ask",
    "survey_due",
    "survey_team",
    "village_is_entrusted",
    "visit_is_in_time",
]
