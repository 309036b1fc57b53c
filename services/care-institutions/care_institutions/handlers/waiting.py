"""The waiting list: who wishes to move into a home of the county."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from care_institutions import rules, store
from care_institutions.handlers import common
from care_institutions.model import Waiting
from care_institutions.model.refusals import AlreadyResident, ReportedDead
from doudi import service
from doudi.division import Division
from doudi.identity import CitizenId
from doudi.transaction import Transaction

EndReason = Literal["REFUSED_BED", "NO_LONGER_WISHES"]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wishes to move in. `harsh_place`: lives scattered where it is unfit to live (二(三)8)."""

    division: Division
    name: str
    id_number: CitizenId
    group: rules.Group
    grade: rules.Grade | None
    harsh_place: bool


async def wait(wish: Wish, tx: Transaction) -> Waiting:
    """A person goes on the list. Raises OutsideOwnDivision, ReportedDead, AlreadyResident, AlreadyWaiting."""
    common.own_division(tx, wish.division)
    match_key = tx.keys.match(wish.id_number.value)
    await store.hold_person(tx, match_key)
    if await store.death_of(tx, match_key) is not None:
        raise ReportedDead(field="id_number")
    if await store.lives_in_a_home(tx, match_key):
        raise AlreadyResident(field="id_number")
    waiting = Waiting(
        division=wish.division.code,
        match_key=match_key,
        name=str(tx.keys.seal(wish.name, "person.name")),
        id_number=str(tx.keys.seal(wish.id_number.value, "person.id_number")),
        admission_group=wish.group,
        grade=wish.grade,
        harsh_place=wish.harsh_place,
        waiting_since=tx.today,
    )
    await store.add_waiting(tx, waiting)
    return waiting


async def end(waiting_id: UUID, reason: EndReason, tx: Transaction, *, version: int | None) -> Waiting:
    """A person waits no more."""
    waiting = await store.waiting_for_update(tx, waiting_id)
    service.check_version(waiting.version, version)
    waiting.end(tx.today, reason)
    return waiting
