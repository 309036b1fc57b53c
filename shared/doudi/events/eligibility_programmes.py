"""What eligibility says of programmes that one person holds: every one but dibao (domain §2.1).

A file of its own because AwardGranted and its like promise dibao to their readers, by closed lists of programmes, items
and classes: to widen those would break a strict reader. Here the lists are open. The publisher and topic are the same.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.base import Event, Part
from doudi.events.parts import Account, Finding
from doudi.money import Money

CODE = r"^[A-Z][A-Z0-9_]{1,39}$"
"""A programme or an item, such as `TEKUN` or `CARE` (domain §2.1)."""


class PersonalEvent(Event, publisher="eligibility"):
    """Said by eligibility."""


class PersonalLine(Part):
    """One person's money of one kind, per month."""

    person_id: UUID
    item: str = Field(pattern=CODE)
    """BASE, CARE, LIVING, TOP_UP, PRICE …; a reader passes over one that it does not know."""
    amount: Money


class PersonalDeterminationMade(PersonalEvent, key="application_id"):
    """The rules of a programme of one person were applied; a proposal, not yet a decision. Money per month."""

    application_id: UUID
    person_id: UUID
    division: Division
    programme: str = Field(pattern=CODE)
    rule_set: str
    eligible: bool
    lines: list[PersonalLine]
    amount: Money
    starts: Month
    findings: list[Finding]
    sha256: str
    """Digest of the canonical determination, which a recomputation gives again."""
    determined_on: date


class PersonalPostingStarted(PersonalEvent, key="application_id"):
    """The township's opinion on a programme of one person hangs (民发〔2021〕43号 art. 15)."""

    application_id: UUID
    division: Division
    programme: str = Field(pattern=CODE)
    posted_on: date
    ends_on: date
    days: int


class PersonalPostingObjected(PersonalEvent, key="application_id"):
    """Somebody objected within it."""

    application_id: UUID
    objected_on: date
    due_on: date


class PersonalPostingEnded(PersonalEvent, key="application_id"):
    """It was taken down."""

    application_id: UUID
    posted_on: date
    ended_on: date
    full: bool


class PersonalDecisionIssued(PersonalEvent, key="application_id"):
    """The county decided on a programme of one person; three different people acted (domain §4.2)."""

    decision_id: UUID
    application_id: UUID
    person_id: UUID
    division: Division
    programme: str = Field(pattern=CODE)
    outcome: Literal["APPROVED", "REFUSED"]
    award_id: UUID | None = None
    """The award that was looked at again; null for an application."""
    change: str | None = None
    """What an approved change came to: UNCHANGED, ADJUSTED or ENDED."""
    rule_set: str
    lines: list[PersonalLine]
    amount: Money
    findings: list[Finding]
    decided_on: date
    posting_ended_on: date | None
    """Last day of the township's posting; null for programmes that are not posted."""
    notice_due_on: date
    prepared_by: str
    checked_by: str
    signed_by: str


class PersonalAwardGranted(PersonalEvent, key="award_id"):
    """One person's money of a programme other than dibao is due every month from `starts`.

    It ends by AwardStopped. `programme` and `item` are open lists: a reader passes over what it does not know.
    """

    award_id: UUID
    application_id: UUID | None
    """Null where the programme needs no application: PRICE_SUB."""
    decision_id: UUID
    person_id: UUID
    division: Division
    programme: str = Field(pattern=CODE)
    rule_set: str
    lines: list[PersonalLine]
    amount: Money
    starts: Month
    review_due_on: date
    account: Account


class PersonalAwardAdjusted(PersonalEvent, key="award_id"):
    """From `from_month` the person's award pays these lines instead."""

    award_id: UUID
    from_month: Month
    lines: list[PersonalLine]
    amount: Money
    reason: str
    findings: list[Finding]
    adjusted_on: date
    by: str
    redetermination_id: UUID | None = None
    """The redetermination that did it, when a changed standard was the reason"""
    notice_id: UUID | None = None
    """The notice (通知书) that tells the person of a redetermination"""


class PersonalHearingHeld(PersonalEvent, key="application_id"):
    """The person was heard before less or nothing is paid (社会救助法 art. 48)."""

    application_id: UUID
    award_id: UUID
    heard_on: date
    by: str


class PersonalAwardQuestioned(PersonalEvent, key="award_id"):
    """The monthly comparison asks the county to look at an award; it takes nothing away by itself."""

    award_id: UUID
    person_id: UUID
    division: Division
    programme: str = Field(pattern=CODE)
    month: Month
    because: str
    findings: list[Finding]
