"""The recovery case (追回案件): from what was found overpaid to the last fen repaid or written off (domain §8.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import new_id
from payments import rules
from payments.model.refusals import (
    HearingMissing,
    MoreThanFound,
    MoreThanOwed,
    RecoveryNotInThisState,
    SamePersonTwice,
)
from payments.model.run import Base

Origin = Literal["DETECTED", "BY_HAND"]
Fault = Literal["CONCEALMENT", "NO_FAULT"]
ITSELF = "system:overpayment"
"""Who opens a case that nobody opened: what was paid lies beyond what is due."""


class RecoveryState(StrEnum):
    """Where a recovery stands."""

    OPEN = "OPEN"
    DECIDED = "DECIDED"
    NOTIFIED = "NOTIFIED"
    REPAID = "REPAID"
    WRITTEN_OFF = "WRITTEN_OFF"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


RECOVERY_CHINESE = {
    RecoveryState.OPEN: "已立案",
    RecoveryState.DECIDED: "已决定追回",
    RecoveryState.NOTIFIED: "已告知",
    RecoveryState.REPAID: "已追回",
    RecoveryState.WRITTEN_OFF: "已核销",
    RecoveryState.CLOSED: "已办结",
    RecoveryState.WITHDRAWN: "已撤回",
}
_S = RecoveryState
_WAYS: dict[RecoveryState, frozenset[RecoveryState]] = {
    _S.OPEN: frozenset({_S.DECIDED, _S.WITHDRAWN}),
    _S.DECIDED: frozenset({_S.NOTIFIED, _S.WITHDRAWN}),
    _S.NOTIFIED: frozenset({_S.REPAID, _S.WRITTEN_OFF, _S.WITHDRAWN}),
    _S.REPAID: frozenset({_S.CLOSED}),
    _S.WRITTEN_OFF: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided: how much, on which ground, why, and when the household was heard, if it was."""

    amount: Money
    fault: Fault
    because: str
    heard_on: date | None


