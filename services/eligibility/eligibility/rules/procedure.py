"""民发〔2012〕220号 art. 26-33, 民发〔2021〕57号 art. 20-31 and domain §4.1, §4.2: the county's steps and terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from doudi.calendar import Calendar, DayKind, Month
from doudi.law import Finding, clause, finding
from eligibility.rules.facts import Class
from eligibility.rules.numbers import (
    ACT,
    CONFIRMATION,
    DESIGN,
    NOTICE_2022,
    REVIEW,
    RIGID_2025,
    Programme,
    integer,
)
from eligibility.rules.rule_sets import term

_REVIEWS = {"A": "review.months_a", "B": "review.months_b", "C": "review.months_c"}


@clause(REVIEW, "26", "县级民政部门自收到材料5个工作日内提出审批意见")
@clause(CONFIRMATION, "20", "县级民政部门自收到材料10个工作日内提出审核确认意见")
def opinion_due(received_on: date) -> date:
    """The last day for the county's opinion."""
    days = integer("procedure.county_opinion_days", received_on)
    return Calendar.load().period_end(received_on, days, DayKind.WORKING)


@clause(REVIEW, "26", "全面审查；近亲属、有疑问、有举报的全部入户，其余入户抽查不少于30%")
@clause(CONFIRMATION, "20", "对单独登记备案或者接到投诉、举报的申请，应当入户调查")
def must_visit(*, near_relative: bool, doubtful: bool, reported: bool, drawn: bool) -> Finding:
    """Whether the county has to visit this home: always where kin, doubt or a report is, else when the draw says so."""
    grounds = (("近亲属备案", near_relative), ("核对有疑问", doubtful), ("有举报", reported), ("抽中入户抽查", drawn))
    reasons = [text for text, holds in grounds if holds]
    because = f"须入户调查：{'、'.join(reasons)}" if reasons else "未抽中入户抽查"
    return finding(must_visit, bool(reasons), because)


@clause(DESIGN, "§4.2", "经办、审核、审批由三名不同人员担任")
def three_people(prepared_by: str, checked_by: str, signed_by: str) -> Finding:
    """Clerk, checker and leader are three."""
    met = len({prepared_by, checked_by, signed_by}) == len(("clerk", "checker", "leader"))
    return finding(
        three_people, met, "经办、审核、审批为三名不同人员" if met else "同一人员担任了经办、审核、审批中的多个角色"
    )


@clause(REVIEW, "14", "经办人员与申请人有近亲属关系的，应当备案并回避")
def may_act(officer: str, relatives: Collection[str]) -> Finding:
    """A near relative of a member neither prepares, checks nor signs."""
    met = officer not in relatives
    return finding(may_act, met, "与申请家庭无近亲属关系" if met else "系申请家庭成员近亲属，应当回避")


@clause(REVIEW, "29", "对拟批准的低保家庭进行公示")
@clause(CONFIRMATION, "24", "审核确认后公布，不再进行第二次公示")
def second_posting_needed(on: date) -> bool:
    """Whether an approval waits for a second posting; from RS2021 it is published after the decision instead."""
    return bool(term("second_posting", on))


@clause(CONFIRMATION, "24", "在低保家庭所在村、社区公布申请人姓名、家庭成员数量、保障金额等信息")
@clause(ACT, "45", "在申请家庭所在的村、社区等范围内公布社会救助确认决定")
def publication_ends(decided_on: date) -> date:
    """The last day of the publication of a decision of that day: name, number of members, amount, nothing else."""
    days = integer("procedure.publication_days", decided_on)
    return Calendar.load().period_end(decided_on, days, DayKind.CALENDAR)


@clause(REVIEW, "29", "公示期为7天")
def posting_ends(posted_on: date) -> tuple[date, int]:
    """The last day of a posting, and its days: calendar days, the first is not counted."""
    days = integer("procedure.posting_days", posted_on)
    return Calendar.load().period_end(posted_on, days, DayKind.CALENDAR), days


