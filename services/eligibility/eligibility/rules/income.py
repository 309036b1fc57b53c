"""民发〔2012〕220号 art. 16 and 民发〔2021〕57号 art. 13: what is income and what is not (domain §3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from doudi.calendar import MONTHS_A_YEAR
from doudi.law import Finding, clause, finding
from doudi.money import round_half_up
from eligibility.rules.facts import Facts, Item
from eligibility.rules.numbers import CONFIRMATION, DESIGN, NOTICE_2022, REVIEW, Numbers, exact, yuan


@dataclass(frozen=True, slots=True)
class Counted:
    """Itemised income as a rule set counts it, in fen per year: what counts, what is taken off, what is left out."""

    income: int
    deductions: int
    excluded: tuple[str, ...]


@clause(REVIEW, "16", "家庭收入包括工资性、经营净、财产性、转移性和其他收入；扣除个人所得税和社会保障性支出")
@clause(
    CONFIRMATION, "13", "优抚金、奖励、奖学金、社会救助款物、基础养老金等不计入；必要就业成本和重残重病刚性支出扣减"
)
def counted(items: Iterable[Item], n: Numbers, *, registered: bool, single: bool = False) -> Counted:
    """Counts items by kind. `registered`: the household is in the poverty registry; `single`: one person alone.

    A kind that no list names is income.
    """
    income, deductions, excluded = 0, 0, []
    for item in items:
        if item.kind in n.income_deducted:
            deductions += item.fen
        elif item.kind in n.income_not_deducted:
            continue
        elif _left_out(item.kind, n, registered=registered, single=single):
            excluded.append(item.kind)
        else:
            income += item.fen
    return Counted(income, deductions, tuple(sorted(set(excluded))))


def _left_out(kind: str, n: Numbers, *, registered: bool, single: bool) -> bool:
    return (
        kind in n.income_excluded
        or (registered and kind in n.income_excluded_if_registered)
        or (single and kind in n.income_excluded_for_single)
    )


@clause(DESIGN, "§3.2", "赡养费：子女人均收入超过标准一定倍数的部分，按比例除以赡养人数计算")
def imputed_support(facts: Facts, n: Numbers) -> Fraction:
    """What supporters outside the household are taken to give it in a year, in fen, exact.

    For each: max(0, income per head - k x standard) x r, shared among all whom they support.
    """
    if not facts.supporters:
        return Fraction(0)
    factor, share = exact(n.support_factor), exact(n.support_share)
    month = sum(
        max(Fraction(0), s.per_capita_month - factor * n.standard) * share / s.supported * s.here
        for s in facts.supporters
    )
    return Fraction(month) * MONTHS_A_YEAR


@clause(DESIGN, "§3.2", "分项核实的收入按所适用的规定逐项计入或者不计入")
def as_counted(facts: Facts, n: Numbers) -> tuple[Facts, Finding | None]:
    """The facts with the year's totals as this rule set counts them, and what was left out.

    Without items and supporters the totals stand as they were verified, and there is nothing to say.
    """
    if not facts.items and not facts.supporters:
        return facts, None
    found = Counted(facts.income_year, facts.deductions_year, ())
    if facts.items:
        found = counted(facts.items, n, registered=facts.registry in ("NOT_OUT", "RETURNED"))
    support = round_half_up(imputed_support(facts, n)).fen
    said = [f"计入收入 {yuan(found.income)} 元，扣减 {yuan(found.deductions)} 元"]
    said += [f"推算赡养费 {yuan(support)} 元"] if facts.supporters else []
    said += [f"不计入：{'、'.join(KINDS.get(kind, kind) for kind in found.excluded)}"] if found.excluded else []
    because = "；".join(said)
    told = finding(counted, True, because, rule_set=n.rule_set, documents=n.documents)
    return replace(facts, income_year=found.income + support, deductions_year=found.deductions), told


@clause(NOTICE_2022, "一(一)", "按单人户纳入的只计算本人收入")
def own_income(facts: Facts, person_id: str, n: Numbers) -> int | None:
    """What one member has alone, in fen per year, when treated as single. None where that was not verified apart."""
    if not facts.items:
        earns = any(p.earns for p in facts.unit if p.person_id == person_id)
        return None if earns else 0
    own = counted(
        (i for i in facts.items if i.person_id == person_id),
        n,
        registered=facts.registry in ("NOT_OUT", "RETURNED"),
        single=True,
    )
    return max(0, own.income - own.deductions)


KINDS = {
    "BASIC_RESIDENT_PENSION": "城乡居民基础养老金",
    "PREFERENTIAL_PAY": "优待抚恤金",
    "FAMILY_PLANNING_AWARD": "计划生育奖励扶助金",
    "SCHOLARSHIP": "奖学金",
    "BRAVERY_AWARD": "见义勇为奖励金",
    "GOVERNMENT_ASSISTANCE": "社会救助款物",
    "LIVING_SUBSIDY": "困难残疾人生活补贴",
    "CARE_SUBSIDY": "重度残疾人护理补贴",
    "DEFACTO_ALLOWANCE": "事实无人抚养儿童基本生活补贴",
    "CITY_ADDITION": "设区的市级以上政府规定的其他补助",
    "SUPPORT_SIBLING_OR_AGED": "兄弟姐妹或老年近亲属的供养",
}
"""What a person reads for a kind that is left out."""
