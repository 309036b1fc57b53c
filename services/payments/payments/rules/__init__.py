"""The law that payments applies: facts in, findings out; no session, no clock, no settings."""

from payments.rules.hands import STANDING_ADVANCE, checked_by_another, confirmed_by_a_third, hands_of_advance
from payments.rules.month import arrears, deadline, last_month_after_death, lies_too_long, may_be_opened, payment_key

__all__ = [
    "STANDING_ADVANCE",
    "arrears",
    "checked_by_another",
    "confirmed_by_a_third",
    "deadline",
    "hands_of_advance",
    "last_month_after_death",
    "lies_too_long",
    "may_be_opened",
    "payment_key",
]
