"""What eligibility says of an award's life and of its own terms: reviews, changes, holds, tapers, hearings, clocks.

A file beside `eligibility` for its size alone; the publisher and the topic are the same.
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.base import Event
from doudi.events.parts import Finding
from doudi.money import Money

Kind = Literal["RAISE", "REDUCE", "SUSPEND", "TAPER", "STOP", "TRANSFER", "SPLIT", "MERGE", "MOVE"]


class LifeEvent(Event, publisher="eligibility"):
    """Said by eligibility."""


class InterventionProposed(LifeEvent, key="award_id"):
    """The county means to change an award. Nothing is changed by it. Amounts per month, before and after."""

    intervention_id: UUID
    award_id: UUID
    division: Division
    kind: Kind
    ground: str
    """Code of the reason, such as INCOME_OVER."""
    reason: str
    amount_before: Money
    """What the award pays per month."""
    amount_after: Money
    """What it, or what follows it, would pay per month."""
    findings: list[Finding]
    proposed_on: date
    by: str


class NoticeServed(LifeEvent, key="subject_id"):
    """Somebody was told in writing, with the reason: of what is meant to be done, or of a decision."""

    subject_id: UUID
    """The award, or the application."""
    intervention_id: UUID | None = None
    """The intervention that it is about; none for a refused application and after a death."""
    division: Division
    notice: Literal["PROPOSAL", "DECISION", "HOLD", "DEATH", "REFUSAL"]
    """What the person was told of."""
    reason: str
    answer_by: date | None = None
    """Last day for an answer; none where the notice tells of a decision."""
    served_on: date
    """Day of the notice."""
    by: str


class PersonHeard(LifeEvent, key="award_id"):
    """The person was heard before the decision, did not wish to be, or did not answer in the term."""

    intervention_id: UUID
    award_id: UUID
    hearing: Literal["HEARD", "DECLINED", "NO_ANSWER"]
    """How it went."""
    heard_on: date
    """Day of the hearing, or on which it was given up."""
    by: str


class AwardSuspended(LifeEvent, key="award_id"):
    """Payment is held from `from_month` on; the entitlement goes on. To be decided by `decide_by`."""

    award_id: UUID
    from_month: Month
    ground: Literal["ACCOUNT_RETURNED", "PERSON_NOT_FOUND", "ALIVE_CHECK_MISSED", "BY_DECISION"]
    """Code of the reason."""
    reason: str
    decide_by: date
    """Last day on which money may still be held."""
    suspended_on: date
    """Day of the hold."""
    by: str


class AwardResumed(LifeEvent, key="award_id"):
    """Payment goes on: a hold is over and its months are owed, or the household is in need again during its taper."""

    award_id: UUID
    months_owed: list[Month]
    """Months that were held and are now paid in arrears."""
    taper_given_up: bool = False
    """The award goes on past the taper's last month."""
    held: bool = False
    """The money is held all the same, for a hold that goes on."""
    resumed_on: date
    """Day of the resumption."""
    by: str


class DeathSettled(LifeEvent, key="award_id"):
    """A member's death was found and the award follows it: nothing needs to be noticed or heard for it.

    AwardAdjusted or AwardStopped is said with it.
    """

    award_id: UUID
    division: Division
    person_id: UUID
    """Who died."""
    outcome: Literal["ADJUSTED", "STOPPED"]
    """What became of the award."""
    died_on: date
    """Day of the death."""
    reported_on: date
    """Day on which it was reported."""
    due_on: date | None = None
    """Last day of the term of supervision (民发〔2022〕83号 一(三)); none before 2022-10-20."""
    in_time: bool | None = None
    """Whether it was settled within the term."""
    last_month: Month
    """The last month that is paid as before; what was paid since the month of death is overpaid."""
    findings: list[Finding]
    settled_on: date
    """Day on which the award followed the death."""


class WorkOffered(LifeEvent, key="award_id"):
    """Suitable work was offered to a member who is able to work and has none, and what came of it (649号 art. 45)."""

    award_id: UUID
    division: Division
    person_id: UUID
    outcome: Literal["ACCEPTED", "EXCUSED", "REFUSED"]
    """EXCUSED: refused with a good reason."""
    law_acts: bool
    """Refused so often in a row without good reason that the county has to reduce or stop this person's own part."""
    because: str
    """How often, and how often it takes"""
    offered_on: date
    """Day of the offer"""
    by: str
    """Who recorded it"""


