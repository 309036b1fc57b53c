"""国发〔2015〕52号, Ningxia 2016 (C24) and 卫民发〔2019〕21号 二(四)11: the care subsidy (CARE_SUB)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.numbers import SEED, yuan
from eligibility.rules.programmes.common import ProgrammeDetermination, certified_within, conclude
from eligibility.rules.programmes.numbers import DISABILITY, NINGXIA_CARE, RENEWAL, CareNumbers
from eligibility.rules.programmes.subsidies import (
    SubsidyFacts,
    certificate_is_valid,
    first_month_of_a_subsidy,
    nothing_bars_it,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFacts(SubsidyFacts):
    """What the care subsidy asks beside the certificate."""

    care_needed_months: int
    """For how many months the person needs care."""
    elder_nursing: int = 0
    """The elderly nursing subsidy that the person gets, fen per month."""


@clause(NINGXIA_CARE, "一", "一、二级残疾，以及有护理需求的各等级智力、精神残疾人纳入护理补贴")
def is_severely_disabled(facts: CareFacts, n: CareNumbers) -> Finding:
    """The national base is grades 1 and 2; Ningxia adds mental and intellectual disability of any grade."""
    met = certified_within(facts.disability, n.disability)
    words = f"{facts.disability.words}残疾" if facts.disability else "无残疾等级"
    return finding(is_severely_disabled, met, f"{words}，{'在' if met else '不在'}护理补贴范围内")


@clause(DISABILITY, "二(一)2", "需要长期照护：生活不能自理、照护需求超过六个月")
def needs_long_term_care(facts: CareFacts, n: CareNumbers) -> Finding:
    """For more than six months; six are not more."""
    met = facts.care_needed_months > n.months_over
    because = f"需要照护 {facts.care_needed_months} 个月，{'超过' if met else '未超过'} {n.months_over} 个月"
    return finding(needs_long_term_care, met, because)


@clause(RENEWAL, "二", "同时符合护理补贴和老年人护理补贴的，择高享受")
def is_not_lower_than_elder_nursing(facts: CareFacts, n: CareNumbers) -> Finding:
    """The higher of the two stands; equal ones are not more, so the one that is held stays."""
    met = n.amount > facts.elder_nursing
    because = f"老年护理补贴 {yuan(facts.elder_nursing)} 元，重度残疾人护理补贴 {yuan(n.amount)} 元，择高享受"
    return finding(is_not_lower_than_elder_nursing, met, because)


@clause(SEED, "二(四)11", "落实重度残疾人护理补贴，扩大有护理需求的精神、智力残疾人护理补贴范围")
def determine_care(facts: CareFacts, n: CareNumbers, *, on: date) -> ProgrammeDetermination:
    """Severe, in need of long care, nothing that bars it; no income test; from the month of the application."""
    findings = [
        certificate_is_valid(facts, on=on),
        is_severely_disabled(facts, n),
        needs_long_term_care(facts, n),
        nothing_bars_it(facts),
    ]
    if facts.elder_nursing:
        findings.append(is_not_lower_than_elder_nursing(facts, n))
    lines = [Line(facts.person_id, "CARE", Money(n.amount))]
    return conclude("CARE_SUB", findings, lines, n, first_month_of_a_subsidy(facts, n.back_months))
