"""The bureau's side of a comparison as the awards said it on a day: dibao by household, the other groups by person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi.calendar import MONTHS_A_YEAR, Month
from doudi.division import Division
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers.ledger_import import Keys, summarise
from eligibility.model import Award, Case, Comparison, ProgrammeAward, ProgrammeCase, RegisterFile
from eligibility.model.register import Row
from eligibility.rules import ledger, matching
from eligibility.store import ledger as lists
from eligibility.store import registers

_AWARDS = 500


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody whom an award covers. `household` stays the same as long as the award does, and longer; `match_key` is
    kept with an award of one person, also where their ID number is not."""

    household: UUID
    row: Row
    match_key: str | None = None


async def snapshot(c: Comparison, tx: Transaction, limit: int = _AWARDS) -> None:
    """What the awards said on the day, `limit` awards of either kind at a time, in the order of their ids."""
    county = Division(c.division)
    households = await lists.awards_after(tx, county.prefix, c.cursor, c.left_on, limit=limit)
    persons = await lists.personal_awards_after(tx, county.prefix, c.cursor, c.left_on, limit=limit)
    every: list[tuple[Award | ProgrammeAward, Case | ProgrammeCase]] = [*households, *persons]
    some = sorted(every, key=lambda found: found[0].id)[:limit]
    n = int(await tx.fetchval("SELECT coalesce(max(n), 0) FROM register_sealed WHERE file_id = $1", c.left_id))
    keys, entries, sealed = Keys(tx.keys), [], []
    for award, case in some:
        for known in _known(award, case, c.left_on, n, tx):
            n = known.row.n
            entry = keys.entry(c.left_id, known.row, county)
            person = keys.known(known.match_key) if known.match_key else entry[3]
            entries.append((*entry[:2], known.household, person, *entry[4:]))
            sealed.append(keys.sealed(c.left_id, known.row))
    await registers.put(tx, entries, sealed)
    if some:
        c.advance(some[-1][0].id)
        return
    left = await tx.session.get_one(RegisterFile, c.left_id)
    await registers.drop_twice(tx, left.id)
    kept, homes, bad = await summarise(left, tx)
    left.sha256 = await registers.fingerprint(tx, left.id)
    left.holds(kept, 0, homes, bad)
    c.go_to("COMPARE")


def _known(
    award: Award | ProgrammeAward, case: Case | ProgrammeCase, on: date, n: int, tx: Transaction
) -> Iterator[_Known]:
    """The people of an award, when it is one of the four groups; their rows are numbered from after `n`."""
    group = ledger.group_of(award.programme, on)
    if group is None:
        return
    if isinstance(award, Award):
        assert isinstance(case, Case)
        yield from _household(award, case, group, on, n, tx)
    else:
        assert isinstance(case, ProgrammeCase)
        yield _Known(award.person_id, _person(award, case, group, on, n + 1, tx), award.match_key)


def _household(award: Award, case: Case, group: str, on: date, n: int, tx: Transaction) -> Iterator[_Known]:
    """The people of a dibao award's unit."""
    facts = rules.Facts.from_json(award.facts)
    unit = {p.person_id for p in facts.unit}
    for member in case.members.members:
        if str(member.person_id) not in unit:
            continue
        n += 1
        number = matching.number_of(tx.keys.open(member.id_number, "person.id_number"))
        row = Row(
            n=n,
            household=str(award.household_id),
            name=tx.keys.open(member.name, "person.name"),
            id_number=number.value if number else "",
            number="OK" if number else "INVALID",
            village=case.division,
            born=member.birth_date,
            sex=member.sex,
            state=ledger.NORMAL,
            status=None,
            programme=group,
            stopped_on=_ended(award.last_month, on),
            assistance_class=award.assistance_class,
            in_taper=award.taper_until is not None and Month.parse(award.taper_until) >= Month.of(on),
            labour=member.labour,
            marks=0,
            income_year=int(rules.need.per_capita(facts) * MONTHS_A_YEAR),
        )
        yield _Known(award.household_id, row)


def _person(award: ProgrammeAward, case: ProgrammeCase, group: str, on: date, n: int, tx: Transaction) -> Row:
    """The person of an award of one person, with the sex that their number tells."""
    number = matching.number_of(tx.keys.open(case.id_number, "person.id_number")) if case.id_number else None
    return Row(
        n=n,
        household=str(case.person_id),
        name=tx.keys.open(case.person_name, "person.name"),
        id_number=number.value if number else "",
        number="OK",
        village=case.division,
        born=case.born,
        sex=number.sex if number else None,
        state=ledger.NORMAL,
        status=None,
        programme=group,
        stopped_on=_ended(award.last_month, on),
        assistance_class=None,
        in_taper=False,
        labour=None,
        marks=0,
        income_year=None,
    )


def _ended(last_month: str | None, on: date) -> date | None:
    """The last day of an award that was over by the month of `on`."""
    ended = Month.parse(last_month).last_day if last_month else None
    return ended if ended is not None and ended < Month.of(on).first_day else None
