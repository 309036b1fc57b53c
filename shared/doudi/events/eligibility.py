"""What eligibility says: determinations, decisions, awards."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events import (  # noqa: F401 -- these load with the rest
    eligibility_ledger,
    eligibility_life,
    eligibility_programmes,
    eligibility_standards,
    eligibility_status,
    eligibility_steps,
)
from doudi.events.base import Event, Part
from doudi.events.parts import Account, Finding
from doudi.money import Money


class EligibilityEvent(Event, publisher="eligibility"):
    """Said by eligibility."""


SingleBasis = Literal["REGISTERED_APART", "POVERTY_REGISTRY", "MARGIN", "ADULT_SEVERELY_DISABLED"]
"""By which entry of domain §3.5 one member alone is insured, in its order there."""


class AwardLine(Part):
    """One person's money of one kind, per month."""

    person_id: UUID
    item: Literal["BASE", "EXTRA"]
    amount: Money


class DeterminationMade(EligibilityEvent, key="application_id", version=2):
    """The rules were applied to the facts; a proposal, not yet a decision. Money per month."""

    determination_id: UUID
    application_id: UUID
    division: Division
    programme: Literal["DIBAO_R", "DIBAO_U"]
    """By whose standard: rural or urban"""
    rule_set: str
    eligible: bool
    route: Literal["NORMAL", "RIGID", "NONE"]
    assistance_class: Literal["A", "B", "C"] | None
    household_size: int
    insured: list[UUID]
    special_case_reason: str | None
    standard: Money
    amount: Money
    lines: list[AwardLine]
    findings: list[Finding]
    determined_on: date
    treated_as_single: bool | None = None
    """One member alone is insured as a household of one (domain §3.5); `route` then says NORMAL."""
    outcome: Literal["DIBAO", "MARGIN", "RIGID", "NONE"] | None = None
    """What the household is: in dibao, a margin household, a rigid-expenditure household, none of them."""
    single_basis: SingleBasis | None = None
    """By which entry of domain §3.5 one member alone would be insured; null: none, or said before it was told"""


class DeterminationMadeV1(EligibilityEvent, key="application_id", called="DeterminationMade"):
    """As version 2, for readers of version 1: each is said in both."""

    determination_id: UUID
    application_id: UUID
    division: Division
    programme: Literal["DIBAO_R"]
    rule_set: str
    eligible: bool
    route: Literal["NORMAL", "RIGID", "NONE"]
    assistance_class: Literal["A", "B", "C"] | None
    household_size: int
    insured: list[UUID]
    special_case_reason: str | None
    standard: Money
    amount: Money
    lines: list[AwardLine]
    findings: list[Finding]
    determined_on: date
    treated_as_single: bool | None = None
    """One member alone is insured as a household of one (domain §3.5); `route` then says NORMAL."""
    outcome: Literal["DIBAO", "MARGIN", "RIGID", "NONE"] | None = None
    """What the household is: in dibao, a margin household, a rigid-expenditure household, none of them."""
    standard_of: Literal["DIBAO_R", "DIBAO_U"] | None = None
    """By whose standard: rural or urban. `programme` says DIBAO_R for both, a promise of v1."""
    single_basis: SingleBasis | None = None
    """By which entry of domain §3.5 one member alone would be insured; null: none, or said before it was told"""
    also_in_v2: bool | None = None
    """True: version 2 says the same; who hears version 2 passes this one by. Null: said before there was one"""


class ApprovalBlocked(EligibilityEvent, key="application_id"):
    """An approval was asked for and the law forbids it (e.g. 卫民发〔2019〕21号 二(一)4: C class, one insured)."""

    application_id: UUID
    determination_id: UUID
    division: Division
    assistance_class: Literal["A", "B", "C"]
    household_size: int
    insured: list[UUID]
    findings: list[Finding]
    blocked_on: date
    by: str


class ApplicationReturned(EligibilityEvent, key="application_id"):
    """The county sent the case back to the township."""

    application_id: UUID
    reason: str
    returned_on: date
    by: str


class CountyVisitRecorded(EligibilityEvent, key="application_id"):
    """The county visited the home (art. 26: at least 30 %, all near-relative cases)."""

    application_id: UUID
    visited_on: date
    visitors: list[str]


