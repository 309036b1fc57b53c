"""The register under a new line, and what a simulation does to the awards of one person (domain §5.4, issue: 模拟)."""

from __future__ import annotations

from doudi.calendar import Month
from doudi.dated import Parameter, Parameters
from doudi.division import Division
from doudi.events.eligibility_standards import RegisterRescreeningFound
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import counting, programme_determination
from eligibility.model import ProgrammeAward, ProgrammeCase, Redetermination, refusals
from eligibility.model.redetermination import FIGURES
from eligibility.store import redetermination as jobs
from eligibility.store import rescreening as store

PEOPLE_AT_ONCE = 100
SOURCE = "模拟测算"
RULE_SET = "rule_set"
"""The key of a change that tries another rule set."""
_SAYINGS = 500


async def count_people(job: Redetermination, tx: Transaction) -> int:
    """A batch of the awards of one person by the draft's numbers of the month; what else is held stays as it is."""
    month, numbers = job.month, await drafted(job, tx)
    batch = await store.people_after(tx, counting.prefix_of(job), job.after, PEOPLE_AT_ONCE)
    figures: dict[str, dict[str, int]] = {}
    rows = []
    for award, case in batch:
        outcome, fen, because = await _would_be(award, case, month, numbers, tx)
        rows.append((job.id, award.id, award.division, award.programme, outcome, award.amount_fen, fen, because))
        into = figures.setdefault(f"{award.division[:9]}|{award.programme}", dict.fromkeys(FIGURES, 0))
        into["awards"] += 1
        into[counting.NAMES[outcome]] += 1
        into["old_fen"] += award.amount_fen
        into["new_fen"] += fen
        into["personal_fen"] += fen
        into["leaving_fen"] += award.amount_fen if outcome == "LEAVES" else 0
    await store.keep_people(tx, rows)
    job.count(figures, job.sha256)
    over = len(batch) < PEOPLE_AT_ONCE
    job.move("REGISTER" if over else "PEOPLE", None if over else batch[-1][0].id, len(batch))
    return max(1, len(batch))


async def drafted(job: Redetermination, tx: Transaction) -> Parameters:
    """All numbers with what the simulation changes, from its month on."""
    rows = [
        Parameter(
            c["key"], c["value"], job.month.first_day, Division(c["division"]).prefix, SOURCE, "design", c["period"]
        )
        for c in job.changes
        if c["key"] != RULE_SET
    ]
    return rules.PARAMETERS.with_overrides([*jobs.overrides(await jobs.standards(tx)), *rows])


async def _would_be(
    award: ProgrammeAward, case: ProgrammeCase, month: Month, numbers: Parameters, tx: Transaction
) -> tuple[str, int, str]:
    """Outcome, fen per month, and why."""
    try:
        made = await programme_determination.make(
            case, tx, award_id=award.id, month=month, numbers_of=numbers, on=month.first_day
        )
    except (refusals.WrongRuleSet, refusals.NumbersMissing) as error:
        return "SAME", award.amount_fen, str(error.detail)
    result, fen = made.result, made.result.amount.fen
    if not result.eligible:
        return "LEAVES", 0, "；".join(f.because for f in result.findings if not f.met)
    outcome = "GAINS" if fen > award.amount_fen else "LOSES" if fen < award.amount_fen else "SAME"
    return outcome, fen, ""


async def count_register(job: Redetermination, tx: Transaction) -> int:
    """Registered households that nobody covers and that are below the new line now, county by county."""
    figures = await _kept(job, tx)
    job.count(figures, job.sha256)
    job.counted(counting.floors(job), tx.today)
    return store.UNIT


async def _kept(job: Redetermination, tx: Transaction) -> dict[str, dict[str, int]]:
    known = counting.numbers_of(job)
    figures: dict[str, dict[str, int]] = {}
    for county in await store.compared(tx, counting.prefix_of(job)):
        line = counting.county_of(county["division"], "DIBAO_R", known).after.standard_year
        found = await store.keep_passing(tx, job.id, county["id"], line)
        if found:
            place = f"{county['division'][:9]}|DIBAO_R"
            into = figures.setdefault(place, dict.fromkeys(FIGURES, 0))
            into["registered"] = into["registered"] + found
    return figures


async def say_register(job: Redetermination, tx: Transaction) -> int:
    """The execution: looks again, and says some of what passes; 0 when all is said."""
    if job.after is None:
        await store.forget(tx, job.id)
        await _kept(job, tx)
        job.move("REGISTER", job.id, 0)
    some = await store.unsaid(tx, job.id, tx.today, limit=_SAYINGS)
    known = counting.numbers_of(job)
    await tx.announce(
        *(
            RegisterRescreeningFound(
                redetermination_id=job.id,
                comparison_id=row["comparison_id"],
                household=row["household"],
                division=Division(row["division"]),
                income_year=Money(row["income_fen"]),
                standard_year=Money(counting.county_of(row["division"], "DIBAO_R", known).after.standard_year),
                found_on=tx.today,
            )
            for row in some
        )
    )
    job.settle({"registered": len(some)})
    return len(some)
