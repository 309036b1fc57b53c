"""Why a flag stands: one reason with the events that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from doudi.clock import SHANGHAI
from oversight.rules import Severity

_NAMESPACE = UUID("6f2f5b1e-0f0c-5a57-9d0e-64052e000000")


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as evidence: its id, and the moment that its publisher said it."""

    event_id: UUID
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason. Made from events alone, so that whatever order they come in, and in a replay, it is the same.

    `scope` is what is judged anew as a whole when something about it is heard: an award, a person, a case.
    """

    indicator: str
    subject_kind: str
    subject_id: str
    case_id: UUID
    scope: str
    because: str
    evidence: tuple[UUID, ...]
    shown_on: date
    division: str | None = None
    severity: Severity | None = None
    """Where it weighs more than its indicator does."""

    @property
    def flag_id(self) -> UUID:
        """The flag's id: the same for the same indicator and subject, always."""
        return uuid5(_NAMESPACE, f"{self.indicator}/{self.subject_kind}/{self.subject_id}")

    @classmethod
    def of(
        cls,
        indicator: str,
        subject: tuple[str, object],
        case_id: UUID,
        because: str,
        shown: Iterable[Shown],
        *,
        scope: object = None,
        division: str | None = None,
        on: date | None = None,
        severity: Severity | None = None,
    ) -> Ground:
        """A reason shown by events; it is dated by the last of them unless `on` says otherwise."""
        events = tuple(shown)
        return cls(
            indicator=indicator,
            subject_kind=subject[0],
            subject_id=str(subject[1]),
            case_id=case_id,
            scope=f"{indicator}/{scope or case_id}",
            because=because,
            evidence=tuple(sorted({e.event_id for e in events})),
            shown_on=on or max(e.said_at for e in events).astimezone(SHANGHAI).date(),
            division=division,
            severity=severity,
        )
