"""The service eligibility, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility as events
from doudi.events import eligibility_standards as changes
from doudi.events import intake
from doudi.service import service
from eligibility.api import awards, cases, determinations, postings, redeterminations, simulations, standards
from eligibility.handlers import death, posting, received, redetermination

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
    events.AwardGranted,
    events.AwardAdjusted,
    events.AwardStopped,
    changes.StandardSet,
    changes.RedeterminationProposed,
    changes.RedeterminationApproved,
    changes.RedeterminationExecuted,
    changes.RescreeningFound,
)
SERVICE = service(
    "eligibility",
    package="eligibility",
    hears=HEARS,
    says=SAYS,
    routers=[
        cases.router,
        determinations.router,
        postings.router,
        awards.router,
        standards.router,
        redeterminations.router,
        simulations.router,
    ],
    every=[posting.end_postings, redetermination.work],
)
