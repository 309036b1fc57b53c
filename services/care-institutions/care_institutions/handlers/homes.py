"""Homes and their rosters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from care_institutions import store
from care_institutions.handlers import common
from care_institutions.handlers.staffing import judge, staffing
from care_institutions.model import Institution, RosterEntry
from doudi import service
from doudi.division import Division
from doudi.events.care_institutions import InstitutionRegistered, RosterChanged
from doudi.identity import CreditCode
from doudi.transaction import Transaction

Kind = Literal["RURAL_HOME", "WELFARE_HOME", "PRIVATE"]
"""敬老院, 福利院, 民办"""
StaffRole = Literal["CARE", "OTHER"]


@dataclass(frozen=True, slots=True)
class NewHome:
    """A home as put on record."""

    division: Division
    credit_code: CreditCode
    name: str
    kind: Kind
    beds: int
    licence_until: date | None
    fire_accepted_on: date | None


async def register(new: NewHome, tx: Transaction) -> Institution:
    """Puts a home on record. Raises OutsideOwnDivision, AlreadyRegistered."""
    common.own_division(tx, new.division)
    institution = Institution(
        division=new.division.code,
        credit_code=new.credit_code.value,
        name=new.name,
        kind=new.kind,
        beds=new.beds,
        licence_until=new.licence_until,
        fire_accepted_on=new.fire_accepted_on,
        registered_on=tx.today,
        registered_by=common.officer(tx),
        judged_on=tx.today,
    )
    await store.add_institution(tx, institution)
    await tx.announce(
        InstitutionRegistered(
            institution_id=institution.id,
            division=new.division,
            kind=new.kind,
            beds=new.beds,
            registered_on=tx.today,
        )
    )
    return institution


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Somebody who joins the roster."""

    name: str
    role: StaffRole
    share_hundredths: int
    started_on: date


async def join(institution_id: UUID, new: NewEntry, tx: Transaction) -> RosterEntry:
    """Somebody joins the roster."""
    common.not_in_the_future(tx, new.started_on, "started_on")
    institution = await store.institution_for_update(tx, institution_id)
    entry = RosterEntry(
        division=institution.division,
        institution_id=institution.id,
        name=str(tx.keys.seal(new.name, "person.name")),
        role=new.role,
        share_hundredths=new.share_hundredths,
        started_on=new.started_on,
    )
    tx.session.add(entry)
    await _roster_changed(institution, tx)
    return entry


async def end(entry_id: UUID, ended_on: date, tx: Transaction, *, version: int | None) -> RosterEntry:
    """Somebody left; `ended_on` is the first day without them."""
    common.not_in_the_future(tx, ended_on, "ended_on")
    return await _change(entry_id, lambda entry: entry.end(ended_on), tx, version)


async def leave(
    entry_id: UUID, start: date, until: date | None, tx: Transaction, *, version: int | None
) -> RosterEntry:
    """Somebody goes on leave, perhaps in days to come."""
    return await _change(entry_id, lambda entry: entry.take_leave(start, until), tx, version)


async def come_back(entry_id: UUID, tx: Transaction, *, version: int | None) -> RosterEntry:
    """Somebody is back from leave."""
    return await _change(entry_id, RosterEntry.come_back, tx, version)


async def _change(
    entry_id: UUID, verb: Callable[[RosterEntry], None], tx: Transaction, version: int | None
) -> RosterEntry:
    institution, entry = await store.entry_for_update(tx, entry_id)
    service.check_version(entry.version, version)
    verb(entry)
    await _roster_changed(institution, tx)
    return entry


async def _roster_changed(institution: Institution, tx: Transaction) -> None:
    """Says how the roster stands now, then judges the ratio."""
    now = await staffing(institution, tx)
    await tx.announce(
        RosterChanged(
            institution_id=institution.id,
            staff_hundredths=now.staff_hundredths,
            care_staff_hundredths=now.care_staff_hundredths,
            changed_on=tx.today,
            by=common.officer(tx),
        )
    )
    await judge(institution, tx)
