"""The law that relief applies: facts in, findings out; no session, no clock, no settings."""

from relief.rules.advance import (
    Floor,
    Level,
    Registry,
    Threat,
    Urgency,
    check_due,
    granted_by_another,
    hours_to_pay,
    may_pay_first,
    pay_due,
    per_capita_floor,
    same_cause_again,
    seen_by_enough,
    within_level,
)
from relief.rules.follow_up import follow_up_by_another, follow_up_reaches_floor
from relief.rules.paperwork import (
    PAPERS,
    Papers,
    assumed_end,
    end_is_possible,
    is_overdue,
    papers_complete,
    paperwork_due,
)

__all__ = [
    "PAPERS",
    "Floor",
    "Level",
    "Papers",
    "Registry",
    "Threat",
    "Urgency",
    "assumed_end",
    "check_due",
    "end_is_possible",
    "follow_up_by_another",
    "follow_up_reaches_floor",
    "granted_by_another",
    "hours_to_pay",
    "is_overdue",
    "may_pay_first",
    "papers_complete",
    "paperwork_due",
    "pay_due",
    "per_capita_floor",
    "same_cause_again",
    "seen_by_enough",
    "within_level",
]
