"""The service relief, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import payments
from doudi.events import relief as events
from doudi.service import service
from relief.api import cases
from relief.handlers import advance, emergency, paperwork
from relief.store.measures import MEASURES

HEARS: Hears = {
    payments.PaymentPaid: advance.payment_paid,
    payments.PaymentReturned: advance.payment_returned,
}
SAYS = (
    events.EmergencyReported,
    events.EmergencyVerified,
    events.AdvanceGranted,
    events.AdvancePaid,
    events.EmergencyEnded,
    events.PaperworkDone,
    events.PaperworkFellOverdue,
    events.ReliefClosed,
)
SERVICE = service(
    "relief",
    package="relief",
    hears=HEARS,
    says=SAYS,
    routers=[cases.router],
    every=[emergency.assume_ends, paperwork.fall_overdue],
    measures=MEASURES,
)