class Recovery(Base, table=True):
    """What is to be taken back of the money of a subject: an award, or a relief case. Money in fen."""

    __tablename__ = "recovery"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = 1
    division: str
    subject_id: UUID
    origin: str
    status: str = RecoveryState.OPEN.value
    found_fen: int = Field(default=0, sa_type=BigInteger)
    """Found overpaid by now."""
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    """Decided to be taken back; 0 before the decision."""
    repaid_fen: int = Field(default=0, sa_type=BigInteger)
    written_off_fen: int = Field(default=0, sa_type=BigInteger)
    because: str
    opened_on: date
    opened_by: str
    fault: str | None = None
    clause: str | None = None
    decided_because: str | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    heard_on: date | None = None
    notified_on: date | None = None
    notified_by: str | None = None
    write_off_because: str | None = None
    write_off_proposed_by: str | None = None
    written_off_on: date | None = None
    written_off_by: str | None = None
    ended_on: date | None = None
    ended_by: str | None = None
    ended_because: str | None = None

    @property
    def state(self) -> RecoveryState:
        """Where it stands."""
        return RecoveryState(self.status)

    @property
    def found(self) -> Money:
        """Found overpaid by now."""
        return Money(self.found_fen)

    @property
    def amount(self) -> Money:
        """Decided to be taken back."""
        return Money(self.amount_fen)

    @property
    def outstanding(self) -> Money:
        """Still to be taken back; before the decision all that was found."""
        if self.state is RecoveryState.WITHDRAWN:
            return Money.zero()
        asked = self.found_fen if self.state is RecoveryState.OPEN else self.amount_fen
        return Money(asked - self.repaid_fen - self.written_off_fen)

    @property
    def opened_as(self) -> Origin:
        """The origin, as events carry it."""
        return cast(Origin, self.origin)

    def raise_by(self, more: Money) -> None:
        """More of it was found before it was decided on."""
        self.found_fen += more.fen
        self.version += 1

    def lower_by(self, less: Money, *, on: date) -> bool:
        """So much of it is due after all. True when nothing is left to take back, and the case ends by it.

        One that has ended stays as it ended.
        """
        if self.state not in (_S.OPEN, _S.DECIDED, _S.NOTIFIED):
            return False
        self.found_fen -= less.fen
        self.amount_fen = min(self.amount_fen, self.found_fen)
        self.version += 1
        if self.outstanding:
            return False
        if self.repaid_fen:
            self._move(_S.REPAID)
        else:
            self._withdraw("重新核定后不再多发", ITSELF, on)
        return True

    def decide(self, ruling: Ruling, by: str, *, on: date) -> Finding:
        """Somebody other than the opener decides. Raises SamePersonTwice, HearingMissing, MoreThanFound."""
        self._expect(_S.OPEN)
        apart = rules.decided_by_another(self.opened_by, by)
        if not apart.met:
            raise SamePersonTwice(detail=apart.because)
        heard = rules.heard_before_recovery(ruling.heard_on, on=on)
        if not heard.met:
            raise HearingMissing(field="heard_on", detail=heard.because)
        if ruling.amount > self.found:
            raise MoreThanFound(field="amount", detail=f"查明多发{self.found}元，决定追回{ruling.amount}元。")
        if ruling.fault == "CONCEALMENT":
            found = rules.recovered_for_concealment(ruling.because, on=on)
        else:
            found = rules.recovered_without_fault(ruling.because)
        self._move(_S.DECIDED)
        self.amount_fen, self.fault, self.decided_because = ruling.amount.fen, ruling.fault, ruling.because
        self.decided_by, self.decided_on, self.heard_on, self.clause = by, on, ruling.heard_on, found.clause
        return found

    def notify(self, by: str, *, on: date) -> None:
        """The household was told in writing."""
        self._move(_S.NOTIFIED)
        self.notified_by, self.notified_on = by, on

    def repay(self, amount: Money) -> None:
        """An instalment came; with the last one it is repaid. Raises MoreThanOwed."""
        self._expect(_S.NOTIFIED)
        if amount > self.outstanding:
            raise MoreThanOwed(field="amount", detail=f"尚未追回{self.outstanding}元，本次退回{amount}元。")
        self.repaid_fen += amount.fen
        self.version += 1
        if not self.outstanding:
            self._move(_S.REPAID)

    def propose_write_off(self, because: str, by: str) -> None:
        """Somebody proposes that the rest be given up."""
        self._expect(_S.NOTIFIED)
        self.write_off_because, self.write_off_proposed_by = because, by
        self.version += 1

    def write_off(self, by: str, *, on: date) -> Money:
        """A second person gives up the rest; returns how much. Raises SamePersonTwice."""
        self._expect(_S.NOTIFIED)
        if self.write_off_proposed_by is None:
            raise RecoveryNotInThisState(detail="尚未提出核销。")
        apart = rules.written_off_by_a_second(self.write_off_proposed_by, by)
        if not apart.met:
            raise SamePersonTwice(detail=apart.because)
        rest = self.outstanding
        self._move(_S.WRITTEN_OFF)
        self.written_off_fen, self.written_off_by, self.written_off_on = rest.fen, by, on
        return rest

    def withdraw(self, because: str, by: str, *, on: date) -> None:
        """One opened by hand is given up before it is decided on, by another person. Raises SamePersonTwice."""
        self._expect(_S.OPEN)
        if self.origin != "BY_HAND":
            raise RecoveryNotInThisState(detail="系统查明的多发随待遇核定变化，不能人工撤回。")
        apart = rules.decided_by_another(self.opened_by, by)
        if not apart.met:
            raise SamePersonTwice(detail=apart.because)
        self._withdraw(because, by, on)

    def close(self, by: str, *, on: date) -> None:
        """Nothing is left to do."""
        self._move(_S.CLOSED)
        self.ended_by, self.ended_on = by, on

    def _withdraw(self, because: str, by: str, on: date) -> None:
        self._move(_S.WITHDRAWN)
        self.ended_by, self.ended_on, self.ended_because = by, on, because

    def _expect(self, *states: RecoveryState) -> None:
        if self.state not in states:
            raise RecoveryNotInThisState(detail=f"案件当前状态为“{RECOVERY_CHINESE[self.state]}”。")

    def _move(self, to: RecoveryState) -> None:
        if to not in _WAYS[self.state]:
            raise RecoveryNotInThisState(
                detail=f"案件当前状态为“{RECOVERY_CHINESE[self.state]}”，不能转为“{RECOVERY_CHINESE[to]}”。"
            )
        self.status = to.value
        self.version += 1
