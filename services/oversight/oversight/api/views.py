"""What oversight shows. Nobody is named: people are ids, and reasons hold figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from doudi.service import Request, View
from oversight.model import Flag, State
from oversight.rules import INDICATORS, NUMBERS, Indicator
from oversight.store.flags import Reason

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Assign(Request):
    """Who is to look into it, by user name."""

    to: Name


class Settle(Request):
    """How it is answered, and why."""

    outcome: Literal["VERIFIED", "FALSE_POSITIVE", "RECTIFIED", "CLOSED"]
    reason: Text


class ReasonView(View):
    """One reason, with the ids of the events that show it."""

    because: str
    evidence: list[UUID]
    shown_on: date


class FlagView(View):
    """A flag: a question, not a verdict."""

    id: UUID
    version: int
    indicator: str
    name: str
    severity: Literal["H", "M", "L"]
    subject_kind: str
    subject_id: str
    case_id: UUID
    division: str | None
    state: State
    because: str
    evidence: list[UUID]
    reasons: list[ReasonView]
    raised_on: date
    due_on: date
    assigned_to: str | None
    settled_by: str | None
    settled_on: date | None
    reason: str | None
    """What was answered."""

    @classmethod
    def of(cls, flag: Flag, reasons: Sequence[Reason]) -> FlagView:
        """With the flag's grounds."""
        indicator = INDICATORS[flag.indicator]
        return cls(
            **flag.model_dump(
                include={
                    "id", "version", "indicator", "severity", "subject_kind", "subject_id", "case_id", "division",
                    "raised_on", "due_on", "assigned_to", "settled_by", "settled_on", "reason",
                }
            ),
            name=indicator.name,
            state=flag.state,
            because="；".join(dict.fromkeys(r.because for r in reasons)),
            evidence=sorted({event for r in reasons for event in r.evidence}),
            reasons=[ReasonView.model_validate(r) for r in reasons],
        )  # fmt: skip


class ParameterView(View):
    """A number that an indicator uses, with every value that it has or had."""

    key: str
    valid_from: date
    value: str
    source: str
    status: str


class IndicatorView(View):
    """One indicator of the catalogue that is raised here."""

    id: str
    name: str
    trigger: str
    severity: Literal["H", "M", "L"]
    basis: list[str]
    parameters: list[ParameterView]
    about_officials: bool

    @classmethod
    def of(cls, indicator: Indicator) -> IndicatorView:
        """With its clauses and numbers."""
        keys = (*indicator.parameters, f"severity.{indicator.severity}")
        return cls(
            id=indicator.id,
            name=indicator.name,
            trigger=indicator.trigger,
            severity=indicator.severity,
            basis=[clause.id for clause in getattr(indicator.rule, "__clauses__", ())],
            parameters=[
                ParameterView(key=p.key, valid_from=p.valid_from, value=str(p.value), source=p.source, status=p.status)
                for p in NUMBERS
                if p.key in keys
            ],
            about_officials=indicator.about_officials,
        )
