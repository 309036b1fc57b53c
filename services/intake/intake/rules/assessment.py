"""民发〔2012〕220号 第五章 民主评议: term, who sits, five steps, dispute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from doudi.calendar import Calendar
from doudi.law import Finding, clause, finding
from intake.rules.numbers import C2, fraction, integer

STEPS = ("EXPLAIN_POLICY", "PRESENT_CASE", "DISCUSS", "CONCLUDE", "ALL_SIGN")
_CHINESE = dict(zip(STEPS, ("宣讲政策", "介绍情况", "现场评议", "形成结论", "签字确认"), strict=True))


@clause(C2, "21", "家庭经济状况调查结束后，应当在5个工作日内进行民主评议")
def assessment_due(surveyed_on: date, calendar: Calendar) -> date:
    """The last day of the assessment."""
    return calendar.add_working_days(surveyed_on, integer("assessment.working_days", on=surveyed_on))


@clause(C2, "22", "村（居）民代表人数不得少于参加评议总人数的三分之二")
def representatives_suffice(present: int, representatives: int, *, on: date) -> Finding:
    """Whether villagers' representatives are at least two thirds of all who sit."""
    part = fraction("assessment.representatives", on=on)
    met = present > 0 and representatives <= present and representatives * part.denominator >= present * part.numerator
    because = f"参加评议{present}人，其中村（居）民代表{representatives}人，不得少于三分之二"
    return finding(representatives_suffice, met, because)


@clause(C2, "23", "民主评议应当遵循以下程序：宣讲政策、介绍情况、现场评议、形成结论、签字确认")
def five_steps(done: Sequence[str]) -> Finding:
    """Whether all five steps were taken, in their order."""
    lacking = [_CHINESE[step] for step in STEPS if step not in done]
    if lacking:
        return finding(five_steps, False, "缺少程序：" + "、".join(lacking))
    met = tuple(done) == STEPS
    return finding(five_steps, met, "五项程序齐全" if met else "未按规定顺序进行")


@clause(C2, "24", "对民主评议争议较大的低保申请，应当重新组织家庭经济状况调查核实")
def must_survey_again(conclusion: str) -> bool:
    """Whether the assessment sends the case back to the survey."""
    return conclusion == "DISPUTED"
