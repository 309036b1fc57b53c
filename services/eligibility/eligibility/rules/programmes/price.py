"""The temporary price subsidy (C45): PRICE_SUB, for one month, once per person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.programmes.common import WORDS, PersonFacts, ProgrammeDetermination, conclude
from eligibility.rules.programmes.numbers import PRICES, PriceNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFacts(PersonFacts):
    """What the person holds in the month, anywhere; the month is that of the day `on`."""

    born: str = ""
    """Age plays no part, and is not asked."""
    holds: tuple[str, ...]
    paid_already: bool = False
    """A price subsidy of this month went to this person through another gate."""


@clause(PRICES, "一", "低保、特困对象和领取高龄津贴者为发放对象")
def is_entitled_by_a_gate(facts: PriceFacts, n: PriceNumbers) -> Finding:
    """At least one programme that opens the gate."""
    gates = [WORDS[held] for held in facts.holds if held in n.gates]
    return finding(is_entitled_by_a_gate, bool(gates), f"享受{'、'.join(gates)}" if gates else "不属于发放对象")


@clause(PRICES, "二", "物价联动机制启动的月份发放")
def was_triggered(n: PriceNumbers) -> Finding:
    """The linkage set an amount for this month."""
    return finding(was_triggered, n.amount > 0, f"当月标准 {Money(n.amount)} 元" if n.amount else "当月未启动")


@clause(PRICES, "三", "同一人同月只发一次")
def is_the_only_one(facts: PriceFacts) -> Finding:
    """Once per person, even if two gates are open."""
    return finding(is_the_only_one, not facts.paid_already, "当月已发放" if facts.paid_already else "当月尚未发放")


@clause(PRICES, "四", "按当月标准一次发给")
def determine_price(facts: PriceFacts, n: PriceNumbers, *, on: date) -> ProgrammeDetermination:
    """The amount of this month; it starts and ends with it."""
    findings = [is_entitled_by_a_gate(facts, n), was_triggered(n), is_the_only_one(facts)]
    return conclude("PRICE_SUB", findings, [Line(facts.person_id, "PRICE", Money(n.amount))], n, Month.of(on))
