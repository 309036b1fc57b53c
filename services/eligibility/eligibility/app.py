"""The service eligibility, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility as events
from doudi.events import eligibility_programmes as programme_events
from doudi.events import intake
from doudi.service import service
from eligibility.api import awards, cases, determinations, postings, price, programmes, standards
from eligibility.handlers import death, posting, programme_awards, programme_changes, programme_posting, received
from eligibility.handlers import price as price_handlers

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
    programme_events.PersonalDeterminationMade,
    programme_events.PersonalPostingStarted,
    programme_events.PersonalPostingObjected,
    programme_events.PersonalPostingEnded,
    programme_events.PersonalDecisionIssued,
    programme_events.PersonalAwardGranted,
    programme_events.PersonalAwardAdjusted,
    programme_events.PersonalHearingHeld,
    programme_events.PersonalAwardQuestioned,
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
        programmes.router,
        programmes.postings,
        programmes.awards,
        price.router,
    ],
    every=[
        posting.end_postings,
        programme_posting.end_postings,
        programme_awards.compare_living,
        programme_changes.compare_monthly,
        price_handlers.grant,
    ],
)
