"""domain §8.8, §11: what no amount and no birth or death of an input can be, so that a slip of the pen is caught.

The limits are far above anything that is true (parameters.yaml); whoever keeps to them is shut out by none.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from doudi.law import Finding, clause, finding
from doudi.money import Money
from intake.rules.numbers import age, integer, money

DESIGN = "domain.md"
Sum = Literal["household_year", "person_month", "asset"]


@clause(DESIGN, "§8.8 (plausible)", "申报、核实的金额明显不可能的，须核对后重新填写")
def amount_is_plausible(amount: Money, of: Sum, *, on: date) -> Finding:
    """Whether an amount can be: of a household's year, of a person's month, of one thing of value."""
    limit = money(f"plausible.{of}", on=on)
    if amount <= limit:
        return finding(amount_is_plausible, True, f"金额 {amount} 元", limit=limit)
    because = f"金额 {amount} 元超过可录入的上限 {limit} 元，请核对金额和单位（元）后重新填写"
    return finding(amount_is_plausible, False, because, limit=limit)


@clause(DESIGN, "§11 (born)", "公民身份号码中的出生日期不晚于今天")
def birth_is_plausible(born: date, *, on: date) -> Finding:
    """Whether somebody who is registered can be born on a day, as the ID number has it: not later, not too long ago."""
    oldest = integer("plausible.age", on=on)
    if born > on:
        return finding(birth_is_plausible, False, f"号码中的出生日期晚于今天 {on}，请核对")
    met = age(born, on) <= oldest
    because = "号码中的出生日期" + ("合理" if met else f"已超过 {oldest} 年，请核对")
    return finding(birth_is_plausible, met, because)


@clause(DESIGN, "§11 (died)", "死亡日期不早于出生日期")
def death_is_plausible(died_on: date, born: date) -> Finding:
    """Whether somebody born on a day can have died on another."""
    met = born <= died_on
    because = f"死亡日期 {died_on}" + ("" if met else "早于号码中的出生日期，请核对")
    return finding(death_is_plausible, met, because)
