"""The service relief, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import payments
from doudi.events import relief as events
from doudi.service import service
from relief.api import cases, follow_ups
from relief.handlers import emergency, money, paperwork
from relief.store.measures import MEASURES

HEARS: Hears = {
    payments.PaymentPaid: money.payment_paid,
    payments.PaymentReturned: money.payment_returned,
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
    events.FollowUpProposed,
    events.FollowUpGranted,
    events.FollowUpEnded,
    events.FollowUpPaid,
)
SERVICE = service(
    "relief",
    package="relief",
    hears=HEARS,
    says=SAYS,
    routers=[cases.router, follow_ups.router],
    every=[emergency.assume_ends, paperwork.fall_overdue],
    measures=MEASURES,
)
