"""The service payments, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility, eligibility_life, eligibility_programmes, intake, relief, relief_requests
from doudi.events import payments as events
from doudi.events import payments_recovery as recovery
from doudi.service import service
from payments.api import payments, recoveries, runs
from payments.handlers import awards, courier, grants, overpaid, results
from payments.handlers import runs as handlers
from payments.handlers.settings import PaymentsSettings
from payments.store.measures import MEASURES

HEARS: Hears = {
    eligibility.AwardGranted: awards.granted,
    eligibility.AwardGrantedV1: awards.granted_v1,
    eligibility.AwardAdjusted: awards.adjusted,
    eligibility.AwardStopped: awards.stopped,
    eligibility_life.AwardSuspended: awards.suspended,
    eligibility_life.AwardResumed: awards.resumed,
    eligibility_life.TaperGranted: awards.tapers,
    eligibility_programmes.PersonalAwardGranted: awards.granted,
    eligibility_programmes.PersonalAwardAdjusted: awards.adjusted,
    intake.DeathReported: awards.died,
    relief.AdvanceGranted: grants.advance_granted,
    relief.FollowUpGranted: grants.follow_up_granted,
    relief_requests.RequestGranted: grants.request_granted,
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
    recovery.RecoveryOpened,
    recovery.RecoveryRaised,
    recovery.RecoveryLowered,
    recovery.RecoveryDecided,
    recovery.RecoveryNotified,
    recovery.RecoveryRepaid,
    recovery.RecoveryWrittenOff,
    recovery.RecoveryWithdrawn,
    recovery.RecoveryClosed,
)
SERVICE = service(
    "payments",
    package="payments",
    hears=HEARS,
    says=SAYS,
    routers=[runs.router, payments.router, recoveries.router],
    every=[handlers.say_rest, results.settle_rest, overpaid.examine],
    couriers=[courier.send_files, courier.fetch_results],
    settings=PaymentsSettings,
    measures=MEASURES,
)
