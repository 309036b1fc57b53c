"""The service intake, as a table of contents."""

from __future__ import annotations

from doudi.consumer import Hears
from doudi.events import eligibility as county
from doudi.events import intake as events
from doudi.service import service
from intake.api import applications, people, postings, survey
from intake.handlers import county as heard
from intake.handlers import courier, posting, window
from intake.handlers.settings import IntakeSettings
from intake.store.measures import MEASURES

HEARS: Hears = {
    county.DecisionIssued: heard.decision_issued,
    county.ApplicationReturned: heard.application_returned,
}
SAYS = (
    events.ApplicationSubmitted,
    events.ApplicationSubmittedV1,
    events.CorrectionRequested,
    events.ApplicationAccepted,
    events.ApplicationNotAccepted,
    events.ApplicationWithdrawn,
    events.ApplicationTerminated,
    events.MatchingCompleted,
    events.ApplicationRefusedAfterMatching,
    events.HomeVisited,
    events.AssessmentHeld,
    events.ApplicationReviewed,
    events.FirstPostingStarted,
    events.FirstPostingObjected,
    events.FirstPostingEnded,
    events.ApplicationForwarded,
    events.ApplicationForwardedV1,
    events.DeathReported,
)
SERVICE = service(
    "intake",
    package="intake",
    hears=HEARS,
    says=SAYS,
    routers=[people.persons, people.households, people.facts, applications.router, survey.router, postings.router],
    every=[posting.end_postings, window.lapse_corrections],
    couriers=[courier.ask_departments],
    settings=IntakeSettings,
    measures=MEASURES,
)
