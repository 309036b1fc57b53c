"""The service oversight, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import (
    care_institutions,
    eligibility,
    eligibility_life,
    eligibility_programmes,
    intake,
    payments,
    relief,
    relief_requests,
)
from doudi.events import oversight as events
from doudi.events import payments_recovery as recovery
from doudi.service import service
from oversight.api import flags
from oversight.handlers import grants, institutions, money, people, procedure, recoveries, tapers
from oversight.handlers import relief as papers
from oversight.store.measures import MEASURES

HEARS: Hears = {
    intake.FirstPostingEnded: procedure.first_posting_ended,
    intake.ApplicationForwarded: procedure.forwarded,
    intake.ApplicationForwardedV1: procedure.forwarded_v1,
    intake.DeathReported: money.died,
    eligibility.SecondPostingStarted: procedure.second_posting_started,
    eligibility.SecondPostingEnded: procedure.second_posting_ended,
    eligibility.ApprovalBlocked: procedure.approval_blocked,
    eligibility.DecisionIssued: procedure.decision_issued,
    eligibility.AwardGranted: money.granted,
    eligibility.AwardGrantedV1: money.granted_v1,
    eligibility.AwardAdjusted: money.adjusted,
    eligibility.AwardStopped: money.stopped,
    eligibility_life.TaperGranted: tapers.granted,
    eligibility_life.AwardResumed: tapers.resumed,
    eligibility_programmes.PersonalAwardGranted: money.granted,
    eligibility_programmes.PersonalAwardAdjusted: money.adjusted,
    payments.RunOpened: money.run_opened,
    payments.RunChecked: money.run_checked,
    payments.RunConfirmed: money.run_checked,
    payments.PaymentInstructed: money.instructed,
    payments.PaymentPaid: money.paid,
    payments.PaymentReturned: money.returned,
    recovery.RecoveryOpened: recoveries.opened,
    recovery.RecoveryDecided: recoveries.decided,
    recovery.RecoveryWithdrawn: recoveries.withdrawn,
    relief.EmergencyReported: papers.reported,
    relief.PaperworkFellOverdue: papers.papers_overdue,
    relief.PaperworkDone: papers.papers_done,
    relief.AdvanceGranted: grants.advance_granted,
    relief.FollowUpGranted: grants.follow_up_granted,
    relief.ReliefClosed: grants.closed,
    relief_requests.RequestAccepted: grants.request_accepted,
    relief_requests.RequestGranted: grants.request_granted,
    care_institutions.StaffingFellShort: institutions.fell_short,
    care_institutions.StaffingRecovered: institutions.recovered,
}
SAYS = (events.FlagRaised, events.FlagSettled)
SERVICE = service(
    "oversight",
    package="oversight",
    hears=HEARS,
    says=SAYS,
    routers=[flags.router, flags.catalogue],
    every=[institutions.watch_shortages, people.watch_deaths, recoveries.watch_recoveries],
    measures=MEASURES,
)
