"""What was heard of postings and decisions of applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi.events.eligibility import DecisionIssued
from doudi.transaction import Transaction
from oversight import rules
from oversight.model import Shown


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting. `ends_on` as planned, `ended_on` as it was; `shown`: the event that told the latest of them."""

    shown: Shown
    which: rules.Which
    posted_on: date
    ends_on: date | None
    ended_on: date | None

    @property
    def end(self) -> date:
        """Its last day, as far as known."""
        end = self.ended_on or self.ends_on
        assert end is not None
        return end


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, and the postings that it says it rests on."""

    shown: Shown
    decision_id: UUID
    division: str
    approved: bool
    decided_on: date
    first_ended_on: date
    second_ended_on: date | None


@dataclass(frozen=True, slots=True)
class Procedure:
    """Everything heard of one application. `forwarded`: by the end of the posting that it was forwarded after."""

    application_id: UUID
    decisions: Sequence[Decision]
    postings: Sequence[Posting]
    forwarded: dict[date, Shown]

    def rested_on(self, which: rules.Which, ended_on: date) -> Posting | None:
        """The posting that ended on this day."""
        found = (p for p in self.postings if p.which == which and p.ended_on == ended_on)
        return min(found, key=lambda p: p.posted_on, default=None)


async def add_posting(
    tx: Transaction,
    application_id: UUID,
    posting: Posting,
) -> None:
    """A posting started or ended."""
    await tx.execute(
        """INSERT INTO posting (application_id, which, posted_on, ends_on, ended_on, event_id, said_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (application_id, which, posted_on) DO UPDATE SET
               ends_on = coalesce(excluded.ends_on, posting.ends_on),
               ended_on = coalesce(excluded.ended_on, posting.ended_on),
               event_id = excluded.event_id, said_at = excluded.said_at""",
        application_id,
        posting.which,
        posting.posted_on,
        posting.ends_on,
        posting.ended_on,
        posting.shown.event_id,
        posting.shown.said_at,
    )


async def add_forwarded(tx: Transaction, application_id: UUID, posting_ended_on: date, shown: Shown) -> None:
    """The township forwarded the application."""
    await tx.execute(
        "INSERT INTO forwarded (event_id, said_at, application_id, posting_ended_on) VALUES ($1, $2, $3, $4)",
        shown.event_id,
        shown.said_at,
        application_id,
        posting_ended_on,
    )


async def add_decision(tx: Transaction, event: DecisionIssued, shown: Shown) -> None:
    """The county decided."""
    await tx.execute(
        """INSERT INTO decision (event_id, said_at, application_id, decision_id, division, approved, decided_on,
                                 first_ended_on, second_ended_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        shown.event_id,
        shown.said_at,
        event.application_id,
        event.decision_id,
        str(event.division),
        event.outcome == "APPROVED",
        event.decided_on,
        event.first_posting_ended_on,
        event.second_posting_ended_on,
    )


async def procedure(tx: Transaction, application_id: UUID) -> Procedure:
    """What was heard of an application so far."""
    decisions = await tx.fetch("SELECT * FROM decision WHERE application_id = $1 ORDER BY event_id", application_id)
    postings = await tx.fetch(
        "SELECT * FROM posting WHERE application_id = $1 ORDER BY which, posted_on", application_id
    )
    forwarded = await tx.fetch("SELECT * FROM forwarded WHERE application_id = $1 ORDER BY event_id", application_id)
    return Procedure(
        application_id,
        [
            Decision(
                Shown(r["event_id"], r["said_at"]),
                r["decision_id"],
                r["division"],
                r["approved"],
                r["decided_on"],
                r["first_ended_on"],
                r["second_ended_on"],
            )
            for r in decisions
        ],
        [
            Posting(Shown(r["event_id"], r["said_at"]), r["which"], r["posted_on"], r["ends_on"], r["ended_on"])
            for r in postings
        ],
        {r["posting_ended_on"]: Shown(r["event_id"], r["said_at"]) for r in reversed(forwarded)},
    )
