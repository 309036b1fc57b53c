"""What several handlers do: load a case for someone, keep related officers out, put the household into words."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from doudi import service
from doudi.calendar import Calendar
from doudi.events.intake import FirstPostingEnded
from doudi.events.parts import Household
from doudi.law import Finding
from doudi.transaction import Transaction
from intake import rules, store
from intake.model import Application, Posting, household_part
from intake.model.refusals import DateInTheFuture, RelatedOfficerMustRecuse
from intake.model.refusals_declared import NotPlausible, RegisteredAndUnable


async def case(tx: Transaction, application_id: UUID, version: int | None) -> Application:
    """The case, locked, for an officer who acts on it: unchanged since they saw it, and not their relative's."""
    application = await store.application_for_update(tx, application_id)
    service.check_version(application.version, version)
    if not rules.may_handle(officer(tx), application.related_officers()).met:
        raise RelatedOfficerMustRecuse
    return application


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub


def not_in_the_future(tx: Transaction, day: date, field: str) -> None:
    """Raises DateInTheFuture."""
    if day > tx.today:
        raise DateInTheFuture(field=field)


def possible(found: Finding, field: str) -> None:
    """Raises NotPlausible."""
    if not found.met:
        raise NotPlausible(field=field, detail=found.because)


async def household_of(tx: Transaction, application: Application) -> Household:
    """The household as it stands now."""
    household = await store.household(tx, application.household_id)
    people = await store.people_of(tx, application.household_id)
    return household_part(household, people, application.alone)


def registered_or_unable(registered_apart: bool, cannot: bool, field: str) -> None:
    """Raises RegisteredAndUnable."""
    found = rules.registered_or_unable(registered_apart, cannot)
    if not found.met:
        raise RegisteredAndUnable(field=field, detail=found.because)


def because(findings: list[Finding]) -> str | None:
    """Why a step is not lawful: the reasons of what is not met; None when all is."""
    unmet = [finding.because for finding in findings if not finding.met]
    return "；".join(unmet) or None


async def take_down(posting: Posting, on: date, *, full: bool, tx: Transaction) -> None:
    """The posting is taken down: after its full time, or early."""
    posting.end(on=on, full=full)
    await tx.announce(
        FirstPostingEnded(application_id=posting.application_id, posted_on=posting.posted_on, ended_on=on, full=full)
    )


def calendar() -> Calendar:
    """The working days by which terms run."""
    return Calendar.load()
