"""Report, payee, on-site check, end of the emergency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

import structlog

from doudi.division import Division, Level
from doudi.events.relief import EmergencyEnded, EmergencyReported, EmergencyVerified
from doudi.transaction import Transaction
from relief import rules, store
from relief.handlers import common
from relief.model import ReliefCase
from relief.model.refusals import EndNotPossible, HolidayPlanMissing, OfficersTooFew, OutsideOwnDivision, PlaceTooWide

log = structlog.get_logger()

Cause = Literal["FIRE", "TRAFFIC_ACCIDENT", "SUDDEN_ILLNESS", "OTHER"]
Channel = Literal[
    "SELF",
    "PARTY_ORGANISATION",
    "SELF_GOVERNING",
    "SOCIAL_ORGANISATION",
    "SOCIAL_WORKER",
    "GRID_WORKER",
    "VOLUNTEER",
    "DATA_MATCHING",
    "HOTLINE",
    "OTHER",
]
Evidence = Literal["PHOTO", "NOTE"]


@dataclass(frozen=True, slots=True)
class Report:
    """An emergency as reported."""

    division: Division
    cause: Cause
    persons: int
    registry: rules.Registry
    channel: Channel
    urgency: rules.Urgency
    payee: common.NewPayee | None


async def report(new: Report, tx: Transaction) -> ReliefCase:
    """Somebody reported people in sudden need. Raises OutsideOwnDivision."""
    if new.division.level < Level.COUNTY:
        raise PlaceTooWide(field="division")
    if tx.principal is None or not tx.principal.may_see(new.division):
        raise OutsideOwnDivision(field="division")
    case = ReliefCase(
        division=new.division.code,
        cause=new.cause,
        persons=new.persons,
        poverty_registry=new.registry,
        channel=new.channel,
        urgency=_stored(new.urgency),
        reported_at=tx.now,
        reported_by=common.officer(tx),
    )
    if new.payee is not None:
        case.pays_to(await common.seal(new.payee, tx))
    tx.session.add(case)
    await tx.session.flush()
    await tx.announce(
        EmergencyReported(
            relief_case_id=case.id,
            division=new.division,
            cause=new.cause,
            persons=new.persons,
            registry=new.registry,
            reported_at=case.reported_at,
        )
    )
    return case


async def name_payee(case_id: UUID, payee: common.NewPayee, tx: Transaction, *, version: int | None) -> ReliefCase:
    """The payee became known, or was told wrongly before."""
    case = await common.case(tx, case_id, version)
    case.pays_to(await common.seal(payee, tx))
    return case


async def verify(
    case_id: UUID,
    officers: Sequence[str],
    evidence: Sequence[Evidence],
    urgency: rules.Urgency,
    persons: int | None,
    tx: Transaction,
    *,
    version: int | None,
) -> ReliefCase:
    """Two or more officers saw it on the spot; the case is accepted. Raises OfficersTooFew."""
    case = await common.case(tx, case_id, version)
    enough = rules.seen_by_enough(officers, on=tx.today)
    if not enough.met:
        raise OfficersTooFew(field="officers", detail=enough.because)
    case.verify(officers, evidence, _stored(urgency), persons or case.persons, at=tx.now)
    await tx.announce(EmergencyVerified(relief_case_id=case.id, officers=list(officers), verified_at=tx.now))
    return case


async def end(case_id: UUID, ended_on: date, tx: Transaction, *, version: int | None) -> ReliefCase:
    """The emergency is over; the paperwork clock runs. Raises EndNotPossible."""
    case = await common.case(tx, case_id, version)
    possible = rules.end_is_possible(ended_on, reported_on=case.reported_on, on=tx.today)
    if not possible.met:
        raise EndNotPossible(field="ended_on", detail=possible.because)
    await _end(case, ended_on, tx, assumed=False)
    return case


async def assume_ends(tx: Transaction) -> int:
    """Emergencies whose end nobody recorded within the longest time are taken to have ended. Returns how many.

    Where the term reaches into a year whose holiday plan is not loaded, the case waits for the plan.
    """
    ended = waiting = 0
    for case in await store.emergencies_too_long(tx, tx.today, limit=500):
        assert case.end_assumed_on is not None
        try:
            await _end(case, case.end_assumed_on, tx, assumed=True)
        except HolidayPlanMissing:
            waiting += 1
        else:
            ended += 1
    if waiting:
        log.warning("holiday plan missing", cases=waiting)
    return ended


async def _end(case: ReliefCase, ended_on: date, tx: Transaction, *, assumed: bool) -> None:
    due_on = common.due(rules.paperwork_due, ended_on)
    case.end_emergency(ended_on, due_on=due_on, assumed=assumed)
    await tx.announce(
        EmergencyEnded(relief_case_id=case.id, ended_on=ended_on, paperwork_due_on=due_on, assumed=assumed)
    )


def _stored(urgency: rules.Urgency) -> dict[str, object]:
    return {
        "urgent": urgency.urgent,
        "needed_now": urgency.needed_now,
        "threatens": sorted(set(urgency.threatens)),
    }
