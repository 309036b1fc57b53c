"""A change of standard on its way from the dry-run to the awards, and a simulation, which stops after the dry-run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.calendar import Month
from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Json, JsonColumn, Record

Lines = list[list[Any]]
"""Lines as they are kept and hashed: [person, item, fen], in this order."""

FIGURES = (
    "awards",
    "gaining",
    "losing",
    "leaving",
    "same",
    "listed",
    "persons",
    "old_fen",
    "new_fen",
    "leaving_fen",
    "entering",
    "entering_fen",
    "registered",
    "personal_fen",
)
SETTLED = ("adjusted", "unchanged", "listed", "gone", "changed_since", "rescreened", "registered", "change_fen")


class Progress(StrEnum):
    """Where a redetermination stands; a simulation ends at COUNTED."""

    COUNTING = "COUNTING"
    COUNTED = "COUNTED"
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    EXECUTING = "EXECUTING"
    EXECUTED = "EXECUTED"
    FAILED = "FAILED"


class Redetermination(Record, table=True):
    """The dry-run, its approval, its execution; progress is kept with every batch, so that any moment may be the last.

    `figures` are sums by township and programme (`640522105|DIBAO_R`); `numbers` those of each county before and after.
    """

    __tablename__ = "redetermination"

    kind: str
    status: str = Progress.COUNTING.value
    from_month: str
    standard_ids: list[Any] = Field(sa_type=JsonColumn)
    draft: Json | None = Field(default=None, sa_type=JsonColumn)
    changes: list[Any] = Field(sa_type=JsonColumn)
    keys: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    """Which numbers a redetermination applies, each with its document; empty: a simulation, or made before."""
    numbers: Json = Field(sa_type=JsonColumn)
    phase: str = "AWARDS"
    after: UUID | None = None
    done: int = 0
    total: int
    journal_position: int = Field(sa_type=BigInteger)
    sha256: str = ""
    figures: Json = Field(default_factory=dict, sa_type=JsonColumn)
    floors: list[Any] = Field(default_factory=list, sa_type=JsonColumn)
    settled: Json = Field(default_factory=dict, sa_type=JsonColumn)
    proposed_by: str
    proposed_on: date
    approved_by: str | None = None
    approved_on: date | None = None
    approved_sha256: str | None = None
    executed_by: str | None = None
    executed_on: date | None = None
    finished_on: date | None = None
    failed_because: str | None = None

    @property
    def month(self) -> Month:
        """The month from which awards are adjusted."""
        return Month.parse(self.from_month)

    def _open_in(self, *states: Progress) -> None:
        if Progress(self.status) not in states:
            raise refusals.NotInThisState(detail=f"当前环节：{self.status}")

    def move(self, phase: str, after: UUID | None, more: int) -> None:
        """A batch is done: where the next one begins."""
        self._open_in(Progress.COUNTING, Progress.EXECUTING)
        self.phase, self.after, self.done = phase, after, self.done + more
        self._changed()

    def count(self, figures: Mapping[str, Mapping[str, int]], sha256: str) -> None:
        """Adds a batch's figures; the hash goes on from result to result."""
        self._open_in(Progress.COUNTING)
        self.figures = _added(self.figures, figures)
        self.sha256 = sha256

    def counted(self, floors: Sequence[Json], on: date) -> None:
        """Every award was determined: a simulation is over, a redetermination is proposed."""
        self._open_in(Progress.COUNTING)
        self.status = (Progress.PROPOSED if self.kind == "REDETERMINATION" else Progress.COUNTED).value
        self.floors, self.proposed_on = list(floors), on
        self._changed()

    def approve(self, sha256: str, by: str, on: date) -> None:
        """A second person approves what he saw; never the maker, and nothing but these results."""
        self._open_in(Progress.PROPOSED)
        if by == self.proposed_by:
            raise refusals.MakerMustNotApprove(field="approved_by")
        if sha256 != self.sha256:
            raise refusals.ResultsDiffer(field="sha256")
        self.approved_by, self.approved_on, self.approved_sha256 = by, on, sha256
        self.status = Progress.APPROVED.value
        self._changed()

    def execute(self, sha256: str, by: str, on: date, phase: str = "AWARDS") -> None:
        """What is kept is what was approved (`sha256` of it): the awards may be settled, from a phase on."""
        if Progress(self.status) is Progress.PROPOSED:
            raise refusals.NotApproved
        self._open_in(Progress.APPROVED)
        if sha256 != self.approved_sha256:
            raise refusals.ResultsDiffer
        self.executed_by, self.executed_on = by, on
        self.phase, self.after, self.done = phase, None, 0
        self.settled = dict.fromkeys(SETTLED, 0)
        self.status = Progress.EXECUTING.value
        self._changed()

    def settle(self, counts: Mapping[str, int]) -> None:
        """Adds what a batch did."""
        self._open_in(Progress.EXECUTING)
        self.settled = {name: self.settled.get(name, 0) + counts.get(name, 0) for name in SETTLED}

    def executed(self, on: date) -> None:
        """Every award is settled."""
        self._open_in(Progress.EXECUTING)
        self.finished_on, self.status = on, Progress.EXECUTED.value
        self._changed()

    def fail(self, because: str) -> None:
        """It cannot go on; what was settled stays."""
        self._open_in(Progress.COUNTING, Progress.EXECUTING)
        self.failed_because, self.status = because, Progress.FAILED.value
        self._changed()


def _added(kept: Mapping[str, Mapping[str, int]], more: Mapping[str, Mapping[str, int]]) -> Json:
    sums = {place: dict(figures) for place, figures in kept.items()}
    for place, figures in more.items():
        into = sums.setdefault(place, dict.fromkeys(FIGURES, 0))
        for name, value in figures.items():
            into[name] = into.get(name, 0) + value
    return sums


def as_kept(lines: Iterable[rules.Line]) -> Lines:
    """Lines for the database and the hash."""
    return sorted([line.person_id, line.item, line.amount.fen] for line in lines)


def chained(sha256: str, award_id: UUID, version: int, old: Lines, new: Lines) -> str:
    """The hash over the ordered results, one result further: the same whatever the size of batches was."""
    text = json.dumps([sha256, str(award_id), version, old, new], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
