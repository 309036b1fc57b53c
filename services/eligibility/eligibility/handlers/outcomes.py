"""What becomes of one award in an execution: as approved, or listed with why it is not as the dry-run saw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from eligibility import rules
from eligibility.model.redetermination import Lines, as_kept
from eligibility.rules import standards
from eligibility.store.settlement import Counted, Settled

Said = dict[UUID, tuple[UUID, str, str | None]]
"""The last event about an award since the dry-run: its id, type, and the reason that it gave."""


class Stands(Protocol):
    """An award that goes on."""

    @property
    def version(self) -> int:
        """The award's."""

    @property
    def lines(self) -> tuple[rules.Line, ...]:
        """What it pays per month."""


class Due(Protocol):
    """An award that is to be settled."""

    @property
    def id(self) -> UUID:
        """The award's."""

    @property
    def standing(self) -> Stands | None:
        """None: it does not go on."""

    @property
    def counted(self) -> Counted | None:
        """None: the dry-run did not see it."""


class Found(Protocol):
    """What the new numbers say of an award. `owes`: the same lines are due for months before they were paid."""

    @property
    def change(self) -> standards.Change:
        """Old and new money."""

    @property
    def old(self) -> Lines:
        """What is paid."""

    @property
    def new(self) -> Lines:
        """What the numbers say."""

    @property
    def kept(self) -> tuple[str, ...]:
        """Why it keeps its lines all the same."""

    @property
    def owes(self) -> bool:
        """Whether equal lines are owed for earlier months."""

    @property
    def listed_because(self) -> str | None:
        """Why a person has to look at it."""


def changed(due: Due) -> bool:
    """Whether it is another award than the dry-run saw: changed, ended, or new."""
    if due.standing is None or due.counted is None:
        return True
    return due.standing.version != due.counted.version or as_kept(due.standing.lines) != due.counted.old


def settle(due: Due, found: Found | None, said: Said) -> Settled:
    """What becomes of it; nothing that was not approved where nothing changed since."""
    event, because = _why(due, said) if changed(due) else (None, None)
    if found is None:
        return Settled(due.id, "GONE", 0, because, event, None)
    listed, fen = found.listed_because, found.change.old_fen
    if due.counted is not None and because is None and found.new != due.counted.new:
        return Settled(due.id, "LISTED", fen, None, None, "与批准的测算结果不一致，未调整")
    if found.kept:
        return Settled(due.id, "LISTED", fen, because, event, listed)
    if found.old == found.new and not found.owes:
        return Settled(due.id, "UNCHANGED", fen, because, event, listed)
    return Settled(due.id, "ADJUSTED", found.change.new_fen, because, event, listed)


def _why(due: Due, said: Said) -> tuple[UUID | None, str]:
    """The event that changed it since the dry-run, or that there is none."""
    if due.id in said:
        id_, type_, reason = said[due.id]
        return id_, f"{type_}：{reason}" if reason else type_
    return None, "测算后新增" if due.counted is None else "测算后已变化，无对应事件"


def counts(settled: Sequence[Settled], adjusted: Sequence[standards.Change]) -> dict[str, int]:
    """What a batch did."""
    by = [s.settled for s in settled]
    return {
        "adjusted": by.count("ADJUSTED"),
        "unchanged": by.count("UNCHANGED"),
        "listed": by.count("LISTED"),
        "gone": by.count("GONE"),
        "changed_since": sum(s.changed_because is not None for s in settled),
        "change_fen": sum(change.difference for change in adjusted),
    }
