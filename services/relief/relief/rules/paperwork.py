"""卫民发〔2019〕21号 二(二)6 事后按规定补齐手续 (paperwork afterwards): from when, until when, what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from doudi.calendar import Calendar
from doudi.law import Finding, clause, finding
from doudi.money import Money
from relief.rules.numbers import DESIGN, SEED, integer

PAPERS = {"APPLICATION": "申请书", "ID_COPY": "身份证复印件", "DECISION": "审批表"}
"""What the file holds beside the handler's record (domain §6.4 step 5)."""


@clause(DESIGN, "§6.4", "未记录急难结束的，最长按30日计")
def assumed_end(reported_on: date, *, granted_on: date) -> date:
    """The day on which an emergency is taken to end when nobody records its end; never before the advance itself."""
    longest = reported_on + timedelta(days=integer("advance.max_emergency_days", reported_on))
    return max(longest, granted_on)


@clause(DESIGN, "§6.4(4)", "急难结束日期应在报告之日至今天之间")
def end_is_possible(ended_on: date, *, reported_on: date, on: date) -> Finding:
    """Whether an emergency that was reported on a day can have ended on the other."""
    met = reported_on <= ended_on <= on
    because = f"急难于{ended_on}结束" if met else f"结束日期{ended_on}应在报告之日{reported_on}至今天之间"
    return finding(end_is_possible, met, because)


@clause(SEED, "二(二)6", "事后按规定补齐手续")
@clause(
    "民发〔2018〕23号", "二(二)", "在急难情况缓解后，登记救助对象、救助事由、救助金额等信息，补齐经办人员签字、盖章手续"
)
def paperwork_due(ended_on: date, calendar: Calendar) -> date:
    """The last day for the papers: working days after the emergency ended; that day itself is not counted."""
    return calendar.add_working_days(ended_on, integer("advance.paperwork_days", ended_on))


@clause(SEED, "二(二)6", "事后按规定补齐手续")
def is_overdue(due_on: date, *, on: date) -> bool:
    """Whether the last day is over (it ends at 24:00, 民法典 art. 203)."""
    return on > due_on


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers as handed in. `same_person`: they name the one who was helped."""

    same_person: bool
    cause: str
    amount: Money
    signed: bool
    stamped: bool
    enclosed: Collection[str]


@clause("民发〔2018〕23号", "二(二)", "登记救助对象、救助事由、救助金额等信息，补齐经办人员签字、盖章手续")
def papers_complete(papers: Papers, *, cause: str, amount: Money) -> list[Finding]:
    """Everything about the papers, met or not, in the order of the law; the enclosures last."""
    lacking = [name for code, name in PAPERS.items() if code not in papers.enclosed]
    return [
        finding(papers_complete, met, good if met else bad)
        for met, good, bad in (
            (papers.same_person, "救助对象一致", "救助对象与获得救助的人员不一致"),
            (papers.cause == cause, "救助事由一致", "救助事由与受理的事由不一致"),
            (papers.amount == amount, f"救助金额{amount}元", f"救助金额{papers.amount}元与实际救助{amount}元不一致"),
            (papers.signed, "经办人员已签字", "缺经办人员签字"),
            (papers.stamped, "已盖章", "缺盖章"),
            (not lacking, "附件齐备", "缺" + "、".join(lacking)),
        )
    ]
