"""民发〔2021〕43号 art. 15-18, 23 and domain §4.9: the terms of programmes of one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from doudi.law import cited_in, clause
from eligibility.rules.clocks import Term
from eligibility.rules.programmes.numbers import DEFACTO, TEKUN


@clause(TEKUN, "16 (term)", "县级民政部门在规定工作日内提出确认意见")
@clause(DEFACTO, "二 (term)", "县级民政部门在15个工作日内作出确认")
def opinion(programme: str) -> Term:
    """The county's decision on a case that it received."""
    return Term("COUNTY_OPINION", "县级审核确认", _cited(opinion, programme))


@clause(TEKUN, "15 (term)", "公示有异议的，15个工作日内重新调查核实")
def reinvestigation(programme: str) -> Term:
    """Looking again after an objection."""
    return Term("REINVESTIGATION", "异议重新核实", _cited(reinvestigation, programme))


@clause(TEKUN, "18 (term)", "不予确认的，3个工作日内书面告知")
def refusal_notice(programme: str) -> Term:
    """The written notice of a refusal."""
    return Term("REFUSAL_NOTICE", "不予批准通知", _cited(refusal_notice, programme))


@clause(TEKUN, "23 (term)", "接到报告之日起10个工作日内重新评估")
def reassessment(programme: str) -> Term:
    """Looking again after a reported change of somebody who is tekun."""
    return Term("REASSESSMENT", "生活自理能力重新评估", _cited(reassessment, programme))


TERMS: dict[str, Callable[[str], Term]] = {
    "COUNTY_OPINION": opinion,
    "REINVESTIGATION": reinvestigation,
    "REFUSAL_NOTICE": refusal_notice,
    "REASSESSMENT": reassessment,
}


def _cited(rule: Callable[..., Any], programme: str) -> str:
    """The clause of the programme where it has one of its own."""
    return cited_in(rule, (DEFACTO, TEKUN) if programme == "DEFACTO" else (TEKUN,)).partition(" (")[0]
