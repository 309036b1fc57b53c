"""What intake says: an application on its way from the window to the county."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.division import Division
from doudi.events.base import Event
from doudi.events.parts import Account, Household, MatchResult, Means


class IntakeEvent(Event, publisher="intake"):
    """Said by intake."""


class ApplicationSubmitted(IntakeEvent, key="application_id", version=2):
    """A person applied in writing (民发〔2012〕220号 art. 9)."""

    application_id: UUID
    household_id: UUID
    programme: Literal["DIBAO_R", "DIBAO_U"]
    """Rural or urban, by the household's hukou"""
    division: Division
    channel: Literal["WINDOW", "VILLAGE", "ONLINE", "DISCOVERY"]
    submitted_on: date
    alone: UUID | None = None
    """The member who applies in his own name to be treated as a single person (domain §3.5); null: the household"""


class ApplicationSubmittedV1(IntakeEvent, key="application_id", called="ApplicationSubmitted"):
    """As version 2, for readers of version 1: each is said in both."""

    application_id: UUID
    household_id: UUID
    programme: Literal["DIBAO_R"]
    division: Division
    channel: Literal["WINDOW", "VILLAGE", "ONLINE", "DISCOVERY"]
    submitted_on: date
    standard_of: Literal["DIBAO_R", "DIBAO_U"] | None = None
    """Rural or urban, by the household's hukou. `programme` says DIBAO_R for both, a promise of v1."""
    alone: UUID | None = None
    """The member who applies in his own name to be treated as a single person (domain §3.5); null: the household"""
    also_in_v2: bool | None = None
    """True: version 2 says the same; who hears version 2 passes this one by. Null: said before there was one"""


class CorrectionRequested(IntakeEvent, key="application_id"):
    """The township told the applicant once of everything that is missing (art. 13)."""

    application_id: UUID
    missing: list[str]
    requested_on: date
    by: str


class ApplicationAccepted(IntakeEvent, key="application_id"):
    """The clock T0 started (art. 13, 18)."""

    application_id: UUID
    household: Household
    near_relative: bool
    accepted_on: date
    survey_due_on: date
    by: str


class ApplicationWithdrawn(IntakeEvent, key="application_id"):
    """The applicant took the application back before a decision."""

    application_id: UUID
    withdrawn_on: date


class ApplicationNotAccepted(IntakeEvent, key="application_id"):
    """The township did not accept the application and said why (domain §4.2)."""

    application_id: UUID
    division: Division
    reason: str
    decided_on: date
    by: str


class ApplicationTerminated(IntakeEvent, key="application_id"):
    """The application ended without a decision: refusal to cooperate, or the applicant died (domain §4.2)."""

    application_id: UUID
    division: Division
    reason: str
    terminated_on: date
    by: str


class MatchingCompleted(IntakeEvent, key="application_id"):
    """The departments answered (art. 19). INCOMPLETE: a source was out of reach, nothing is concluded from silence."""

    application_id: UUID
    results: list[MatchResult]
    outcome: Literal["PASSED", "FAILED", "INCOMPLETE"]
    completed_on: date


class ApplicationRefusedAfterMatching(IntakeEvent, key="application_id"):
    """The matching failed, the result stood, and the applicant was told in writing why (art. 20)."""

    application_id: UUID
    division: Division
    reason: str
    refused_on: date
    by: str


class HomeVisited(IntakeEvent, key="application_id"):
    """Two or more surveyors visited and both sides signed (art. 18, 19)."""

    application_id: UUID
    visited_on: date
    surveyors: list[str]
    signed: bool
    means: Means


class AssessmentHeld(IntakeEvent, key="application_id"):
    """The village assessed whether the survey is true (art. 21-24)."""

    application_id: UUID
    held_on: date
    present: int
    representatives: int
    conclusion: Literal["AGREED", "DISPUTED"]


class ApplicationReviewed(IntakeEvent, key="application_id"):
    """The township formed its opinion (art. 25)."""

    application_id: UUID
    opinion: Literal["SUPPORT", "REFUSE"]
    reason: str
    reviewed_on: date
    by: str


class FirstPostingStarted(IntakeEvent, key="application_id"):
    """The first of the two postings hangs at the village board (art. 25). `ends_on` is its last day."""

    application_id: UUID
    division: Division
    posted_on: date
    ends_on: date
    days: int


class FirstPostingObjected(IntakeEvent, key="application_id"):
    """Somebody objected within the posting."""

    application_id: UUID
    objection_id: UUID
    objected_on: date


class FirstPostingEnded(IntakeEvent, key="application_id"):
    """The posting was taken down: after its full time, or early because of an objection (`full` false)."""

    application_id: UUID
    posted_on: date
    ended_on: date
    full: bool


class ApplicationForwarded(IntakeEvent, key="application_id", version=2):
    """The township sent the case to the county with everything that a decision needs (art. 26)."""

    application_id: UUID
    programme: Literal["DIBAO_R", "DIBAO_U"]
    """Rural or urban, by the household's hukou"""
    household: Household
    means: Means
    account: Account
    near_relative: bool
    matching: Literal["PASSED", "INCOMPLETE"]
    opinion: Literal["SUPPORT", "REFUSE"]
    surveyors: list[str]
    officers: list[str]
    """Everyone who acted on the case in the township."""
    relatives: list[str]
    """Officers who are near relatives of a member, by filing (art. 14): they must not decide."""
    posted_on: date
    posting_ended_on: date
    forwarded_on: date
    declared_on: date | None = None
    """Day on which the household declared itself, or supplied what was missing."""
    matched_on: date | None = None
    """Day on which the departments had answered."""
    surveyed_on: date | None = None
    """Day of the home visit."""
    accepted_on: date | None = None
    """When the township accepted it: the whole procedure's term runs from then. Null: said before it was told."""


class ApplicationForwardedV1(IntakeEvent, key="application_id", called="ApplicationForwarded"):
    """As version 2, for readers of version 1: each is said in both."""

    application_id: UUID
    programme: Literal["DIBAO_R"]
    household: Household
    means: Means
    account: Account
    near_relative: bool
    matching: Literal["PASSED", "INCOMPLETE"]
    opinion: Literal["SUPPORT", "REFUSE"]
    surveyors: list[str]
    officers: list[str]
    """Everyone who acted on the case in the township."""
    relatives: list[str]
    """Officers who are near relatives of a member, by filing (art. 14): they must not decide."""
    posted_on: date
    posting_ended_on: date
    forwarded_on: date
    standard_of: Literal["DIBAO_R", "DIBAO_U"] | None = None
    """Rural or urban, by the household's hukou. `programme` says DIBAO_R for both, a promise of v1."""
    declared_on: date | None = None
    """Day on which the household declared itself, or supplied what was missing."""
    matched_on: date | None = None
    """Day on which the departments had answered."""
    surveyed_on: date | None = None
    """Day of the home visit."""
    accepted_on: date | None = None
    """When the township accepted it: the whole procedure's term runs from then. Null: said before it was told."""
    also_in_v2: bool | None = None
    """True: version 2 says the same; who hears version 2 passes this one by. Null: said before there was one"""


class DeathReported(IntakeEvent, key="person_id"):
    """Another department or the village reported a death (domain §4.4, source 公安/民政/卫健)."""

    person_id: UUID
    match_key: str
    died_on: date
    reported_on: date
    source: str
