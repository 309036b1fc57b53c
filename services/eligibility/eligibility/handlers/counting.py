"""The engine of dry-run and simulation: what another standard does to each award, batch by batch, changing none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import Case, Redetermination
from eligibility.model.base import Json
from eligibility.model.redetermination import FIGURES, Lines, as_kept, chained
from eligibility.rules import standards
from eligibility.store import redetermination as store
from eligibility.store.redetermination import Standing

BATCH = 500


@dataclass(frozen=True, slots=True)
class CountyNumbers:
    """A county's numbers as frozen with the job."""

    before: rules.Numbers
    after: rules.Numbers
    floors: standards.FloorNumbers

    @property
    def raised(self) -> bool:
        """Whether the standard did not fall."""
        return self.after.standard >= self.before.standard


def numbers_of(job: Redetermination) -> dict[str, CountyNumbers]:
    """The frozen numbers by county and programme, such as `640522|DIBAO_R`."""
    return {
        place: CountyNumbers(
            rules.Numbers(**kept["before"]),
            rules.Numbers(**kept["after"]),
            standards.FloorNumbers(**kept["floors"]),
        )
        for place, kept in job.numbers.items()
    }


def county_of(division: str, programme: str, known: Mapping[str, CountyNumbers]) -> CountyNumbers:
    """The numbers of a programme in the county that a division lies in."""
    return known[f"{Division(division).county.prefix}|{programme}"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the new numbers say of one award. `kept`: why it keeps its lines all the same; `look`: what to look at."""

    award: Standing
    made: rules.Determination
    change: standards.Change
    effective: Month
    old: Lines
    new: Lines
    kept: tuple[str, ...]
    look: tuple[str, ...]
    owes: bool = False

    @property
    def listed_because(self) -> str | None:
        """Why a person has to look at it."""
        return "；".join((*self.kept, *self.look)) or None


def judge(award: Standing, n: CountyNumbers, job: Redetermination, tx: Transaction) -> Verdict:
    """The rules on the award's own facts and choice, by the numbers of the month."""
    made = rules.determine(award.facts, n.after, on=job.month.first_day, choice=award.choice)
    change = standards.compare(award.lines, made)
    effective, months = standards.effective_month(job.month, starts=award.starts, lines_began=award.began)
    hold = (
        standards.a_change_stops_nobody(change),
        standards.a_change_lowers_nobody_by_itself(change),
        standards.a_rise_lowers_nobody(change, raised=n.raised),
        standards.heard_before_less(change, on=tx.today),
    )
    kept = tuple(f.because for f in hold if not f.met)
    look = (*(change.obstacles if made.eligible else ()), *([] if months.met else [months.because]))
    return Verdict(award, made, change, effective, as_kept(award.lines), as_kept(made.lines), kept, look)


async def step(job: Redetermination, tx: Transaction, *, size: int = BATCH) -> int:
    """One batch of awards or refusals; at least 1 as long as there is something to do."""
    if job.phase == "AWARDS":
        return await _awards(job, tx, size)
    return await _cases(job, tx, size)


async def _awards(job: Redetermination, tx: Transaction, size: int) -> int:
    prefix, known = prefix_of(job), numbers_of(job)
    batch = await store.awards_after(tx, prefix, job.after, size)
    figures: dict[str, dict[str, int]] = {}
    rows, sha256 = [], job.sha256
    for award in batch:
        found = judge(award, county_of(award.division, award.programme, known), job, tx)
        sha256 = chained(sha256, award.id, award.version, found.old, found.new)
        rows.append(row_of(job.id, found, award.version))
        _count(figures, found)
    await store.keep_counted(tx, rows)
    job.count(figures, sha256)
    over = len(batch) < size
    job.move("CASES" if over else "AWARDS", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


def prefix_of(job: Redetermination) -> str:
    """What the divisions of its awards begin with."""
    return Division(job.division).prefix


def row_of(job_id: UUID, found: Verdict, version: int | None) -> tuple[Any, ...]:
    """As `store.redetermination.COUNTED` names it."""
    award, change = found.award, found.change
    old, new = store.lines_text(found.old), store.lines_text(found.new)
    return (
        job_id, award.id, award.division, award.programme, version, change.outcome, str(found.effective),
        old, new, change.old_fen, change.new_fen, found.listed_because,
    )  # fmt: skip


NAMES = {"GAINS": "gaining", "LOSES": "losing", "LEAVES": "leaving", "SAME": "same"}


def _place(figures: dict[str, dict[str, int]], division: str, programme: str) -> dict[str, int]:
    return figures.setdefault(f"{division[:9]}|{programme}", dict.fromkeys(FIGURES, 0))


def _count(figures: dict[str, dict[str, int]], found: Verdict) -> None:
    into, change = _place(figures, found.award.division, found.award.programme), found.change
    into["awards"] += 1
    into[NAMES[change.outcome]] += 1
    into["listed"] += found.listed_because is not None
    into["persons"] += len(found.made.insured)
    into["old_fen"] += change.old_fen
    into["new_fen"] += change.new_fen
    into["leaving_fen"] += change.old_fen if change.outcome == "LEAVES" else 0


async def _cases(job: Redetermination, tx: Transaction, size: int) -> int:
    batch, entering = await rescreen(job, tx, size)
    figures: dict[str, dict[str, int]] = {}
    for case, made in entering:
        into = _place(figures, case.division, case.programme)
        into["entering"] += 1
        into["entering_fen"] += made.amount.fen
    await store.keep_rescreened(tx, [rescreened_row(job.id, case, made, None) for case, made in entering])
    job.count(figures, job.sha256)
    over = len(batch) < size
    job.move("PEOPLE" if over else "CASES", None if over else batch[-1].id, len(batch))
    return max(1, len(batch))


async def rescreen(
    job: Redetermination, tx: Transaction, size: int
) -> tuple[Sequence[Case], list[tuple[Case, rules.Determination]]]:
    """The next recent refusals, and those of them that would qualify: nobody on an award, the dead left out."""
    since, known = standards.refused_since(job.proposed_on), numbers_of(job)
    batch = await store.refused_after(tx, prefix_of(job), since, job.after, size)
    people = {case.id: {m.match_key: m.person_id for m in case.members.members if m.in_unit} for case in batch}
    covered, dead = await store.covered_or_dead(tx, [key for keys in people.values() for key in keys])
    found: list[tuple[Case, rules.Determination]] = []
    for case in batch:
        n, keys = county_of(case.division, case.programme, known), people[case.id]
        facts = case.facts_on(job.month.first_day)
        if covered & keys.keys():
            continue
        for key in dead & keys.keys():
            facts = facts.without(keys[key])
        made = standards.rescreened({case.id: facts}, n.after, on=job.month.first_day)
        found += [(case, determination) for determination in made.values()]
    return batch, found


def rescreened_row(job_id: UUID, case: Case, made: rules.Determination, announced_on: Any) -> tuple[Any, ...]:
    """As it is kept."""
    return (
        job_id, case.id, case.division, case.decided_on, made.assistance_class, made.amount.fen, announced_on,
    )  # fmt: skip


def floors(job: Redetermination) -> list[Json]:
    """The floors of each county after the change: mean subsidies from the figures, tekun from the numbers.

    The mean subsidy of the town is told where somebody there is on an award.
    """
    found: list[Json] = []
    for numbered, n in numbers_of(job).items():
        county, _, programme = numbered.partition("|")
        own = [f for place, f in job.figures.items() if place.startswith(county) and place.endswith(f"|{programme}")]
        total, persons = sum(f["new_fen"] for f in own), sum(f["persons"] for f in own)
        findings = [standards.mean_subsidy_holds(total, persons, n.floors)] if persons or programme == "DIBAO_R" else []
        forms: tuple[standards.Form, ...] = ("CENTRALISED", "SCATTERED")
        findings += [standards.tekun_holds(form, n.before, n.after, n.floors) for form in forms]
        found += [{"county": county.ljust(12, "0"), "finding": f.model_dump(mode="json")} for f in findings]
    return found