class SuspensionEnding(LifeEvent, key="award_id"):
    """The longest time of a hold is nearly, or wholly, over: the county must decide. The entitlement goes on."""

    award_id: UUID
    division: Division
    decide_by: date
    """Last day on which money may still be held."""
    overdue: bool
    """Whether that day is over."""


class TaperGranted(LifeEvent, key="award_id"):
    """The award pays unchanged from `from_month` to `last_month`, and ends: a member found work."""

    award_id: UUID
    division: Division
    from_month: Month
    last_month: Month
    amount: Money
    reason: str
    findings: list[Finding]
    granted_on: date
    """Day of the decision."""
    by: str


class AwardTransferred(LifeEvent, key="award_id"):
    """An award goes on in another without a gap or an overlap: another programme, county or household."""

    award_id: UUID
    division: Division
    last_month: Month
    into: list[UUID]
    """The awards that go on from the month after; AwardGranted is said of each."""
    programmes: list[str]
    """Their programmes, in the same order."""
    cause: Literal["TRANSFER", "MOVE", "SPLIT", "MERGE"]
    transferred_on: date
    """Day of the decision."""
    by: str


class HouseholdSplit(LifeEvent, key="household_id"):
    """A household became several, or several became one; nobody is covered twice or lost."""

    household_id: UUID
    division: Division
    cause: Literal["SPLIT", "MERGE"]
    into: list[UUID]
    """The new households."""
    awards: list[UUID]
    """The awards that they get; a household that is not in need any more gets none."""
    split_on: date
    """Day of the decision."""
    by: str


class ReviewDue(LifeEvent, key="award_id"):
    """An award is to be looked at again soon (民发〔2012〕220号 art. 33)."""

    award_id: UUID
    division: Division
    due_on: date


class ReviewOverdue(LifeEvent, key="award_id"):
    """An award was not looked at again in time."""

    award_id: UUID
    division: Division
    due_on: date


class ReviewBegan(LifeEvent, key="award_id"):
    """An award is being looked at again; it is paid as before until something is decided."""

    award_id: UUID
    division: Division
    began_on: date
    """Day on which the review began."""
    review_due_on: date
    """The day until which it is to be done."""
    by: str


class ReviewRecorded(LifeEvent, key="award_id"):
    """An award was looked at again with verified means; what the rules say now. A change is a proposal yet."""

    review_id: UUID
    """The review."""
    award_id: UUID
    division: Division
    outcome: Literal["UNCHANGED", "RAISE", "REDUCE", "STOP"]
    rule_set: str
    amount_before: Money
    """What the award pays per month."""
    amount_after: Money
    """What the rules give per month."""
    findings: list[Finding]
    reviewed_on: date
    review_due_on: date
    by: str


class ChangeReported(LifeEvent, key="award_id"):
    """A household reported, or was reported, to have changed; it is looked at again by `review_due_on`."""

    award_id: UUID
    division: Division
    kind: Literal["INCOME", "MEMBER_ADDED", "MEMBER_LEFT", "MOVED"]
    person_id: UUID | None = None
    happened_on: date
    """Day of the change."""
    reported_on: date
    review_due_on: date
    by: str


class StatutoryTermNearing(LifeEvent, key="case_id"):
    """One of the county's statutory terms is nearly over."""

    case_id: UUID
    """The application."""
    division: Division
    term: str
    """Code of the term, such as COUNTY_OPINION."""
    title: str
    """The term in Chinese."""
    clause: str
    """The clause that sets it."""
    due_on: date


class StatutoryTermPassed(LifeEvent, key="case_id"):
    """One of the county's statutory terms is over and what was due is not done."""

    case_id: UUID
    """The application."""
    division: Division
    term: str
    """Code of the term, such as COUNTY_OPINION."""
    title: str
    """The term in Chinese."""
    clause: str
    """The clause that sets it."""
    due_on: date
