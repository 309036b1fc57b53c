"""The service eligibility, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility as events
from doudi.events import intake
from doudi.service import service
from eligibility.api import awards, cases, comparisons, determinations, ledger_reports, postings, registers, standards
from eligibility.handlers import death, ledger, posting, received
from eligibility.handlers.settings import EligibilitySettings

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
    events.LedgerCompared,
    events.LedgerTaskOpened,
    events.LedgerTaskClosed,
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
        registers.router,
        comparisons.router,
        ledger_reports.router,
    ],
    every=[posting.end_postings, ledger.monthly, ledger.advance],
    settings=EligibilitySettings,
)
