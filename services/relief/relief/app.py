"""The service relief, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import payments
from doudi.events import relief as events
from doudi.events import relief_requests as request_events
from doudi.service import service
from relief.api import cases, follow_ups, postings, requests
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
    request_events.RequestAccepted,
    request_events.RequestReviewed,
    request_events.RequestPosted,
    request_events.RequestForwarded,
    request_events.RequestSentBack,
    request_events.RequestGranted,
    request_events.RequestRefused,
    request_events.RequestWithdrawn,
    request_events.RequestPaid,
)
SERVICE = service(
    "relief",
    package="relief",
    hears=HEARS,
    says=SAYS,
    routers=[cases.router, follow_ups.router, requests.router, postings.router],
    every=[emergency.assume_ends, paperwork.fall_overdue],
    measures=MEASURES,
)
