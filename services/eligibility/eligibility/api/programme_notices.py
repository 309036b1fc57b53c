"""The notice (通知书) of a decision on a programme of one person: what, why, by which clause, how to appeal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from doudi.calendar import Month
from doudi.errors import NotFound
from doudi.law import Finding
from doudi.service import View
from eligibility.model import ProgrammeCase
from eligibility.rules.notice import in_words
from eligibility.rules.programmes import WORDS

_APPEAL = "如不服本决定，可自收到本通知之日起六十日内申请行政复议，或者在六个月内向人民法院提起行政诉讼。"
"""行政复议法 §20; 行政诉讼法 §46 (domain §4.6)."""


class PersonalNoticeView(View):
    """The notice (通知书) of a decision on one person's programme: the reasons, the clauses, the right of appeal."""

    application_id: UUID
    outcome: str
    decided_on: date
    due_on: date
    text: str
    clauses: list[str]


def _lead(case: ProgrammeCase) -> str:
    assert case.decided_on is not None
    name, amount, month = WORDS[case.programme], case.result["amount"], Month.of(case.decided_on)
    if case.status != "APPROVED":
        what = "申请不予批准" if case.kind == "NEW" else "待遇不作变更"
        return f"经审核，你的{name}{what}。理由：{case.outcome_because}"
    match case.outcome:
        case None:
            return f"经审核，批准你享受{name}，自 {case.result['starts']} 起每月 {amount} 元。"
        case "ADJUSTED":
            return f"经复核，你的{name}自 {month.next()} 起调整为每月 {amount} 元。"
        case "ENDED":
            return f"经复核，你的{name}发至 {month}，自次月起停发。"
    return f"经复核，你的{name}继续按每月 {amount} 元发放。"


def notice(case: ProgrammeCase) -> PersonalNoticeView:
    """A refusal or an end tells all findings, anything else those that carry it. NotFound before the decision."""
    if case.decided_on is None:
        raise NotFound
    found = [Finding.model_validate(kept) for kept in case.result["findings"]]
    carried = [finding for finding in found if finding.met or not case.eligible or case.status != "APPROVED"]
    return PersonalNoticeView(
        application_id=case.id,
        outcome="APPROVED" if case.status == "APPROVED" else "REFUSED",
        decided_on=case.decided_on,
        due_on=case.notice_due_on or case.decided_on,
        text="\n".join([_lead(case), *(f"（{in_words(f.clause)}）{f.because}" for f in carried), _APPEAL]),
        clauses=[finding.clause for finding in carried],
    )
