"""The service eligibility, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility as events
from doudi.events import intake
from doudi.service import service
from eligibility.api import awards, cases, determinations, postings, standards
from eligibility.handlers import death, posting, received

HEARS: Hears = {
    intake.ApplicationForwarded: received.receive,
    intake.ApplicationWithdrawn: received.withdraw,
    intake.DeathReported: death.member_died,
}
SAYS = (
    events.DeterminationMade,
    events.ApprovalBlocked,
    events.ApplicationReturned,
    events.CountyVisitRecorded,
    events.SecondPostingStarted,
    events.SecondPostingObjected,
    events.SecondPostingEnded,
    events.DecisionIssued,
    events.DecisionPublished,
    events.AwardGranted,
    events.AwardAdjusted,
    events.AwardStopped,
)
SERVICE = service(
    "eligibility",
    package="eligibility",
    hears=HEARS,
    says=SAYS,
    routers=[cases.router, determinations.router, postings.router, awards.router, standards.router],
    every=[posting.end_postings],
)
