"""国发〔2015〕52号 and 卫民发〔2019〕21号 二(四)11: the living subsidy of disabled persons in hardship (LIVING_SUB)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.numbers import SEED
from eligibility.rules.programmes.common import ProgrammeDetermination, conclude
from eligibility.rules.programmes.numbers import DISABILITY, LivingNumbers
from eligibility.rules.programmes.subsidies import (
    SubsidyFacts,
    certificate_is_valid,
    first_month_of_a_subsidy,
    nothing_bars_it,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingFacts(SubsidyFacts):
    """What the living subsidy asks beside the certificate."""

    in_dibao: bool
    """A member of a household on dibao in any county, insured or not (domain §2.1)."""
    in_extended_scope: bool = False
    """In a household to which the locality extends the subsidy (low income; domain §2.2 `?`)."""


@clause(DISABILITY, "二(一)1", "困难残疾人生活补贴主要对象为低保家庭中的残疾人，有条件的地方可扩大到低收入")
def is_in_hardship(facts: LivingFacts) -> Finding:
    """A member of a dibao household, or of one to which the locality extends it."""
    met = facts.in_dibao or facts.in_extended_scope
    because = "系低保家庭成员" if facts.in_dibao else "属于当地扩大的对象范围" if met else "不是低保家庭成员"
    return finding(is_in_hardship, met, because)


@clause(SEED, "二(四)11", "可结合实际，适当提高建档立卡贫困残疾人的生活补贴标准")
def county_top_up(facts: LivingFacts, n: LivingNumbers) -> Money:
    """What the county adds for a registered poor person; nothing until it has set an amount."""
    return Money(n.registered_poor_top_up) if facts.registered_poor else Money.zero()


@clause(SEED, "二(四)11", "落实困难残疾人生活补贴，确保符合条件的残疾人都能享受到")
def determine_living(facts: LivingFacts, n: LivingNumbers, *, on: date) -> ProgrammeDetermination:
    """A valid certificate of any grade, in hardship, nothing that bars it; from the month of the application."""
    findings = [certificate_is_valid(facts, on=on), is_in_hardship(facts), nothing_bars_it(facts)]
    lines = [
        Line(facts.person_id, "LIVING", Money(n.amount)),
        Line(facts.person_id, "TOP_UP", county_top_up(facts, n)),
    ]
    return conclude("LIVING_SUB", findings, lines, n, first_month_of_a_subsidy(facts, n.back_months))
