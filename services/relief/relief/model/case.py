"""The relief case: what is on file, and the verbs that move it (domain §6.4). Whatever names a person is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from relief.model.refusals import AdvanceAlreadyGranted, AdvanceNotGranted, AdvanceNotPaid, NotInThisState, PayeeMissing
from relief.model.states import CHINESE, State, leads


@dataclass(frozen=True, slots=True)
class Payee:
    """Who gets the money, sealed. `person_id` names the person in events."""

    person_id: UUID
    match_key: str
    name: Sealed
    id_number: Sealed
    phone: Sealed | None
    account_number: Sealed
    bank_code: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What was decided about the advance."""

    amount: Money
    level: rules.Level
    by: str
    findings: Sequence[Finding]
    follow_up_owed: Money


class ReliefCase(Base, table=True):
    """People in sudden need, from the report to the last paper."""

    __tablename__ = "relief_case"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = 1
    division: str
    """Where it happened."""
    status: str = State.REPORTED.value
    cause: str
    persons: int
    poverty_registry: str
    channel: str
    urgency: Json = Field(sa_type=JSON)
    """{urgent, needed_now, threatens}: as reported, then as found on the spot."""
    reported_at: datetime = Field(sa_type=MOMENT)
    reported_by: str

    person_id: UUID | None = None
    match_key: str | None = None
    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    account_number: str | None = None
    bank_code: str | None = None

    officers: list[str] = Field(default_factory=list, sa_type=JSON)
    evidence: list[str] = Field(default_factory=list, sa_type=JSON)
    verified_at: datetime | None = Field(default=None, sa_type=MOMENT)

    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    level: str | None = None
    granted_by: str | None = None
    granted_at: datetime | None = Field(default=None, sa_type=MOMENT)
    granted_on: date | None = None
    findings: list[Json] = Field(default_factory=list, sa_type=JSON)
    follow_up_owed_fen: int = Field(default=0, sa_type=BigInteger)
    payment_key: str | None = None
    paid_on: date | None = None
    hours_to_pay: int | None = None
    returned_on: date | None = None
    return_reason: str | None = None

    end_assumed_on: date | None = None
    """When the emergency is taken to end if nobody records its end."""
    ended_on: date | None = None
    end_assumed: bool = False
    paperwork_due_on: date | None = None
    overdue_noticed_on: date | None = None
    paperwork_done_on: date | None = None
    paperwork_late: bool | None = None
    paperwork_by: str | None = None
    closed_on: date | None = None
    outcome: str | None = None
    invalid_because: str | None = None

    @property
    def state(self) -> State:
        """Where the case stands."""
        return State(self.status)

    @property
    def amount(self) -> Money | None:
        """The advance, once granted."""
        return None if self.amount_fen is None else Money(self.amount_fen)

    @property
    def account(self) -> Account:
        """Where the money goes, as events carry it. Raises PayeeMissing."""
        if self.person_id is None or self.name is None or self.id_number is None or self.account_number is None:
            raise PayeeMissing
        return Account(
            payee_person_id=self.person_id,
            payee_name=Sealed(self.name),
            payee_id_number=Sealed(self.id_number),
            number=Sealed(self.account_number),
            bank_code=self.bank_code or "",
        )

    @property
    def reported_on(self) -> date:
        """The day of the report."""
        return self.reported_at.astimezone(SHANGHAI).date()

    def pays_to(self, payee: Payee) -> None:
        """The payee became known. Raises AdvanceAlreadyGranted afterwards: payments corrects accounts then."""
        self._open()
        if self.granted_on is not None:
            raise AdvanceAlreadyGranted
        self.person_id, self.match_key = payee.person_id, payee.match_key
        self.name, self.id_number = str(payee.name), str(payee.id_number)
        self.phone = str(payee.phone) if payee.phone else None
        self.account_number, self.bank_code = str(payee.account_number), payee.bank_code
        self.version += 1

    def verify(
        self, officers: Sequence[str], evidence: Sequence[str], urgency: Json, persons: int, *, at: datetime
    ) -> None:
        """Officers saw it on the spot; what they found replaces what was reported. The case is accepted."""
        self._move(State.VERIFIED)
        self.officers, self.evidence = list(officers), list(evidence)
        self.urgency, self.persons, self.verified_at = urgency, persons, at

    def grant(self, grant: Grant, *, at: datetime) -> str:
        """The advance is granted, once; returns its payment key. Raises PayeeMissing, AdvanceAlreadyGranted."""
        self._expect(State.VERIFIED)
        if self.granted_on is not None:
            raise AdvanceAlreadyGranted
        on = at.astimezone(SHANGHAI).date()
        key = f"RELIEF/{self.account.payee_person_id}/{Month.of(on)}/ADVANCE/{self.id}"
        self.amount_fen, self.level, self.granted_by = grant.amount.fen, grant.level, grant.by
        self.granted_at, self.granted_on, self.payment_key = at, on, key
        self.findings = [finding.model_dump(mode="json") for finding in grant.findings]
        self.follow_up_owed_fen = grant.follow_up_owed.fen
        self.end_assumed_on = rules.assumed_end(self.reported_on, granted_on=on)
        self.version += 1
        return key

    def paid(self, on: date, hours: int) -> None:
        """The money arrived. Where the emergency was over before, the case goes on from there."""
        self.paid_on, self.hours_to_pay = on, hours
        if self.state is State.VERIFIED:
            self._move(State.ADVANCE_PAID)
        else:
            self.version += 1

    def returned(self, on: date, reason: str) -> None:
        """The bank sent the money back; payments tries again once the account is right."""
        self.returned_on, self.return_reason = on, reason
        self.version += 1

    def helped_further(self, amount: Money) -> None:
        """The county granted more: so much less is still owed."""
        self.follow_up_owed_fen = max(self.follow_up_owed_fen - amount.fen, 0)
        self.version += 1

    def takes_follow_up(self) -> Money:
        """The advance that more help may follow. Raises NotInThisState once closed, AdvanceNotGranted before it."""
        self._open()
        if self.amount is None:
            raise AdvanceNotGranted
        return self.amount

    def end_emergency(self, on: date, *, due_on: date, assumed: bool) -> None:
        """The emergency is over: the paperwork clock runs. Raises AdvanceNotGranted."""
        self._expect(State.VERIFIED, State.ADVANCE_PAID)
        if self.granted_on is None:
            raise AdvanceNotGranted
        self._move(State.EMERGENCY_ENDED)
        self.ended_on, self.paperwork_due_on, self.end_assumed = on, due_on, assumed

    def fall_overdue(self, *, noticed_on: date) -> date:
        """The last day passed without papers; returns it."""
        self._move(State.PAPERWORK_OVERDUE)
        self.overdue_noticed_on = noticed_on
        assert self.paperwork_due_on is not None
        return self.paperwork_due_on

    def complete_papers(self, *, on: date, by: str) -> None:
        """The papers are there, in time or late."""
        self._move(State.PAPERWORK_DONE)
        assert self.paperwork_due_on is not None
        self.paperwork_done_on, self.paperwork_by = on, by
        self.paperwork_late = rules.is_overdue(self.paperwork_due_on, on=on)

    def close_complete(self, *, on: date) -> None:
        """Nothing more to do. Raises AdvanceNotPaid while the money has not arrived."""
        self._expect(State.PAPERWORK_DONE)
        if self.paid_on is None:
            raise AdvanceNotPaid
        self._move(State.CLOSED)
        self.closed_on, self.outcome = on, "COMPLETE"

    def close_invalid(self, reason: str, *, on: date) -> None:
        """It proved not to be a case for relief; what was paid is to be recovered."""
        self._move(State.CLOSED)
        self.closed_on, self.outcome, self.invalid_because = on, "INVALID", reason

    def _open(self) -> None:
        if self.state is State.CLOSED:
            raise NotInThisState(detail="个案已办结。")

    def _expect(self, *states: State) -> None:
        if self.state not in states:
            raise NotInThisState(detail=f"个案当前状态为“{CHINESE[self.state]}”。")

    def _move(self, to: State) -> None:
        if not leads(self.state, to):
            raise NotInThisState(detail=f"个案当前状态为“{CHINESE[self.state]}”，不能转为“{CHINESE[to]}”。")
        self.status = to.value
        self.version += 1
