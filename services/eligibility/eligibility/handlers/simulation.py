"""What a standard or another number would do, before anybody sets it; no award is touched (issue: 模拟)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from doudi.calendar import Month
from doudi.dated import Parameter
from doudi.division import Division
from doudi.errors import Invalid
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers.counting import BATCH
from eligibility.handlers.redetermination import begin, frozen, small_at_once
from eligibility.model import Redetermination
from eligibility.store import redetermination as store

_SOURCE = "模拟测算"


@dataclass(frozen=True, slots=True)
class Change:
    """Another value of one of the law's numbers, in a division."""

    key: str
    value: str
    division: Division
    period: str | None


def known_keys() -> dict[str, Parameter]:
    """Every number that may be changed in a simulation, with one of its values."""
    return {p.key: p for p in rules.PARAMETERS}


async def simulate(
    division: Division, from_month: Month, changes: Sequence[Change], tx: Transaction, *, at_once: int = BATCH
) -> Redetermination:
    """Begins a simulation on the awards and recent refusals of a division. Raises Invalid, Forbidden, WrongRuleSet."""
    keys = known_keys()
    for change in changes:
        if change.key not in keys or isinstance(keys[change.key].value, dict | list):
            raise Invalid(field="changes.key", detail=f"没有可模拟的参数：{change.key}")
        if not (change.division.contains(division) or division.contains(change.division)):
            raise Invalid(field="changes.division", detail="参数所属地区与测算地区无关")
    before = store.overrides(await store.standards(tx))
    drafts = [
        Parameter(c.key, c.value, from_month.first_day, c.division.prefix, _SOURCE, "design", c.period)
        for c in changes
    ]  # fmt: skip
    kept = [{"key": c.key, "value": c.value, "division": c.division.code, "period": c.period} for c in changes]
    numbers = frozen(division, from_month, before, [*before, *drafts])
    job = await begin("SIMULATION", division, from_month, numbers, tx, changes=kept)
    await small_at_once(job, tx, at_once)
    return job
