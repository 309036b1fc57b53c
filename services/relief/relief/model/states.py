"""The states of an advance-relief case and the ways between them (domain §6.4), by their names there."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a case stands. A granted advance that is not in the account yet leaves the case VERIFIED."""

    REPORTED = "REPORTED"
    VERIFIED = "VERIFIED"
    ADVANCE_PAID = "ADVANCE_PAID"
    EMERGENCY_ENDED = "EMERGENCY_ENDED"
    PAPERWORK_OVERDUE = "PAPERWORK_OVERDUE"
    PAPERWORK_DONE = "PAPERWORK_DONE"
    CLOSED = "CLOSED"


CHINESE: dict[State, str] = {
    State.REPORTED: "已报告",
    State.VERIFIED: "已核实",
    State.ADVANCE_PAID: "已先行救助",
    State.EMERGENCY_ENDED: "急难已结束",
    State.PAPERWORK_OVERDUE: "手续逾期未补",
    State.PAPERWORK_DONE: "手续已补齐",
    State.CLOSED: "已办结",
}

_WAYS: dict[State, frozenset[State]] = {
    State.REPORTED: frozenset({State.VERIFIED}),
    State.VERIFIED: frozenset({State.ADVANCE_PAID, State.EMERGENCY_ENDED}),
    State.ADVANCE_PAID: frozenset({State.EMERGENCY_ENDED}),
    State.EMERGENCY_ENDED: frozenset({State.PAPERWORK_OVERDUE, State.PAPERWORK_DONE}),
    State.PAPERWORK_OVERDUE: frozenset({State.PAPERWORK_DONE}),
    State.PAPERWORK_DONE: frozenset(),
    State.CLOSED: frozenset(),
}


def leads(state: State, to: State) -> bool:
    """Whether there is a way. Any open case may be closed: complete, or invalid."""
    if to is State.CLOSED:
        return state is not State.CLOSED
    return to in _WAYS[state]
