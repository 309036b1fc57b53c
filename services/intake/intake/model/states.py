"""The states of a dibao application and the ways between them (domain §4.2), by their names there."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    CORRECTION = "CORRECTION"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    ACCEPTED = "ACCEPTED"
    SURVEY = "SURVEY"
    CHECK_FAILED = "CHECK_FAILED"
    ASSESSMENT = "ASSESSMENT"
    REVIEWED = "REVIEWED"
    POSTING_1 = "POSTING_1"
    OBJECTION_1 = "OBJECTION_1"
    COUNTY = "COUNTY"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    TERMINATED = "TERMINATED"


CHINESE: dict[State, str] = {
    State.DRAFT: "草稿",
    State.SUBMITTED: "已提交",
    State.CORRECTION: "待补正",
    State.NOT_ACCEPTED: "不予受理",
    State.ACCEPTED: "已受理",
    State.SURVEY: "调查核对中",
    State.CHECK_FAILED: "核对不符",
    State.ASSESSMENT: "民主评议",
    State.REVIEWED: "乡镇审核",
    State.POSTING_1: "一榜公示",
    State.OBJECTION_1: "一榜有异议",
    State.COUNTY: "县级审批中",
    State.RETURNED: "退回补充",
    State.APPROVED: "批准",
    State.REJECTED: "不予批准",
    State.WITHDRAWN: "撤回",
    State.TERMINATED: "终止",
}

_UNDECIDED = frozenset(
    {
        State.DRAFT,
        State.SUBMITTED,
        State.CORRECTION,
        State.ACCEPTED,
        State.SURVEY,
        State.CHECK_FAILED,
        State.ASSESSMENT,
        State.REVIEWED,
        State.POSTING_1,
        State.OBJECTION_1,
        State.COUNTY,
        State.RETURNED,
    }
)

_WAYS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.CORRECTION, State.ACCEPTED, State.NOT_ACCEPTED}),
    State.CORRECTION: frozenset({State.SUBMITTED}),
    State.ACCEPTED: frozenset({State.SURVEY}),
    State.SURVEY: frozenset({State.ASSESSMENT, State.CHECK_FAILED}),
    State.CHECK_FAILED: frozenset({State.SURVEY, State.REJECTED}),
    State.ASSESSMENT: frozenset({State.REVIEWED, State.SURVEY}),
    State.REVIEWED: frozenset({State.POSTING_1}),
    State.POSTING_1: frozenset({State.COUNTY, State.OBJECTION_1}),
    State.OBJECTION_1: frozenset({State.SURVEY, State.ASSESSMENT}),
    State.COUNTY: frozenset({State.APPROVED, State.REJECTED, State.RETURNED}),
    State.RETURNED: frozenset({State.SURVEY}),
}

CLOSED = frozenset(State) - _UNDECIDED
"""From here an application goes nowhere; its people may apply anew."""

_ACCEPTED_AND_UNDECIDED = _UNDECIDED - {State.DRAFT, State.SUBMITTED, State.CORRECTION}


def leads(state: State, to: State) -> bool:
    """Whether there is a way. An applicant may withdraw any time before the decision (domain §4.2), an application may
    be ended once it is accepted (refusal to cooperate, the applicant died), and a decision made before the county had
    heard of a withdrawal stands."""
    if to is State.WITHDRAWN:
        return state in _UNDECIDED
    if to is State.TERMINATED:
        return state in _ACCEPTED_AND_UNDECIDED
    if state in (State.WITHDRAWN, State.TERMINATED):
        return to in (State.APPROVED, State.REJECTED)
    return to in _WAYS.get(state, frozenset())