@clause(REVIEW, "29", "公示期满无异议的，方可作出审批决定")
def posting_is_over(ends_on: date, ended_on: date | None, *, on: date) -> Finding:
    """An approval waits for the end of a posting that hung for its whole time."""
    met = ended_on is not None and ended_on >= ends_on and on > ends_on
    because = f"二榜公示至 {ends_on} 届满" if met else f"二榜公示应至 {ends_on} 届满，期满无异议方可批准"
    return finding(posting_is_over, met, because)


@clause(REVIEW, "29", "公示无异议的，3个工作日内作出审批决定")
def decision_due(posting_ends_on: date) -> date:
    """The last day for the decision after a quiet posting."""
    days = integer("procedure.final_decision_days", posting_ends_on)
    return Calendar.load().period_end(posting_ends_on, days, DayKind.WORKING)


@clause(REVIEW, "29", "有异议的，20个工作日内重新组织调查核实")
def reinvestigation_due(objected_on: date) -> date:
    """The last day for looking again."""
    days = integer("procedure.objection_days", objected_on)
    return Calendar.load().period_end(objected_on, days, DayKind.WORKING)


@clause(REVIEW, "26", "不予批准的，3日内书面告知申请人并说明理由")
@clause(CONFIRMATION, "21", "不予确认同意的，在作出决定3个工作日内书面告知申请人并说明理由")
def refusal_notice_due(decided_on: date) -> date:
    """The last day for the written refusal: calendar days under RS2019, working days since.

    A last day that is no working day moves to the next one (民法典 art. 203).
    """
    days = integer("procedure.refusal_notice_days", decided_on)
    return Calendar.load().period_end(decided_on, days, DayKind[term("refusal_day_kind", decided_on)], roll=True)


@clause(CONFIRMATION, "22", "审核确认自受理之日起30个工作日之内完成；特殊情况可以延长至45个工作日")
@clause(NOTICE_2022, "四(一)", "权限下放到乡镇的，自受理之日起20个工作日之内完成")
@clause(RIGID_2025, "8", "自受理之日起30个工作日内完成认定，特殊情况可以延长至45个工作日")
def whole_procedure_due(accepted_on: date, *, special: bool = False, delegated: bool = False) -> date:
    """The last day for the whole procedure, from RS2021; raises MissingParameter where the rule set sets none."""
    kind = "_special" if special else "_delegated" if delegated else ""
    days = integer(f"procedure.total_days{kind}", accepted_on)
    return Calendar.load().period_end(accepted_on, days, DayKind.WORKING)


@clause(REVIEW, "29", "自批准之日的次月起发放")
@clause(CONFIRMATION, "21", "从作出确认同意决定之日下月起发放")
def first_month(decided_on: date) -> Month:
    """The first month that is paid."""
    return Month.of(decided_on).next()


@clause(REVIEW, "33", "定期核查：按家庭收入的稳定程度一年、半年或一季度一次")
@clause(CONFIRMATION, "31", "每年核查一次；收入来源不固定、有劳动能力的每半年核查一次")
def review_due(assistance_class: Class, decided_on: date, programme: Programme = "DIBAO_R") -> date:
    """When the household is looked at again, by class; unsettled households in town monthly until 2021 (城市按月)."""
    key = _REVIEWS[assistance_class] + ("_urban" if (assistance_class, programme) == ("C", "DIBAO_U") else "")
    months = integer(key, decided_on)
    return Month.of(decided_on).plus(months).last_day


@clause(DESIGN, "§2.2", "任何人不得同时享受两份低保")
@clause(CONFIRMATION, "5", "在一地提出申请，不得重复享受")
def not_insured_twice(known: Sequence[str]) -> Finding:
    """Nobody of the unit is in another active award anywhere (domain §2.2)."""
    met = not known
    return finding(
        not_insured_twice, met, "成员未在其他低保家庭中享受" if met else f"有 {len(known)} 名成员已在其他低保家庭中享受"
    )
