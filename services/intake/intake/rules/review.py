"""民发〔2012〕220号 第六章 审核审批, the township's part: opinion and first posting."""

from __future__ import annotations

from datetime import date

from doudi.calendar import Calendar, DayKind
from doudi.law import Finding, clause, finding
from intake.rules.numbers import C2, age, integer


@clause(C2, "25", "对申请家庭是否给予低保提出建议意见")
def opinion_has_reason(reason: str) -> Finding:
    """Whether the opinion says why."""
    met = bool(reason.strip())
    return finding(opinion_has_reason, met, "已说明理由" if met else "审核意见未说明理由")


@clause(C2, "25", "公示期为7天")
def posting_ends(posted_on: date, calendar: Calendar) -> date:
    """The last day of the posting: calendar days, the day of hanging not counted (domain §0.2)."""
    return calendar.period_end(posted_on, integer("posting.days", on=posted_on), DayKind.CALENDAR)


@clause(C2, "25", "公示结束后，应当将相关材料报送县级人民政府民政部门审批")
def posting_is_over(ends_on: date, *, on: date) -> bool:
    """Whether the posting hung its full time: its last day ended at 24:00."""
    return on > ends_on


@clause("个人信息保护法", "28", "不满十四周岁未成年人的个人信息为敏感个人信息（公示不得显示儿童信息）")
def name_may_be_posted(birth_date: date, *, on: date) -> bool:
    """Whether the applicant's name is shown: never a child's (domain §4.3)."""
    return age(birth_date, on) >= integer("adult.age", on=on)
