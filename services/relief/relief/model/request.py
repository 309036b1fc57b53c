"""The request: relief of the expenditure type by the ordinary way, and the verbs that move it (domain §6.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.calendar import Month
from doudi.clock import SHANGHAI
from doudi.events.parts import Account
from doudi.law import Finding
from doudi.money import Money
from doudi.sealed import Sealed
from doudi.transaction import new_id
from relief import rules
from relief.model.base import JSON, MOMENT, Base, Json
from relief.model.refusals import RequestNotInThisState


class Step(StrEnum):
    """Where a request stands. One that is not in the account yet stays GRANTED, also when the bank returned it."""

    ACCEPTED = "ACCEPTED"
    REVIEWED = "REVIEWED"
    POSTED = "POSTED"
    COUNTY = "COUNTY"
    RETURNED = "RETURNED"
    GRANTED = "GRANTED"
    PAID = "PAID"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


STEPS: dict[Step, str] = {
    Step.ACCEPTED: "已受理",
    Step.REVIEWED: "已审核",
    Step.POSTED: "公示中",
    Step.COUNTY: "待县级审批",
    Step.RETURNED: "退回乡镇（街道）",
    Step.GRANTED: "已批准",
    Step.PAID: "已发放",
    Step.REFUSED: "不予批准",
    Step.WITHDRAWN: "已撤回",
}
OPEN = (Step.ACCEPTED, Step.REVIEWED, Step.POSTED, Step.COUNTY, Step.RETURNED)
_WAYS: dict[Step, frozenset[Step]] = {
    Step.ACCEPTED: frozenset({Step.REVIEWED, Step.WITHDRAWN}),
    Step.REVIEWED: frozenset({Step.POSTED, Step.COUNTY, Step.REFUSED, Step.WITHDRAWN}),
    Step.POSTED: frozenset({Step.REVIEWED, Step.COUNTY, Step.GRANTED, Step.REFUSED, Step.WITHDRAWN}),
    Step.COUNTY: frozenset({Step.RETURNED, Step.GRANTED, Step.REFUSED, Step.WITHDRAWN}),
    Step.RETURNED: frozenset({Step.REVIEWED, Step.WITHDRAWN}),
    Step.GRANTED: frozenset({Step.PAID}),
    Step.PAID: frozenset(),
    Step.REFUSED: frozenset(),
    Step.WITHDRAWN: frozenset(),
}


def step_leads(step: Step, to: Step) -> bool:
    """Whether there is a way from one step to the other."""
    return to in _WAYS[step]


@dataclass(frozen=True, slots=True)
class Review:
    """What the township verified and worked out."""

    insured: rules.Insured
    income: Money
    property_within: bool
    spending: Money
    beyond_means: bool
    months: int
    amount: Money
    findings: Sequence[Finding]


class RequestMember(Base, table=True):
    """Somebody of the household: nothing but the hash of the ID number and the id for it in events."""

    __tablename__ = "relief_request_member"

    request_id: UUID = Field(primary_key=True)
    match_key: str = Field(primary_key=True)
    person_id: UUID


class ReliefRequest(Base, table=True):
    """A household's request, from acceptance to the money. Whatever names the applicant is sealed."""

    __tablename__ = "relief_request"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = 1
    division: str
    status: str = Step.ACCEPTED.value
    cause: str
    poverty_registry: str
    members: list[str] = Field(sa_type=JSON)
    """Person ids, the applicant first."""
    person_id: UUID
    name: str
    id_number: str
    phone: str | None = None
    account_number: str
    bank_code: str
    accepted_by: str
    accepted_on: date
    township_due_on: date

    review: Json | None = Field(default=None, sa_type=JSON)
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    findings: list[Json] = Field(default_factory=list, sa_type=JSON)
    """Of the review; once granted, of the grant too."""
    posted_on: date | None = None
    posting_ends_on: date | None = None
    forwarded_by: str | None = None
    forwarded_on: date | None = None
    county_due_on: date | None = None
    sent_back_because: str | None = None

    level: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=MOMENT)
    decided_on: date | None = None
    ground: str | None = None
    reason: str | None = None
    payment_key: str | None = None
    paid_on: date | None = None
    bank_returned_on: date | None = None
    bank_return_reason: str | None = None

    @property
    def step(self) -> Step:
        """Where it stands."""
        return Step(self.status)

    @property
    def persons(self) -> int:
        """How many the household has."""
        return len(self.members)

    @property
    def amount(self) -> Money | None:
        """What was worked out; None before the review."""
        return None if self.amount_fen is None else Money(self.amount_fen)

    @property
    def eligible(self) -> bool:
        """Whether everything that the review found is met."""
        return bool(self.findings) and all(found["met"] for found in self.findings)

    @property
    def account(self) -> Account:
        """Where the money goes, as events carry it."""
        return Account(
            payee_person_id=self.person_id,
            payee_name=Sealed(self.name),
            payee_id_number=Sealed(self.id_number),
            number=Sealed(self.account_number),
            bank_code=self.bank_code,
        )

    @property
    def hands(self) -> list[str]:
        """Who has acted on it so far."""
        return [who for who in (self.accepted_by, self.reviewed_by, self.forwarded_by) if who]

    def reviewed(self, review: Review, *, by: str, on: date) -> None:
        """The township verified it, for the first time or anew; a posting that hangs comes down."""
        self._move(Step.REVIEWED)
        self.review = {
            "insured": review.insured, "income": str(review.income), "property_within": review.property_within,
            "spending": str(review.spending), "beyond_means": review.beyond_means, "months": review.months,
        }  # fmt: skip
        self.amount_fen = review.amount.fen
        self.findings = [finding.model_dump(mode="json") for finding in review.findings]
        self.reviewed_by, self.reviewed_on = by, on
        self.posted_on = self.posting_ends_on = None

    def post(self, *, on: date, ends_on: date) -> None:
        """It hangs at the village board."""
        self._move(Step.POSTED)
        self.posted_on, self.posting_ends_on = on, ends_on

    def hangs(self, on: date) -> bool:
        """Whether the public sees it on that day."""
        return self.step is Step.POSTED and self.posting_ends_on is not None and on <= self.posting_ends_on

    def forward(self, *, by: str, on: date, due_on: date) -> None:
        """The township puts it before the county."""
        self._move(Step.COUNTY)
        self.forwarded_by, self.forwarded_on, self.county_due_on = by, on, due_on
        self.sent_back_because = None

    def send_back(self, reason: str) -> None:
        """The county gives it back to the township."""
        self._move(Step.RETURNED)
        self.sent_back_because = reason

    def grant(self, level: rules.Level, findings: Sequence[Finding], *, by: str, at: datetime) -> str:
        """Granted; returns its payment key."""
        self._decide(Step.GRANTED, level, by, at)
        self.findings = [*self.findings, *(finding.model_dump(mode="json") for finding in findings)]
        assert self.decided_on is not None
        self.payment_key = f"RELIEF/{self.person_id}/{Month.of(self.decided_on)}/EXPENDITURE/{self.id}"
        return self.payment_key

    def refuse(self, level: rules.Level, ground: str, reason: str, *, by: str, at: datetime) -> None:
        """Refused, in writing."""
        self._decide(Step.REFUSED, level, by, at)
        self.ground, self.reason = ground, reason

    def withdraw(self) -> None:
        """The household took it back."""
        self._move(Step.WITHDRAWN)

    def paid(self, on: date) -> None:
        """The money arrived."""
        self._move(Step.PAID)
        self.paid_on = on

    def returned(self, on: date, reason: str) -> None:
        """The bank sent the money back; payments tries again once the account is right."""
        self.bank_returned_on, self.bank_return_reason = on, reason
        self.version += 1

    def stands_with(self, level: rules.Level) -> None:
        """Whether this level has it before it: the county what was put forward, the township what was not yet.

        Raises RequestNotInThisState.
        """
        if (self.step is Step.COUNTY) != (level == "COUNTY"):
            raise RequestNotInThisState(detail=f"申请当前为“{STEPS[self.step]}”，不由本级决定。")

    def _decide(self, to: Step, level: rules.Level, by: str, at: datetime) -> None:
        self._move(to)
        self.level, self.decided_by, self.decided_at = level, by, at
        self.decided_on = at.astimezone(SHANGHAI).date()

    def must_lead(self, to: Step) -> None:
        """Raises RequestNotInThisState where there is no way from here to there."""
        if not step_leads(self.step, to):
            raise RequestNotInThisState(detail=f"申请当前为“{STEPS[self.step]}”，不能转为“{STEPS[to]}”。")

    def _move(self, to: Step) -> None:
        self.must_lead(to)
        self.status = to.value
        self.version += 1
