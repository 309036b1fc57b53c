"""民发〔2018〕23号 二(一)-(三) 支出型临时救助 (relief of the expenditure type): for whom, how much, by when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

from doudi.calendar import Calendar
from doudi.division import Division
from doudi.law import Finding, clause, finding
from doudi.money import Money
from relief.rules.numbers import DESIGN, NUMBERS, integer, months_later

NATIONAL = "民发〔2018〕23号"

Spending = Literal["MEDICAL", "EDUCATION", "OTHER"]
Insured = Literal["NONE", "DIBAO", "TEKUN"]
Ground = Literal[
    "NOT_ELIGIBLE",
    "REPEATED",
    "UNCOOPERATIVE",
    "CONCEALED",
    "WILL_NOT_WORK",
    "HARM_NOT_GIVEN_UP",
    "SERVING_SENTENCE",
    "OTHER",
]

CATEGORIES: dict[Spending, str] = {"MEDICAL": "医疗支出", "EDUCATION": "教育支出", "OTHER": "其他必需支出"}
"""What a posting calls the cause: the category, never the illness."""

_ONE_MATTER: dict[str, tuple[str, ...]] = {
    "MEDICAL": ("MEDICAL", "SUDDEN_ILLNESS"),
    "SUDDEN_ILLNESS": ("MEDICAL", "SUDDEN_ILLNESS"),
}


@clause(DESIGN, "§6.5", "突发重大疾病与其后的医疗支出为同一事由")
def same_matter(cause: str) -> tuple[str, ...]:
    """The causes that count as the same one: an illness is one, helped at once or by its bills."""
    return _ONE_MATTER.get(cause, (cause,))


@clause(NATIONAL, "二(一)", "因教育、医疗等生活必需支出突然增加超出家庭承受能力")
def spending_beyond_means(spending: Money, beyond: bool) -> Finding:
    """Whether necessary spending rose beyond what the household can bear, as the officers verified by its bills."""
    met = beyond and spending > Money.zero()
    because = f"核实生活必需支出{spending}元"
    return finding(
        spending_beyond_means, met, f"{because}，超出家庭承受能力" if met else f"{because}，未超出家庭承受能力"
    )


@clause(NATIONAL, "二(一)", "原则上其家庭人均可支配收入应低于当地上年度人均可支配收入")
def income_below_local(insured: Insured, income: Money, persons: int, *, on: date, division: Division) -> Finding:
    """Whether the household's yearly income per head is below last year's local one. Dibao and tekun were verified."""
    if insured != "NONE":
        return finding(income_below_local, True, "低保、特困对象，重点核实生活必需支出")
    local = NUMBERS.at("relief.local_income", on=on, division=division).money
    met = income < local * persons
    because = f"家庭年可支配收入{income}元、{persons}人，当地上年度人均可支配收入{local}元"
    return finding(income_below_local, met, f"{because}，人均{'低于' if met else '不低于'}当地水平", local=local)


@clause(NATIONAL, "二(一)", "且家庭财产状况符合当地有关规定")
def property_within(insured: Insured, within: bool) -> Finding:
    """Whether the household's property is within the local rules, as verified. Dibao and tekun were verified."""
    if insured != "NONE":
        return finding(property_within, True, "低保、特困对象，家庭财产已核实")
    return finding(property_within, within, "家庭财产符合规定" if within else "家庭财产超出规定")


@clause(DESIGN, "§6.5", "困难持续月数按1至6个月计（甘肃，C38）")
def months_possible(months: int, *, on: date) -> Finding:
    """Whether so many months of hardship may be helped at once."""
    most = integer("relief.months_most", on)
    return finding(months_possible, 1 <= months <= most, f"困难持续{months}个月，按1至{most}个月计")


@clause(NATIONAL, "二(三)", "临时救助标准可与当地最低生活保障标准挂钩，根据家庭人口、困难持续时间等因素细化")
def amount_of(persons: int, months: int, *, on: date, division: Division) -> tuple[Money, Finding]:
    """Persons x months x the base, which in Ningxia is the urban standard of a month (C28)."""
    base = NUMBERS.at("relief.base", on=on, division=division).money
    amount = base * (persons * months)
    because = f"{base}元 × {persons}人 × {months}个月 = {amount}元"
    return amount, finding(amount_of, True, because, base=base, months=months)


@clause(DESIGN, "§4.3", "支出型临时救助公示姓名、金额、事由类别，公示期7天")
def posting_ends(posted_on: date) -> date:
    """The last day of a posting of calendar days; the day on which it was hung up is not counted (民法典 art. 201)."""
    return posted_on + timedelta(days=integer("relief.posting_days", posted_on))


@clause(DESIGN, "§4.3", "公示不得包含未成年人信息")
def named_in_posting(birth_date: date, *, on: date) -> bool:
    """Whether a posting shows the applicant's name: no child's."""
    birthday = months_later(birth_date, integer("relief.adult_months", on))
    return on >= birthday


@clause(NATIONAL, "二(二)", "对于支出型临时救助，要严格执行申请、受理、审核、审批程序")
def posting_over(ends_on: date, *, on: date) -> Finding:
    """Whether the posting hung to the end of its last day (24:00, 民法典 art. 203), so that it may be decided."""
    return finding(posting_over, on > ends_on, f"公示至{ends_on}" + ("期满" if on > ends_on else "，期限未满"))


@clause(DESIGN, "§6.6", "乡镇（街道）10个工作日内审核")
def township_due(accepted_on: date, calendar: Calendar) -> date:
    """The last day for the township, working days after acceptance; a posting adds its own days."""
    return calendar.add_working_days(accepted_on, integer("relief.township_days", accepted_on))


@clause(DESIGN, "§6.6", "县级民政部门10个工作日内审批")
def county_due(forwarded_on: date, calendar: Calendar) -> date:
    """The last day for the county, working days after the township put it forward."""
    return calendar.add_working_days(forwarded_on, integer("relief.county_days", forwarded_on))


@clause(DESIGN, "§8.5", "受理、审核、上报人员不得审批同一申请")
def decided_by_another(by: str, hands: Collection[str]) -> Finding:
    """Whether whoever decides neither accepted, nor reviewed, nor put the request forward."""
    met = by not in hands
    return finding(
        decided_by_another, met, "经办、审核、审批由不同人员承担" if met else "审批人员经办过该申请，应由他人审批"
    )
