"""The states of a run and of a line."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Kind = Literal["MONTHLY", "ONE_OFF", "REPAYMENT"]


class RunState(StrEnum):
    """Where a run stands."""

    OPEN = "OPEN"
    CHECKED = "CHECKED"
    CONFIRMED = "CONFIRMED"
    SENT = "SENT"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class LineState(StrEnum):
    """Where a line stands. Only RETURNED and CANCELLED let the same money be put in again."""

    PREPARED = "PREPARED"
    HELD = "HELD"
    INSTRUCTED = "INSTRUCTED"
    PAID = "PAID"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"


RUN_CHINESE = {
    RunState.OPEN: "已编制",
    RunState.CHECKED: "已复核",
    RunState.CONFIRMED: "财政已确认",
    RunState.SENT: "已送银行",
    RunState.DONE: "已办结",
    RunState.CANCELLED: "已撤销",
}
LINE_CHINESE = {
    LineState.PREPARED: "待发放",
    LineState.HELD: "暂缓",
    LineState.INSTRUCTED: "已列入银行文件",
    LineState.PAID: "已到账",
    LineState.RETURNED: "退票",
    LineState.CANCELLED: "已撤销",
}

_WAYS: dict[RunState, frozenset[RunState]] = {
    RunState.OPEN: frozenset({RunState.CHECKED, RunState.CANCELLED}),
    RunState.CHECKED: frozenset({RunState.CONFIRMED, RunState.CANCELLED}),
    RunState.CONFIRMED: frozenset({RunState.SENT}),
    RunState.SENT: frozenset({RunState.DONE}),
    RunState.DONE: frozenset(),
    RunState.CANCELLED: frozenset(),
}


def leads(state: RunState, to: RunState) -> bool:
    """Whether there is a way. What finance confirmed cannot be cancelled: the file may be at the bank."""
    return to in _WAYS[state]
