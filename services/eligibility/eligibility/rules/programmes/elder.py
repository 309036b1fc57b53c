"""Ningxia's elderly allowances (C25, C26): ELDER for those without fixed income, ELDER_2023 for all others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.programmes.common import PersonFacts, ProgrammeDetermination, conclude, month_after
from eligibility.rules.programmes.numbers import ELDERS, Elder2023Numbers, ElderNumbers

INCOMES = {
    "PENSION": "养老金、退休金",
    "WAGES": "工资",
    "OTHER_FIXED": "其他固定收入",
    "BASIC_RESIDENT_PENSION": "城乡居民基本养老金",
    "GIFTS_FROM_CHILDREN": "子女赡养费",
    "SURVIVOR_PAY": "遗属补助",
    "VETERANS_PAY": "优抚金",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderFacts(PersonFacts):
    """The person, where they are registered (12 digits), and the kinds of regular income."""

    hukou: str
    area: str
    """RURAL or URBAN."""
    incomes: tuple[str, ...] = ()
    month: str | None = None
    """The benefit month that is asked about, when it is not the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elder2023Facts(PersonFacts):
    """The person, where they are registered, and whether another elderly supplement is paid."""

    hukou: str
    has_elder: bool = False
    """Gets ELDER."""
    enterprise_supplement: bool = False
    """Gets the elderly supplement of an enterprise pension."""
    month: str | None = None
    """As in ElderFacts."""


Numbers = ElderNumbers | Elder2023Numbers


@clause(ELDERS, "一", "年满80周岁的老年人")
def is_eighty(facts: ElderFacts | Elder2023Facts, n: Numbers, *, on: date) -> Finding:
    """On the day of the decision."""
    age = facts.age(on)
    return finding(is_eighty, age >= n.age, f"{age} 周岁，{'已满' if age >= n.age else '未满'} {n.age} 周岁")


@clause(ELDERS, "一", "具有宁夏户籍")
def is_registered_here(facts: ElderFacts | Elder2023Facts, n: Numbers) -> Finding:
    """Registered in the region."""
    met = facts.hukou.startswith(n.region)
    return finding(is_registered_here, met, "户籍在本区" if met else "户籍不在本区")


@clause(ELDERS, "二", "无固定收入；居民基本养老金、子女赡养费、遗属补助、优抚金不计为固定收入")
def has_no_fixed_income(facts: ElderFacts, n: ElderNumbers) -> Finding:
    """No income of a kind that counts as fixed."""
    fixed = [INCOMES.get(kind, kind) for kind in facts.incomes if kind not in n.not_fixed]
    return finding(has_no_fixed_income, not fixed, f"有固定收入：{'、'.join(fixed)}" if fixed else "无固定收入")


@clause(ELDERS, "三", "未享受低收入高龄津贴和企业退休人员高龄补贴的，发给普惠型高龄津贴")
def has_no_other_supplement(facts: Elder2023Facts) -> Finding:
    """Neither ELDER nor the enterprise pension's supplement."""
    held = facts.has_elder or facts.enterprise_supplement
    return finding(has_no_other_supplement, not held, "已享受其他高龄补贴" if held else "未享受其他高龄补贴")


@clause(ELDERS, "三", "自年满80周岁次月或批准次月起计发，以较晚者为准；满90周岁次月起提高")
def first_month_of_an_elder(facts: ElderFacts | Elder2023Facts, n: Numbers, *, on: date) -> Month:
    """The later of the month after the decision and the month after the birthday."""
    born = date.fromisoformat(facts.born)
    return max(month_after(on), Month(born.year + n.age, born.month).next())


def _is_old(facts: ElderFacts | Elder2023Facts, n: Numbers, starts: Month) -> bool:
    born = date.fromisoformat(facts.born)
    month = Month.parse(facts.month) if facts.month else starts
    return month > Month(born.year + n.old_age, born.month)


@clause(ELDERS, "四", "80至89周岁：城市450元、农村270元；90周岁以上500元")
def determine_elder(facts: ElderFacts, n: ElderNumbers, *, on: date) -> ProgrammeDetermination:
    """Eighty, registered here, no fixed income. The amount is that of the age in the first month, or in the
    month that is asked about."""
    findings = [is_eighty(facts, n, on=on), is_registered_here(facts, n), has_no_fixed_income(facts, n)]
    starts = first_month_of_an_elder(facts, n, on=on)
    younger = n.urban if facts.area == "URBAN" else n.rural
    amount = Money(n.old if _is_old(facts, n, starts) else younger)
    return conclude("ELDER", findings, [Line(facts.person_id, "BASE", amount)], n, starts)


@clause(ELDERS, "四", "2023年起普惠型：80至89周岁100元，90周岁以上200元")
def determine_elder_2023(facts: Elder2023Facts, n: Elder2023Numbers, *, on: date) -> ProgrammeDetermination:
    """Eighty, registered here, no other elderly supplement; from 2023 on."""
    findings = [is_eighty(facts, n, on=on), is_registered_here(facts, n), has_no_other_supplement(facts)]
    starts = first_month_of_an_elder(facts, n, on=on)
    amount = Money(n.old if _is_old(facts, n, starts) else n.first)
    return conclude("ELDER_2023", findings, [Line(facts.person_id, "BASE", amount)], n, starts)
