"""民发〔2012〕220号 art. 17, 民发〔2021〕57号 art. 14 and domain §3.3: property; a hit is a question until verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from doudi.law import Finding, clause, finding
from eligibility.rules.facts import Facts, Thing
from eligibility.rules.numbers import CONFIRMATION, DESIGN, NOTICE_2022, Numbers, exact, yuan

NAMES = {"CAR": "小轿车", "TRUCK": "货车", "LARGE_FARM_MACHINE": "大型农机具", "SHIP": "船舶"}
"""As people read them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something above a limit: what, and whether all of it was verified."""

    what: str
    verified: bool


@clause(CONFIRMATION, "14", "存款、有价证券等金融资产人均不超过规定")
def savings_over(things: Sequence[Thing], size: int, n: Numbers) -> list[Hit]:
    """Deposits and securities per head above so many years' standards. At the limit is within."""
    limit = exact(n.savings_years) * n.standard_year * size
    saved = [t for t in things if t.kind in n.savings_kinds]
    total, proven = sum(t.fen for t in saved), sum(t.fen for t in saved if t.verified)
    if total <= limit:
        return []
    return [Hit(f"金融资产 {yuan(total)} 元，超过 {size} 人限额 {yuan(limit)} 元", proven > limit)]


@clause(CONFIRMATION, "14", "机动车辆、船舶、大型农机具；残疾人功能性补偿代步机动车辆除外")
def vehicles_over(things: Sequence[Thing], n: Numbers) -> list[Hit]:
    """Vehicles that are none for a disabled person's moving about. Motorcycles and small tractors are ignored."""
    return [Hit(NAMES.get(t.kind, t.kind), t.verified) for t in things if t.kind in n.vehicle_kinds]


@clause(CONFIRMATION, "14", "房屋不超过规定套数")
def dwellings_over(things: Sequence[Thing], n: Numbers) -> list[Hit]:
    """More dwellings than the limit; proven where so many were verified."""
    owned = [t for t in things if t.kind == "DWELLING"]
    if len(owned) <= n.dwellings:
        return []
    return [Hit(f"住房 {len(owned)} 套", sum(t.verified for t in owned) > n.dwellings)]


@clause(CONFIRMATION, "14", "正在经营且实缴出资的企业")
def companies_over(things: Sequence[Thing], n: Numbers) -> list[Hit]:
    """An active company with capital paid in."""
    return [Hit(f"在营企业实缴出资 {yuan(t.fen)} 元", t.verified) for t in things if t.kind == "COMPANY" and t.fen > 0]


@clause(NOTICE_2022, "一(一)", "不得增设非必要限制性条件，不得以职业、身份排除")
def hits(things: Sequence[Thing], size: int, n: Numbers) -> list[Hit]:
    """Everything above a limit: by these four tests and no other, so occupation or standing excludes nobody."""
    if not things or not n.savings_years:
        return []
    return [
        *savings_over(things, size, n),
        *vehicles_over(things, n),
        *dwellings_over(things, n),
        *companies_over(things, n),
    ]


@clause(DESIGN, "§3.3", "未经核实的财产信息须先核实，不得作为不予批准的理由")
def to_be_verified(found: Sequence[Hit], n: Numbers) -> Finding | None:
    """The hits that nobody has verified: a question for the officer, and no reason to refuse."""
    open_ = [hit.what for hit in found if not hit.verified]
    if not open_:
        return None
    because = f"待核实：{'、'.join(open_)}；核实前不影响认定"
    return finding(to_be_verified, False, because, rule_set=n.rule_set, documents=n.documents)


@clause(DESIGN, "§3.5", "按单人户纳入的只计算本人财产")
def own_breaches(facts: Facts, person_id: str, n: Numbers) -> list[str]:
    """Verified hits of one member alone. What is not itemised by person counts for everybody."""
    if facts.verified_breaches:
        return list(facts.verified_breaches)
    own = [t for t in facts.things if t.person_id in (person_id, "")]
    return [hit.what for hit in hits(own, len((person_id,)), n) if hit.verified]
