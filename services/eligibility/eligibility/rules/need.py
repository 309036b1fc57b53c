"""卫民发〔2019〕21号 二(一)1, 国务院令649号 art. 9, 民发〔2021〕57号 art. 4, 8: who is in need, and who is near it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from doudi.calendar import MONTHS_A_YEAR, Month
from doudi.law import Finding, clause, finding
from eligibility.rules.facts import Facts
from eligibility.rules.numbers import (
    ACT,
    CONFIRMATION,
    DESIGN,
    RELIEF,
    REVIEW,
    RIGID_2025,
    SEED,
    Numbers,
    exact,
    integer,
    yuan,
)

_CAUSES = {"SEVERE_DISABILITY": "重残", "SERIOUS_ILLNESS": "重病", "OTHER_NON_SUBJECTIVE": "其他非主观原因"}


@clause(REVIEW, "17", "家庭财产状况符合当地规定；经核实超出规定的，不予批准")
@clause(CONFIRMATION, "14", "家庭财产状况符合规定；经核实超出规定的，不予确认")
def property_within_limits(facts: Facts, n: Numbers, *, also: Sequence[str] = ()) -> Finding:
    """Only a verified breach refuses; a hit that was not verified is a question (domain §3.3).

    `also`: breaches that were found among itemised property and verified.
    """
    breaches = [*facts.verified_breaches, *also]
    because = f"经核实，家庭财产超出规定：{'、'.join(breaches)}" if breaches else "家庭财产未发现经核实超出规定的情形"
    return finding(property_within_limits, not breaches, because, rule_set=n.rule_set, documents=n.documents)


@clause(REVIEW, "16", "家庭收入按月人均计算")
def per_capita(facts: Facts, *, less: int = 0) -> Fraction:
    """Countable income per person and month in fen, exact: (income - deductions - less) / n / 12, not below zero."""
    return Fraction(_left(facts, less), len(facts.unit) * MONTHS_A_YEAR)


def _left(facts: Facts, less: int = 0) -> int:
    """Of the whole unit, in fen per year."""
    return max(0, facts.income_year - facts.deductions_year - less)


def _told(left: int, facts: Facts) -> str:
    """A year's income of the unit per person and month, cut to the fen."""
    return yuan(left // (len(facts.unit) * MONTHS_A_YEAR))


@clause(RELIEF, "9", "共同生活的家庭成员人均收入低于当地最低生活保障标准")
@clause(ACT, "18", "对家庭人均收入低于当地最低生活保障标准且财产状况符合规定的家庭，给予最低生活保障")
def income_below_standard(facts: Facts, n: Numbers) -> Finding:
    """低于 is strict: an income at the line is not below it."""
    left = _left(facts)
    met, y, standard = left < n.standard_year * len(facts.unit), _told(left, facts), yuan(n.standard)
    return finding(
        income_below_standard,
        met,
        f"人均月收入 {y} 元，{'低于' if met else '不低于'}标准 {standard} 元",
        per_capita_income=y,
        standard=standard,
        standard_source=n.standard_source,
        rule_set=n.rule_set,
        documents=n.documents,
    )


@clause(SEED, "二(一)1", "无存款或无有效资产，因重残、重病或其它非主观原因致刚性支出明显大于收入的，纳入保障")
def rigid_expenditure(facts: Facts, n: Numbers) -> Finding:
    """The second way in: rigid spending of at least the ratio of income, and what is left below the line."""
    income, left = _left(facts), _left(facts, facts.rigid_year)
    poor = facts.deposits == 0 or not facts.effective_assets
    clearly = 0 < facts.rigid_year >= exact(n.rigid_ratio) * income
    below = left < n.standard_year * len(facts.unit)
    met = poor and facts.rigid_cause is not None and clearly and below
    rest, standard = _told(left, facts), yuan(n.standard)
    reasons = [
        "无存款或无有效资产" if poor else "有存款且有有效资产",
        f"原因：{_CAUSES.get(facts.rigid_cause or '', '无非主观原因')}",
        f"刚性支出 {yuan(facts.rigid_year)} 元，"
        f"{'不低于' if clearly else '低于'}收入 {yuan(income)} 元的 {n.rigid_ratio} 倍",
        f"扣除后人均月收入 {rest} 元，标准 {standard} 元",
    ]
    return finding(
        rigid_expenditure,
        met,
        "；".join(reasons),
        rigid_ratio=n.rigid_ratio,
        left=rest,
        standard=standard,
        rule_set=n.rule_set,
        documents=n.documents,
    )


@clause(DESIGN, "§3.4", "刚性支出明显大于收入的家庭，按扣除刚性支出后的人均收入计算")
def counted_income(facts: Facts, rigid: Finding) -> Fraction:
    """The income from which class and amount follow, per person and month in fen: what rigid spending leaves.

    Also where income alone is below the line: else the poorer of two households with the same bill would get less.
    """
    return per_capita(facts, less=facts.rigid_year if rigid.met else 0)


@clause(CONFIRMATION, "8", "不符合低保条件，人均收入低于标准1.5倍且财产状况符合规定的，为低保边缘家庭")
@clause(ACT, "21", "家庭人均收入低于当地边缘家庭标准且财产状况符合规定的，为最低生活保障边缘家庭")
def margin_household(facts: Facts, n: Numbers) -> Finding:
    """Not in need, and below the factor of the standard; at the factor is not below it. From RS2021."""
    y, line = per_capita(facts), exact(n.margin_factor) * n.standard
    met = y < line
    return finding(
        margin_household,
        met,
        f"人均月收入 {yuan(y)} 元，{'低于' if met else '不低于'}标准的 {n.margin_factor} 倍 {yuan(line)} 元",
        margin_factor=n.margin_factor,
        rule_set=n.rule_set,
        documents=n.documents,
    )


@clause(RIGID_2025, "4", "人均收入低于上年度人均可支配收入，刚性支出占总收入的比例超过规定的，为刚性支出困难家庭")
@clause(ACT, "22", "人均收入低于上年度人均可支配收入，必需支出占总收入比例超过规定的，为刚性支出困难家庭")
def rigid_household(facts: Facts, n: Numbers) -> Finding:
    """Neither dibao nor margin: income per head below last year's local mean, rigid share above the local ratio.

    From 2025-01-01. The share must be exceeded, not reached. Living costs are left out of the spending, as in the
    verified total. Where there is no income at all, any rigid spending exceeds the share.
    """
    income = max(0, facts.income_year - facts.deductions_year)
    below = income < n.rigid_status_line * len(facts.unit)
    over = facts.rigid_year > exact(n.rigid_status_share) * income
    because = (
        f"家庭年收入 {yuan(income)} 元，{'低于' if below else '不低于'} {len(facts.unit)} 人的上年度人均可支配收入"
        f"（每人 {yuan(n.rigid_status_line)} 元）；刚性支出 {yuan(facts.rigid_year)} 元，"
        f"{'超过' if over else '未超过'}收入的 {n.rigid_status_share}"
    )
    return finding(rigid_household, below and over, because, rule_set=n.rule_set, documents=n.documents)


@clause(RIGID_2025, "10", "认定为刚性支出困难家庭的，有效期一般不超过十二个月；期满后重新申请")
def rigid_status_ends(decided_on: date) -> date:
    """The last day of the status, twelve months after the decision and no more; after it the household applies anew.

    Raises MissingParameter before 2025.
    """
    months = integer("dibao.rigid_status_months", decided_on)
    return Month.of(decided_on).plus(months).same_day(decided_on)