class SecondPostingStarted(EligibilityEvent, key="application_id"):
    """The second posting hangs at boards and screens (art. 29)."""

    application_id: UUID
    division: Division
    posted_on: date
    ends_on: date
    days: int


class SecondPostingObjected(EligibilityEvent, key="application_id"):
    """Somebody objected within the second posting."""

    application_id: UUID
    objection_id: UUID
    objected_on: date


class SecondPostingEnded(EligibilityEvent, key="application_id"):
    """The second posting was taken down."""

    application_id: UUID
    posted_on: date
    ended_on: date
    full: bool


class DecisionIssued(EligibilityEvent, key="application_id"):
    """The county decided; three different people acted (domain §4.2)."""

    decision_id: UUID
    application_id: UUID
    determination_id: UUID
    division: Division
    outcome: Literal["APPROVED", "REFUSED"]
    rule_set: str
    assistance_class: Literal["A", "B", "C"] | None
    household_size: int
    insured: list[UUID]
    special_case_reason: str | None
    amount: Money
    findings: list[Finding]
    decided_on: date
    first_posting_ended_on: date
    second_posting_ended_on: date | None
    notice_due_on: date
    prepared_by: str
    checked_by: str
    signed_by: str


class DecisionPublished(EligibilityEvent, key="application_id"):
    """An approval hangs in the village (民发〔2021〕57号 art. 24), from 2021-07-01 in the second posting's place."""

    application_id: UUID
    decision_id: UUID
    division: Division
    published_on: date
    """Day on which it was put up"""
    ends_on: date
    """Last day on which it hangs"""


class AwardGranted(EligibilityEvent, key="award_id", version=2):
    """Money is due every month from `starts`. `lines` add up to `amount`, per month."""

    award_id: UUID
    application_id: UUID
    decision_id: UUID
    household_id: UUID
    division: Division
    programme: Literal["DIBAO_R", "DIBAO_U"]
    """Rural or urban, by the household's hukou"""
    rule_set: str
    assistance_class: Literal["A", "B", "C"]
    household_size: int
    insured: list[UUID]
    lines: list[AwardLine]
    amount: Money
    starts: Month
    review_due_on: date
    account: Account
    single_basis: SingleBasis | None = None
    """By which entry one member alone is insured as a household of one (domain §3.5); null: the household is"""


class AwardGrantedV1(EligibilityEvent, key="award_id", called="AwardGranted"):
    """As version 2, for readers of version 1: each grant is said in both."""

    award_id: UUID
    application_id: UUID
    decision_id: UUID
    household_id: UUID
    division: Division
    programme: Literal["DIBAO_R"]
    rule_set: str
    assistance_class: Literal["A", "B", "C"]
    household_size: int
    insured: list[UUID]
    lines: list[AwardLine]
    amount: Money
    starts: Month
    review_due_on: date
    account: Account
    standard_of: Literal["DIBAO_R", "DIBAO_U"] | None = None
    """By whose standard: rural or urban. `programme` says DIBAO_R for both, a promise of v1."""
    also_in_v2: bool | None = None
    """True: version 2 says the same; who hears version 2 passes this one by. Null: said before there was one"""


class AwardAdjusted(EligibilityEvent, key="award_id"):
    """From `from_month` the award pays these lines instead."""

    award_id: UUID
    from_month: Month
    lines: list[AwardLine]
    amount: Money
    household_size: int
    insured: list[UUID]
    reason: str
    findings: list[Finding]
    adjusted_on: date
    by: str
    redetermination_id: UUID | None = None
    """The redetermination that did it, when a new standard was the reason"""
    due_since: Month | None = None
    """Where it is known late, after a death: no more than these lines was due from this month on. What was paid beyond
    is overpaid (domain §8.7)."""
    programme: Literal["DIBAO_R", "DIBAO_U"] | None = None
    """The award's programme; null: said before it was told"""
    single_basis: SingleBasis | None = None
    """By which entry one member alone is insured (domain §3.5); null: the household is, or said before it was told"""
    notice_id: UUID | None = None
    """The notice (通知书) that tells the household of a redetermination."""


class AwardStopped(EligibilityEvent, key="award_id"):
    """`last_month` is the last that is paid."""

    award_id: UUID
    last_month: Month
    reason: str
    findings: list[Finding]
    stopped_on: date
    by: str
