"""The flag: a question, from being raised to being closed (domain §9). It changes nobody's money."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from oversight.model.refusals import NotAssignedToYou, NotInThisState


class State(StrEnum):
    """Where a flag stands."""

    OPEN = "OPEN"
    ASSIGNED = "ASSIGNED"
    VERIFIED = "VERIFIED"
    FALSE_POSITIVE = "FALSE_POSITIVE"
    RECTIFIED = "RECTIFIED"
    CLOSED = "CLOSED"


_CHINESE: dict[State, str] = {
    State.OPEN: "待分派",
    State.ASSIGNED: "核查中",
    State.VERIFIED: "已查实",
    State.FALSE_POSITIVE: "误报",
    State.RECTIFIED: "已整改",
    State.CLOSED: "已办结",
}

_WAYS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.ASSIGNED}),
    State.ASSIGNED: frozenset({State.ASSIGNED, State.VERIFIED, State.FALSE_POSITIVE}),
    State.VERIFIED: frozenset({State.RECTIFIED}),
    State.FALSE_POSITIVE: frozenset({State.CLOSED}),
    State.RECTIFIED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}

_WEIGHT = ("L", "M", "H")
ITSELF = "oversight"
"""Who settles a flag when what was heard later explains it."""


def leads(state: State, to: State) -> bool:
    """Whether there is a way from one state to the other by a person's act."""
    return to in _WAYS[state]


class Base(SQLModel, registry=registry()):
    """The tables of oversight that are records; what it heard is kept in plain tables."""


class Flag(Base, table=True):
    """One question about one subject. Its reasons and evidence stand in `ground`."""

    __tablename__ = "flag"

    id: UUID = Field(primary_key=True)
    version: int = 1
    indicator: str
    severity: str
    subject_kind: str
    subject_id: str
    case_id: UUID
    """The award, relief case, run, application or institution that it is about."""
    division: str | None = None
    """None until the case's place was heard."""
    about_officials: bool = False
    status: str = State.OPEN.value
    raised_on: date
    due_on: date
    assigned_to: str | None = None
    assigned_on: date | None = None
    settled_by: str | None = None
    settled_on: date | None = None
    reason: str | None = None

    @property
    def state(self) -> State:
        """Where the flag stands."""
        return State(self.status)

    def assign(self, to: str, *, on: date) -> None:
        """An inspector is to look into it; it may be given to another while it is looked into."""
        self._move(State.ASSIGNED)
        self.assigned_to, self.assigned_on = to, on

    def settle(self, outcome: State, reason: str, *, by: str, on: date) -> None:
        """The question is answered, put right or closed. Raises NotInThisState, NotAssignedToYou."""
        if outcome in (State.OPEN, State.ASSIGNED):
            raise NotInThisState(detail=f"“{_CHINESE[outcome]}”不是处理结果")
        if self.state is State.ASSIGNED and by != self.assigned_to:
            raise NotAssignedToYou
        self._move(outcome)
        self.settled_by, self.settled_on, self.reason = by, on, reason

    def explained(self, *, on: date) -> bool:
        """No reason is left, since what was heard later explains it. True when the flag was waiting for an answer."""
        if self.state not in (State.OPEN, State.ASSIGNED):
            return False
        self.status, self.settled_by, self.settled_on = State.FALSE_POSITIVE.value, ITSELF, on
        self.reason = "后续收到的事项已说明情况"
        self.version += 1
        return True

    def asked_again(self) -> bool:
        """A reason was found anew. True when oversight itself had settled the flag: then it is open again."""
        if self.state is not State.FALSE_POSITIVE or self.settled_by != ITSELF:
            return False
        self.status = State.OPEN.value
        self.settled_by = self.settled_on = self.reason = self.assigned_to = self.assigned_on = None
        self.version += 1
        return True

    def weighs(self, severity: str) -> bool:
        """A reason weighs so much; True when that is more than the flag did. One that is answered stays as it was."""
        if self.state not in (State.OPEN, State.ASSIGNED) or _WEIGHT.index(severity) <= _WEIGHT.index(self.severity):
            return False
        self.severity = severity
        self.version += 1
        return True

    def _move(self, to: State) -> None:
        if not leads(self.state, to):
            raise NotInThisState(detail=f"当前为“{_CHINESE[self.state]}”，不能改为“{_CHINESE[to]}”")
        self.status = to.value
        self.version += 1
