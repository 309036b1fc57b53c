"""民发〔2012〕220号 art. 26, 29 and 民发〔2021〕57号 art. 20, 21: the county's statutory terms, near and passed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from doudi.calendar import Calendar, CalendarUnknown
from doudi.dated import MissingParameter
from doudi.law import cited_in, clause
from eligibility.rules.numbers import CONFIRMATION, DESIGN, REVIEW, integer
from eligibility.rules.procedure import decision_due, whole_procedure_due
from eligibility.rules.rule_sets import rules_of

Stage = Literal["NONE", "NEAR", "PASSED"]


@dataclass(frozen=True, slots=True)
class Term:
    """One of the county's terms: its code, its name for people, its clause in each rule set's time."""

    code: str
    name: str
    clause: str


@clause(REVIEW, "26 (term)", "5个工作日内提出审批意见")
@clause(CONFIRMATION, "20", "10个工作日内提出审核确认意见")
def opinion(on: date) -> Term:
    """The county's opinion on a case that it received."""
    return Term("COUNTY_OPINION", "县级审批意见", _clause_on(opinion, on))


@clause(REVIEW, "29 (term)", "公示无异议的，3个工作日内作出审批决定")
def final_decision(on: date) -> Term:
    """The decision after a quiet second posting."""
    return Term("FINAL_DECISION", "公示后审批决定", _clause_on(final_decision, on))


@clause(REVIEW, "29 (objection)", "有异议的，20个工作日内重新调查核实并作出决定")
def reinvestigation(on: date) -> Term:
    """Looking again after an objection."""
    return Term("REINVESTIGATION", "异议重新核实", _clause_on(reinvestigation, on))


@clause(REVIEW, "26 (notice)", "不予批准的，3日内书面告知")
@clause(CONFIRMATION, "21", "不予确认的，3个工作日内书面告知")
def refusal_notice(on: date) -> Term:
    """The written notice of a refusal."""
    return Term("REFUSAL_NOTICE", "不予批准通知", _clause_on(refusal_notice, on))


@clause(CONFIRMATION, "22 (term)", "自受理之日起30个工作日内完成审核确认，特殊情况45个工作日")
def whole_procedure(on: date) -> Term:
    """The whole procedure, from the township's acceptance to the decision."""
    return Term("WHOLE_PROCEDURE", "审核确认总期限", _clause_on(whole_procedure, on))


TERMS: dict[str, Callable[[date], Term]] = {
    "COUNTY_OPINION": opinion,
    "FINAL_DECISION": final_decision,
    "REINVESTIGATION": reinvestigation,
    "REFUSAL_NOTICE": refusal_notice,
    "WHOLE_PROCEDURE": whole_procedure,
}


def _clause_on(rule: Callable[[date], Term], on: date) -> str:
    """The clause of the rule set's time: 民发〔2021〕57号 where no share of homes is sampled any more."""
    later = CONFIRMATION in rules_of(on).documents
    return cited_in(rule, (CONFIRMATION,) if later else (REVIEW,)).partition(" (")[0]


@clause(REVIEW, "29 (last day)", "公示期满之日起3个工作日内")
def final_decision_due(posting_ends_on: date) -> date:
    """The last day of that term. Time itself starts it, so an unloaded holiday plan must not stop it: calendar days."""
    try:
        return decision_due(posting_ends_on)
    except CalendarUnknown:
        return posting_ends_on + timedelta(days=integer("procedure.final_decision_days", posting_ends_on))


@clause(CONFIRMATION, "22 (last day)", "自受理之日起计算；2021年7月1日前没有总期限")
def whole_due(accepted_on: date, *, special: bool) -> date | None:
    """The last day of that term; None where the rule set sets none. An unloaded holiday plan gives calendar days."""
    try:
        return whole_procedure_due(accepted_on, special=special)
    except MissingParameter:
        return None
    except CalendarUnknown:
        days = integer(f"procedure.total_days{'_special' if special else ''}", accepted_on)
        return accepted_on + timedelta(days=days)


@clause(DESIGN, "§4.1 (near)", "法定期限届满前二个工作日提醒")
def near_until(on: date) -> date:
    """Terms that end up to this day are near. Where the next year's holiday plan is not loaded yet, calendar days."""
    days = integer("clock.near_days", on)
    try:
        return Calendar.load().add_working_days(on, days)
    except CalendarUnknown:
        return on + timedelta(days=days)


@clause(DESIGN, "§4.1 (passed)", "期限的最后一日终了为届满")
def stage(due_on: date, *, on: date) -> Stage:
    """Where a term stands on a day. The last day itself is in time."""
    return "PASSED" if on > due_on else "NEAR" if due_on <= near_until(on) else "NONE"
