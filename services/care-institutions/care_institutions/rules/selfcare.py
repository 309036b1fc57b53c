"""民发〔2021〕43号 第五章 生活自理能力评估: six items, three grades, again after a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from care_institutions.rules.numbers import DESIGN, TEKUN, integer, months_later
from care_institutions.rules.staffing import Grade
from doudi.calendar import Calendar
from doudi.law import Finding, clause, finding

ITEMS = ("eat", "dress", "bed", "toilet", "walk", "bathe")
"""自主吃饭、自主穿衣、自主上下床、自主如厕、室内自主行走、自主洗澡"""


@clause(DESIGN, "§7.2", "评估人员不少于2人")
def enough_assessors(assessors: Sequence[str], *, on: date) -> Finding:
    """Whether enough different people assessed."""
    least = integer("selfcare.assessors_least", on)
    there = len(set(assessors))
    return finding(enough_assessors, there >= least, f"评估人员{there}人，不得少于{least}人")


@clause(TEKUN, "21", "自主吃饭、穿衣、上下床、如厕、室内行走、洗澡六项指标")
def items_failed(achieved: Mapping[str, bool]) -> int:
    """How many of the six are not achieved; raises KeyError when one was not looked at."""
    return sum(not achieved[item] for item in ITEMS)


@clause(TEKUN, "22", "六项全部达到的为具备；有三项以下不能达到的为部分丧失；有四项以上不能达到的为完全丧失")
def grade(failed: int, *, on: date) -> Grade:
    """Self-caring, partly disabled, disabled."""
    if failed == 0:
        return "SELF_CARING"
    return "PARTLY_DISABLED" if failed <= integer("selfcare.partly_most", on) else "DISABLED"


@clause(TEKUN, "23", "生活自理能力发生变化的，应当在10个工作日内组织复核评估")
def reassessment_due(reported_on: date, calendar: Calendar) -> date:
    """The last day of the new assessment after a change was reported."""
    return calendar.add_working_days(reported_on, integer("selfcare.reassess_working_days", reported_on))


@clause(DESIGN, "§7.2", "至少每年评估一次")
def next_assessment_due(assessed_on: date, wished: date | None, *, on: date) -> Finding | date:
    """The day of the next assessment: as wished, at most twelve months on; a finding when it is later or not ahead."""
    latest = months_later(assessed_on, integer("selfcare.valid_months", on))
    if wished is None:
        return latest
    if assessed_on < wished <= latest:
        return wished
    return finding(next_assessment_due, False, f"下次评估日期应在{assessed_on}之后，不晚于{latest}")
