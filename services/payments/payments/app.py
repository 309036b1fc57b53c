"""The service payments, as a table of contents."""

from __future__ import annotations

from pydantic import Field

from doudi.consumer import Hears
from doudi.events import eligibility, intake, relief
from doudi.events import payments as events
from doudi.service import service
from doudi.settings import Settings
from payments.api import payees, runs
from payments.handlers import bank, owed


class PaymentsSettings(Settings):
    """What payments needs beside the common settings."""

    bank_url: str | None = Field(default=None, description="The agent bank's gateway; without it files go by hand")
    max_body_bytes: int = Field(default=67_108_864, ge=1024, description="Largest request body: a result file")


HEARS: Hears = {
    eligibility.AwardGranted: owed.award_granted,
    eligibility.AwardAdjusted: owed.award_adjusted,
    eligibility.AwardStopped: owed.award_stopped,
    relief.AdvanceGranted: owed.advance_granted,
    intake.DeathReported: owed.person_died,
}
SAYS = (
    events.RunOpened,
    events.RunChecked,
    events.RunConfirmed,
    events.BankFileSent,
    events.PaymentInstructed,
    events.PaymentPaid,
    events.PaymentReturned,
    events.AccountCorrected,
)
SERVICE = service(
    "payments",
    package="payments",
    hears=HEARS,
    says=SAYS,
    routers=[runs.router, payees.router],
    couriers=[bank.deliver, bank.collect],
    settings=PaymentsSettings,
)
