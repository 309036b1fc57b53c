"""The risk indicators of domain.md §9 that this version raises: facts in, findings out; no session, no clock."""

from oversight.rules.catalogue import INDICATORS, Indicator
from oversight.rules.coverage import two_of_class_c, whole_household_of_a_and_b
from oversight.rules.flag import Severity, answer_due, may_see
from oversight.rules.institutions import short_too_long_from, staffed_again_in_time
from oversight.rules.money import (
    AWARDED_ITEMS,
    Line,
    as_decided,
    checked_by_another,
    doubles,
    money_paid,
    overpayment_followed,
    paid_once,
    recovery_decided_by,
)
from oversight.rules.numbers import NUMBERS
from oversight.rules.people import (
    death_followed,
    death_followed_by,
    death_settled_by,
    paid_to_the_living,
    without_a_vehicle,
)
from oversight.rules.procedure import Which, decided_after_posting, posted_long_enough, second_posting_expected
from oversight.rules.relief import (
    Helped,
    again_with_consent,
    at_the_floor,
    not_split,
    one_matter,
    papers_in_time,
    urgent_in_measure,
    within_township_limit,
)
from oversight.rules.taper import paid_within_the_taper, taper_short_enough

__all__ = [
    "AWARDED_ITEMS",
    "INDICATORS",
    "NUMBERS",
    "Helped",
    "Indicator",
    "Line",
    "Severity",
    "Which",
    "again_with_consent",
    "answer_due",
    "as_decided",
    "at_the_floor",
    "checked_by_another",
    "death_followed",
    "death_followed_by",
    "death_settled_by",
    "decided_after_posting",
    "doubles",
    "may_see",
    "money_paid",
    "not_split",
    "one_matter",
    "overpayment_followed",
    "paid_once",
    "paid_to_the_living",
    "paid_within_the_taper",
    "papers_in_time",
    "posted_long_enough",
    "recovery_decided_by",
    "second_posting_expected",
    "short_too_long_from",
    "staffed_again_in_time",
    "taper_short_enough",
    "two_of_class_c",
    "urgent_in_measure",
    "whole_household_of_a_and_b",
    "within_township_limit",
    "without_a_vehicle",
]
