"""The service eligibility, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility as events
from doudi.events import eligibility_ledger, intake
from doudi.events import eligibility_life as life_events
from doudi.events import eligibility_programmes as programme_events
from doudi.events import eligibility_standards as changes
from doudi.service import service
from eligibility.api import (
    awards,
    cases,
    certificates,
    comparisons,
    determinations,
    ledger_reports,
    life,
    notices,
    postings,
    price,
    programmes,
    redeterminations,
    registers,
    samples,
    simulations,
    standards,
)
from eligibility.handlers import (
    deadlines,
    death,
    ledger,
    posting,
    programme_awards,
    programme_changes,
    programme_posting,
    received,
    redetermination,
)
from eligibility.handlers import price as price_handlers
from eligibility.handlers.settings import EligibilitySettings
from eligibility.store.measures import MEASURES

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
    events.AwardGrantedV1,
    events.AwardAdjusted,
    events.AwardStopped,
    life_events.AwardSuspended,
    life_events.AwardResumed,
    life_events.TaperGranted,
    life_events.AwardTransferred,
    life_events.HouseholdSplit,
    life_events.InterventionProposed,
    life_events.NoticeServed,
    life_events.PersonHeard,
    life_events.ReviewDue,
    life_events.ReviewOverdue,
    life_events.ReviewRecorded,
    life_events.ChangeReported,
    life_events.SuspensionEnding,
    life_events.StatutoryTermNearing,
    life_events.StatutoryTermPassed,
    changes.StandardSet,
    changes.RedeterminationProposed,
    changes.RedeterminationApproved,
    changes.RedeterminationExecuted,
    changes.RescreeningFound,
    changes.RegisterRescreeningFound,
    programme_events.PersonalDeterminationMade,
    programme_events.PersonalPostingStarted,
    programme_events.PersonalPostingObjected,
    programme_events.PersonalPostingEnded,
    programme_events.PersonalDecisionIssued,
    programme_events.PersonalAwardGranted,
    programme_events.PersonalAwardAdjusted,
    programme_events.PersonalHearingHeld,
    programme_events.PersonalAwardQuestioned,
    eligibility_ledger.LedgerCompared,
    eligibility_ledger.LedgerTaskOpened,
    eligibility_ledger.LedgerTaskClosed,
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
        life.router,
        samples.router,
        standards.router,
        redeterminations.router,
        simulations.router,
        certificates.router,
        notices.router,
        programmes.router,
        programmes.postings,
        programmes.awards,
        price.router,
        registers.router,
        comparisons.router,
        ledger_reports.router,
    ],
    every=[
        posting.end_postings,
        deadlines.end_tapers,
        deadlines.remind_of_reviews,
        deadlines.remind_of_holds,
        deadlines.remind_of_terms,
        redetermination.work,
        programme_posting.end_postings,
        programme_awards.compare_living,
        programme_changes.compare_monthly,
        price_handlers.grant,
        ledger.monthly,
        ledger.advance,
    ],
    settings=EligibilitySettings,
    measures=MEASURES,
)
