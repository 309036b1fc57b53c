"""民发〔2021〕43号 art. 4-9 (RS2019: 民发〔2016〕178号) and 卫民发〔2019〕21号 二(三)9: who is tekun, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Self

from doudi.calendar import MONTHS_A_YEAR
from doudi.law import Finding, clause, finding
from doudi.money import Money, round_half_up
from eligibility.rules.amount import Line
from eligibility.rules.numbers import ACT, RELIEF, SEED, yuan
from eligibility.rules.programmes.common import (
    Disability,
    PersonFacts,
    ProgrammeDetermination,
    certified_within,
    conclude,
    month_after,
)
from eligibility.rules.programmes.numbers import SUPPORT, TEKUN, TekunNumbers
from eligibility.rules.programmes.self_care import Grade, self_care_assessed, self_care_grade

FORMS = {"CENTRALISED": "集中供养", "SCATTERED": "分散供养"}


@dataclass(frozen=True, slots=True)
class Supporter:
    """A legal supporter: spouse, parent, child, and those whom 民法典 art. 1074-1075 add."""

    born: str
    disability: Disability | None = None
    tekun: bool = False
    dibao: bool = False
    low_means: bool = False
    """Income below last year's local mean and property within the low-income limits."""
    incapable: bool = False
    """Without civil capacity, declared missing, or in prison."""
    low_property: bool = False
    """Property within the low-income limits, whatever the income; `low_means` says so too."""

    def age(self, on: date) -> int:
        """Full years on a day."""
        return PersonFacts(person_id="", born=self.born).age(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TekunFacts(PersonFacts):
    """The person, their means per month in fen by kind, their supporters, the six items not achieved.

    `failed_items` is None before the assessment. `held` says that the person is tekun already (keeps after 16).
    """

    form: str
    disability: Disability | None = None
    incomes: tuple[tuple[str, int], ...] = ()
    verified_breaches: tuple[str, ...] = ()
    supporters: tuple[Supporter, ...] = ()
    failed_items: tuple[str, ...] | None = None
    school: str = "NONE"
    held: bool = False
    area: str = "RURAL"
    """RURAL or URBAN, by hukou."""
    land_or_collective: bool = False
    """Has contracted land or income from the collective."""

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made."""
        failed = kept["failed_items"]
        return cls(
            **{
                **kept,
                "disability": Disability.from_json(kept["disability"]),
                "incomes": tuple((kind, fen) for kind, fen in kept["incomes"]),
                "verified_breaches": tuple(kept["verified_breaches"]),
                "supporters": tuple(
                    Supporter(**{**s, "disability": Disability.from_json(s["disability"])}) for s in kept["supporters"]
                ),
                "failed_items": None if failed is None else tuple(failed),
            }
        )


@clause(TEKUN, "5", "无劳动能力：六十周岁以上、未满十六周岁，或者规定类别等级的残疾人")
def no_labour_capacity(facts: TekunFacts, n: TekunNumbers, *, on: date) -> Finding:
    """Sixty or older, under sixteen, certified within the list; or a minor who is kept (art. 24)."""
    age = facts.age(on)
    if age >= n.no_labour_age:
        return finding(no_labour_capacity, True, f"{age} 周岁，已满 {n.no_labour_age} 周岁")
    if age < n.minor_age:
        return finding(no_labour_capacity, True, f"{age} 周岁，未满 {n.minor_age} 周岁")
    if certified_within(facts.disability, n.no_labour_disability):
        assert facts.disability is not None
        return finding(no_labour_capacity, True, f"{facts.disability.words}残疾，属于无劳动能力")
    kept = kept_as_minor(facts, n, on=on)
    shown = f"{facts.disability.words}残疾" if facts.disability else "无规定等级的残疾"
    because = f"{age} 周岁，{shown}，不属于无劳动能力" if not kept.met else kept.because
    return finding(no_labour_capacity, kept.met, because)


@clause(TEKUN, "24", "未成年人供养至年满十八周岁；仍在义务教育、普通高中、中等职业学校就读的，可继续享有")
@clause(ACT, "16", "未成年人供养的延续")
def kept_as_minor(facts: TekunFacts, n: TekunNumbers, *, on: date) -> Finding:
    """Who was accepted as a minor stays: until the age of the rule set, and after it while at such a school."""
    age = facts.age(on)
    young = age < n.kept_until_age
    met = facts.held and (young or facts.school in n.kept_schools)
    why = f"未满 {n.kept_until_age} 周岁" if young else "仍在规定学校就读"
    because = f"{age} 周岁，此前已获救助供养，{why}，继续享有" if met else f"{age} 周岁，不属于继续享有的情形"
    return finding(kept_as_minor, met, because)


@clause(TEKUN, "19", "城乡标准有差异的：有承包土地或者集体收益的执行农村标准，其余城镇居民执行城市标准")
def standard_area(facts: TekunFacts) -> str:
    """By whose dibao standard the means are tested and the floor is measured: RURAL or URBAN."""
    return "URBAN" if facts.area == "URBAN" and not facts.land_or_collective else "RURAL"


@clause(TEKUN, "6", "无生活来源：收入低于低保标准且财产符合规定；养老、医疗等待遇和高龄津贴不计入")
def no_source_of_living(facts: TekunFacts, n: TekunNumbers) -> Finding:
    """What counts is below the dibao standard (strictly), and no breach of property was verified."""
    counted = sum(fen for kind, fen in facts.incomes if kind not in n.income_not_counted)
    standard = n.dibao_of(area := standard_area(facts))
    poor, whose = counted < standard, "城市低保标准" if area == "URBAN" else "低保标准"
    because = f"月收入 {yuan(counted)} 元，{'低于' if poor else '不低于'}{whose} {yuan(standard)} 元"
    if facts.verified_breaches:
        because += f"；经核实，财产超出规定：{'、'.join(facts.verified_breaches)}"
    return finding(no_source_of_living, poor and not facts.verified_breaches, because, standard=yuan(standard))


def _unable(supporter: Supporter, n: TekunNumbers, on: date) -> bool:
    age, disabled = supporter.age(on), certified_within(supporter.disability, n.supporter_disability)
    holds = {
        "TEKUN": supporter.tekun,
        "OLD_IN_DIBAO": supporter.dibao and age >= n.supporter_dibao_age,
        "DISABLED_IN_DIBAO": supporter.dibao and disabled,
        "OLD_AND_LOW": supporter.low_means and age >= n.supporter_old_age,
        "DISABLED_AND_LOW": supporter.low_means and disabled,
        "INCAPABLE": supporter.incapable,
        "INCAPABLE_AND_LOW": supporter.incapable and supporter.low_means,
        "INCAPABLE_AND_LOW_PROPERTY": supporter.incapable and (supporter.low_property or supporter.low_means),
    }
    return any(holds[group] for group in n.supporter_unable)


@clause(TEKUN, "8", "无法定赡养、抚养、扶养义务人，或者其法定义务人无履行义务能力")
def no_able_supporter(facts: TekunFacts, n: TekunNumbers, *, on: date) -> Finding:
    """There is none, or each of them is unable by the groups of the rule set.

    INCAPABLE_AND_LOW stands in numbers that were kept before 2026-12 only: art. 8 (五) asks for property alone.
    """
    able = sum(not _unable(supporter, n, on) for supporter in facts.supporters)
    if not facts.supporters:
        return finding(no_able_supporter, True, "无法定赡养、抚养、扶养义务人")
    because = f"法定义务人 {len(facts.supporters)} 人，其中有履行能力的 {able} 人"
    return finding(no_able_supporter, able == 0, because)


@clause(SEED, "二(三)9", "集中供养、分散供养标准不低于上年度农村居民人均可支配收入的80%、60%")
@clause(ACT, "17", "基本生活标准和照料护理标准")
def basic_standard(form: str, n: TekunNumbers, area: str = "RURAL") -> Fraction:
    """The published standard, at least the larger of both floors, in fen per month, exact: the share of last year's
    rural income (D-08: on the basic standard alone), and 1.3 times the dibao of the area."""
    share = Fraction(n.floor_centralised if form == "CENTRALISED" else n.floor_scattered)
    floors = (share * n.rural_income_year / MONTHS_A_YEAR, Fraction(n.floor_dibao) * n.dibao_of(area))
    return max(*floors, Fraction(n.published(form) or 0))


@clause(SUPPORT, "二(三)", "照料护理标准按生活自理能力分三档")
def care_standard(form: str, grade: Grade, n: TekunNumbers) -> Money:
    """Care per month: for a resident of a home a share of the minimum wage, for one at home a fixed sum."""
    if form == "CENTRALISED":
        return round_half_up(Fraction(n.care_centralised[grade]) * n.minimum_wage)
    return Money.yuan(n.care_scattered[grade])


@clause(RELIEF, "14", "无劳动能力、无生活来源且无法定义务人或者其义务人无履行能力的，给予特困人员供养")
@clause(TEKUN, "4", "同时具备无劳动能力、无生活来源、无法定义务人或者其义务人无履行能力三项条件")
def determine_tekun(facts: TekunFacts, n: TekunNumbers, *, on: date) -> ProgrammeDetermination:
    """All three tests and an assessment; basic money and care, from the month after the decision (art. 17)."""
    findings = [
        no_labour_capacity(facts, n, on=on),
        no_source_of_living(facts, n),
        no_able_supporter(facts, n, on=on),
        self_care_assessed(facts.failed_items, n),
    ]
    grade = self_care_grade(facts.failed_items or (), n)
    lines = [
        Line(facts.person_id, "BASE", round_half_up(basic_standard(facts.form, n, standard_area(facts)))),
        Line(facts.person_id, "CARE", care_standard(facts.form, grade, n)),
    ]
    return conclude("TEKUN", findings, lines, n, month_after(on))
