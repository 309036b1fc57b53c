"""What a standard or another number would do, before anybody sets it; no award is touched (issue: 模拟)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from doudi.calendar import Month
from doudi.dated import Parameter
from doudi.division import Division, Level
from doudi.errors import Invalid
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import plausible
from eligibility.handlers.counting import BATCH
from eligibility.handlers.redetermination import begin, frozen, small_at_once
from eligibility.handlers.rescreening import RULE_SET, SOURCE
from eligibility.model import Redetermination
from eligibility.rules import draft
from eligibility.rules.hypothetical import day_under
from eligibility.store import redetermination as store


@dataclass(frozen=True, slots=True)
class Change:
    """Another value of one of the law's numbers, in a division."""

    key: str
    value: Any
    division: Division
    period: str | None


def known_keys() -> dict[str, Parameter]:
    """Every number that may be changed in a simulation, with one of its values."""
    return {p.key: p for p in rules.PARAMETERS if draft.bears_on_money(p.key)}


def _drafted(change: Change, keys: dict[str, Parameter], division: Division) -> Change:
    """The change with its value as the law's files would have it; a township's is its county's. Raises Invalid."""
    if change.key not in keys:
        raise Invalid(field="changes.key", detail=f"没有可模拟的参数：{change.key}")
    if not (change.division.contains(division) or division.contains(change.division)):
        raise Invalid(field="changes.division", detail="参数所属地区与测算地区无关")
    place = change.division
    if place.level > Level.COUNTY:
        if not place.contains(division):
            raise Invalid(field="changes.division", detail="参数由县级以上设定，测算乡镇、村的影响请以其为测算地区")
        place = place.county
    try:
        return replace(
            change, division=place, value=draft.draft_value(change.key, change.value, keys[change.key].value)
        )
    except draft.NoSuchValue as error:
        raise Invalid(field="changes.value", detail=f"{change.key}：{error}") from error


async def simulate(
    division: Division,
    from_month: Month,
    changes: Sequence[Change],
    tx: Transaction,
    *,
    under: str | None = None,
    at_once: int = BATCH,
) -> Redetermination:
    """Begins a simulation on the awards and recent refusals of a division. Raises Invalid, Forbidden, WrongRuleSet.

    `under`: another rule set by which dibao is determined, with the month's own standard.
    """
    keys = known_keys()
    changes = [_drafted(change, keys, division) for change in changes]
    if len({(change.key, change.division) for change in changes}) < len(changes):
        raise Invalid(field="changes.key", detail="同一地区的同一参数只能填写一次")
    if under is not None and under not in {entry.name for entry in rules.RULE_SETS}:
        raise Invalid(field="rule_set", detail=f"没有这个规则版本：{under}")
    before = store.overrides(await store.standards(tx))
    drafts = [
        Parameter(c.key, c.value, _from(from_month, under), c.division.prefix, SOURCE, "design", c.period)
        for c in changes
    ]  # fmt: skip
    kept = [{"key": c.key, "value": c.value, "division": c.division.code, "period": c.period} for c in changes]
    if under is not None:
        kept.append({"key": RULE_SET, "value": under, "division": division.code, "period": None})
    numbers = frozen(division, from_month, before, [*before, *drafts], under, field="changes.value")
    plausible.standards(drafts, division, rules.PARAMETERS.with_overrides(before), "changes/", tx)
    job = await begin("SIMULATION", division, from_month, numbers, tx, changes=kept)
    await small_at_once(job, tx, at_once)
    return job


def _from(month: Month, under: str | None) -> date:
    """The day from which a draft holds: it must be in force in the month, and on the day of another rule set."""
    first = month.first_day
    return first if under is None else min(first, day_under(under, None, first))
