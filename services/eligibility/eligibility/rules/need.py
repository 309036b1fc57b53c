"""卫民发〔2019〕21号 二(一)1 and 国务院令649号 art. 9: who is in need."""

from __future__ import annotations

from fractions import Fraction

from doudi.calendar import MONTHS_A_YEAR
from doudi.law import Finding, clause, finding
from eligibility.rules.facts import Facts
from eligibility.rules.numbers import DESIGN, RELIEF, REVIEW, SEED, Numbers, yuan

_CAUSES = {"SEVERE_DISABILITY": "重残", "SERIOUS_ILLNESS": "重病", "OTHER_NON_SUBJECTIVE": "其他非主观原因"}


@clause(REVIEW, "17", "家庭财产状况符合当地规定；经核实超出规定的，不予批准")
def property_within_limits(facts: Facts) -> Finding:
    """Only a verified breach refuses; a hit that was not verified is a question (domain §3.3)."""
    breaches = facts.verified_breaches
    because = f"经核实，家庭财产超出规定：{'、'.join(breaches)}" if breaches else "家庭财产未发现经核实超出规定的情形"
    return finding(property_within_limits, not breaches, because)


@clause(REVIEW, "16", "家庭收入按月人均计算")
def per_capita(facts: Facts, *, less: int = 0) -> Fraction:
    """Countable income per person and month in fen, exact: (income - deductions - less) / n / 12, not below zero."""
    return Fraction(max(0, facts.income_year - facts.deductions_year - less), len(facts.unit) * MONTHS_A_YEAR)


@clause(RELIEF, "9", "共同生活的家庭成员人均收入低于当地最低生活保障标准")
def income_below_standard(facts: Facts, n: Numbers) -> Finding:
    """低于 is strict: an income at the line is not below it."""
    y = per_capita(facts)
    met = y < n.standard
    return finding(
        income_below_standard,
        met,
        f"人均月收入 {yuan(y)} 元，{'低于' if met else '不低于'}标准 {yuan(n.standard)} 元",
        per_capita_income=yuan(y),
        standard=yuan(n.standard),
        standard_source=n.standard_source,
    )


@clause(SEED, "二(一)1", "无存款或无有效资产，因重残、重病或其它非主观原因致刚性支出明显大于收入的，纳入保障")
def rigid_expenditure(facts: Facts, n: Numbers) -> Finding:
    """The second way in: rigid spending of at least the ratio of income, and what is left below the line."""
    income = max(0, facts.income_year - facts.deductions_year)
    poor = facts.deposits == 0 or not facts.effective_assets
    clearly = facts.rigid_year >= Fraction(n.rigid_ratio) * income and facts.rigid_year > 0
    left = per_capita(facts, less=facts.rigid_year)
    met = poor and facts.rigid_cause is not None and clearly and left < n.standard
    reasons = [
        "无存款或无有效资产" if poor else "有存款且有有效资产",
        f"原因：{_CAUSES.get(facts.rigid_cause or '', '无非主观原因')}",
        f"刚性支出 {yuan(facts.rigid_year)} 元，"
        f"{'不低于' if clearly else '低于'}收入 {yuan(income)} 元的 {n.rigid_ratio} 倍",
        f"扣除后人均月收入 {yuan(left)} 元，标准 {yuan(n.standard)} 元",
    ]
    return finding(
        rigid_expenditure,
        met,
        "；".join(reasons),
        rigid_ratio=n.rigid_ratio,
        left=yuan(left),
        standard=yuan(n.standard),
    )


@clause(DESIGN, "§3.4", "刚性支出明显大于收入的家庭，按扣除刚性支出后的人均收入计算")
def counted_income(facts: Facts, rigid: Finding) -> Fraction:
    """The income from which class and amount follow, per person and month in fen: what rigid spending leaves.

    Also where income alone is below the line: else the poorer of two households with the same bill would get less.
    """
    return per_capita(facts, less=facts.rigid_year if rigid.met else 0)
