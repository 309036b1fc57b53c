"""The law that payments applies: facts in, findings out; no session, no clock, no settings."""

from payments.rules.hands import STANDING_ADVANCE, checked_by_another, confirmed_by_a_third, hands_of_advance
from payments.rules.month import arrears, deadline, last_month_after_death, lies_too_long, may_be_opened, payment_key
from payments.rules.recovery import (
    decided_by_another,
    heard_before_recovery,
    overpaid,
    recovered_for_concealment,
    recovered_without_fault,
    spread,
    written_off_by_a_second,
)

__all__ = [
    "STANDING_ADVANCE",
    "arrears",
    "checked_by_another",
    "confirmed_by_a_third",
    "deadline",
    "decided_by_another",
    "hands_of_advance",
    "heard_before_recovery",
    "last_month_after_death",
    "lies_too_long",
    "may_be_opened",
    "overpaid",
    "payment_key",
    "recovered_for_concealment",
    "recovered_without_fault",
    "spread",
    "written_off_by_a_second",
]
