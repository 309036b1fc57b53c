"""国发〔2015〕52号: what both disability subsidies share: the certificate, the bars, the first month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from eligibility.rules.programmes.common import Disability, PersonFacts
from eligibility.rules.programmes.numbers import DISABILITY, RENEWAL


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyFacts(PersonFacts):
    """The certificate as 残联 has it and what bars a subsidy; days are ISO texts.

    `expired_on`: the last day of the certificate before this one, when it was renewed after a gap.
    """

    applied_on: str
    disability: Disability | None = None
    valid_until: str | None = None
    expired_on: str | None = None
    work_injury_pay: bool = False
    """Gets nursing pay or living allowance from work injury insurance."""
    serving_sentence: bool = False
    registered_poor: bool = False
    """建档立卡."""

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made."""
        return cls(**{**kept, "disability": Disability.from_json(kept["disability"])})


@clause(DISABILITY, "二(一)", "持有有效残疾人证")
def certificate_is_valid(facts: SubsidyFacts, *, on: date) -> Finding:
    """There is one, and its last day is not over; one without a last day is valid for good."""
    if facts.disability is None:
        return finding(certificate_is_valid, False, "未持有残疾人证")
    over = facts.valid_until is not None and date.fromisoformat(facts.valid_until) < on
    until = f"有效期至 {facts.valid_until}" if facts.valid_until else "长期有效"
    return finding(
        certificate_is_valid, not over, f"残疾人证{facts.disability.words}，{until}{'，已过期' if over else ''}"
    )


@clause(DISABILITY, "二(三)", "已享受工伤保险护理费等待遇，或者服刑期间，不享受两项补贴")
def nothing_bars_it(facts: SubsidyFacts) -> Finding:
    """Neither work-injury nursing pay nor a sentence that is being served."""
    told = [
        words
        for holds, words in (
            (facts.work_injury_pay, "享受工伤保险护理费或生活津贴"),
            (facts.serving_sentence, "被判处刑罚正在服刑"),
        )
        if holds
    ]
    return finding(nothing_bars_it, not told, "、".join(told) if told else "无不予补贴的情形")


@clause(RENEWAL, "一", "自递交申请当月计发；残疾人证到期换领的，补发不超过三个月")
def first_month_of_a_subsidy(facts: SubsidyFacts, back_months: int) -> Month:
    """The month of the application; for a renewed certificate up to so many months before it, but not before the old
    one had ended."""
    applied = Month.of(date.fromisoformat(facts.applied_on))
    if facts.expired_on is None:
        return applied
    gap = Month.of(date.fromisoformat(facts.expired_on)).next()
    return min(applied, max(gap, applied.plus(-back_months)))
