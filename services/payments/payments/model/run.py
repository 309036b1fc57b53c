"""The payment run: a frozen list, and the verbs that take it from the maker to the bank."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from doudi.calendar import Month
from doudi.money import Money
from doudi.transaction import new_id
from payments import rules
from payments.model.refusals import FinanceMustBeThird, MakerMayNotCheck, NotInThisState
from payments.model.states import RUN_CHINESE, Kind, RunState, leads


class Base(SQLModel, registry=registry()):
    """The tables of payments that are mapped. Lines are worked on in sets, never one by one, and are not."""


class Run(Base, table=True):
    """A list of payments of a county."""

    __tablename__ = "payment_run"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = 1
    division: str
    month_on: date = Field(sa_column_kwargs={"name": "month"})
    """The first day of the month that it is opened for."""
    kind: str
    status: str = RunState.OPEN.value
    lines: int = 0
    """Lines that go, or went, to the bank; held and cancelled ones do not count."""
    total_fen: int = Field(default=0, sa_type=BigInteger)
    maker: str
    checker: str | None = None
    finance: str | None = None
    opened_on: date
    checked_on: date | None = None
    confirmed_on: date | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    sent_on: date | None = None
    done_on: date | None = None
    cancelled_on: date | None = None
    cancelled_by: str | None = None
    cancelled_because: str | None = None
    sha256: str | None = None
    """Of the pain.001 file as finance confirmed it, in hex."""
    bank_trouble: str | None = None
    """What the bank, or our own check, had against the file or its results; the courier leaves it to people."""
    told: bool = False
    """Whether PaymentInstructed was said of every line."""

    @property
    def state(self) -> RunState:
        """Where it stands."""
        return RunState(self.status)

    @property
    def month(self) -> Month:
        """The month that it is opened for."""
        return Month.of(self.month_on)

    @property
    def total(self) -> Money:
        """The sum of the lines that go."""
        return Money(self.total_fen)

    @property
    def run_kind(self) -> Kind:
        """The kind, as events carry it."""
        return cast(Kind, self.kind)

    @property
    def file_id(self) -> str:
        """What the bank knows the file by."""
        return self.id.hex

    def count(self, lines: int, total: Money) -> None:
        """Takes the figures of the lines that go."""
        self.lines, self.total_fen = lines, total.fen

    def check(self, by: str, *, on: date) -> None:
        """Somebody else looked at it. Raises MakerMayNotCheck."""
        apart = rules.checked_by_another(self.maker, by)
        if not apart.met:
            raise MakerMayNotCheck(detail=apart.because)
        self._move(RunState.CHECKED)
        self.checker, self.checked_on = by, on

    def may_be_confirmed(self, by: str) -> None:
        """Raises NotInThisState and FinanceMustBeThird."""
        self._expect(RunState.CHECKED)
        assert self.checker is not None
        apart = rules.confirmed_by_a_third(self.maker, self.checker, by)
        if not apart.met:
            raise FinanceMustBeThird(detail=apart.because)

    def confirm(self, by: str, sha256: str, *, at: datetime) -> None:
        """A third person lets the file go; its bytes are fixed from here on."""
        self.may_be_confirmed(by)
        self._move(RunState.CONFIRMED)
        self.finance, self.sha256, self.confirmed_at, self.confirmed_on = by, sha256, at, at.date()

    def all_told(self) -> None:
        """PaymentInstructed was said of every line."""
        self.told = True

    def sent(self, *, on: date) -> None:
        """The file is at the bank."""
        self._move(RunState.SENT)
        self.sent_on, self.bank_trouble = on, None

    def in_trouble(self, what: str) -> None:
        """The bank, or our own check, refuses; people must look."""
        self.bank_trouble = what[:500]
        self.version += 1

    def done(self, *, on: date) -> None:
        """The bank answered for every line."""
        self._move(RunState.DONE)
        self.done_on, self.bank_trouble = on, None

    def cancel(self, by: str, because: str, *, on: date) -> None:
        """Given up before finance let it go."""
        self._move(RunState.CANCELLED)
        self.cancelled_by, self.cancelled_because, self.cancelled_on = by, because, on

    def _expect(self, *states: RunState) -> None:
        if self.state not in states:
            raise NotInThisState(detail=f"批次当前状态为“{RUN_CHINESE[self.state]}”。")

    def _move(self, to: RunState) -> None:
        if not leads(self.state, to):
            raise NotInThisState(detail=f"批次当前状态为“{RUN_CHINESE[self.state]}”，不能转为“{RUN_CHINESE[to]}”。")
        self.status = to.value
        self.version += 1
