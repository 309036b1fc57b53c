"""domain §0.2, §2.4, §8.8, §11: what no number and no day of an input can be, so that a slip of the pen is caught.

The limits are far above anything that is true (plausible.yaml); whoever keeps to them is shut out by none.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from doudi.calendar import MONTHS_A_YEAR, Month
from doudi.dated import Parameters
from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.numbers import DESIGN

_LIMITS = Parameters.load(Path(__file__).with_name("plausible.yaml"))
_SMALL = ("dibao.min_payment", "living.registered_poor_top_up")
"""Amounts that may lawfully begin with next to nothing: how many times the former one they are says nothing."""

Sum = Literal["household_year", "person_month", "asset", "standard_month"]


@clause(DESIGN, "§8.8 (plausible)", "录入的金额明显不可能的，不予受理，须核对后重新填写")
def amount_is_plausible(amount: Money, of: Sum, *, on: date) -> Finding:
    """Whether an amount can be: of a household's year, a person's month, one thing of value, a monthly standard."""
    limit = _LIMITS.at(f"plausible.{of}", on=on).money
    if amount <= limit:
        return finding(amount_is_plausible, True, f"金额 {amount} 元", limit=limit)
    because = f"所填金额超过可录入的上限 {limit} 元，请核对金额和单位（元）后重新填写"
    return finding(amount_is_plausible, False, because, limit=limit)


@clause(DESIGN, "§2.4 (plausible)", "新标准与原标准相差十倍以上的，须核对是按月还是按年")
def standard_is_plausible(key: str, month: Money, before: Money | None, *, on: date) -> Finding:
    """Whether a standard can be what follows the one before it. Both per month, as rounded; None: there was none."""
    found = amount_is_plausible(month, "standard_month", on=on)
    if not found.met or before is None or not before.fen or key in _SMALL:
        return finding(standard_is_plausible, found.met, found.because)
    times = int(_LIMITS.at("plausible.standard_factor", on=on).number)
    met = before.fen <= month.fen * times and month.fen <= before.fen * times
    because = f"新标准每月 {month} 元，原标准每月 {before} 元"
    if not met:
        because += f"，相差超过 {times} 倍，请核对金额以及是按月还是按年"
    return finding(standard_is_plausible, met, because, times=times)


@clause(DESIGN, "§2.4 (day)", "标准的施行日期须在低保制度建立之后，且不在可以预定的期限之外")
def standard_day_is_plausible(valid_from: date, *, on: date) -> Finding:
    """Whether a standard can hold from a day: not before there was dibao (国务院令271号), not years ahead of `on`."""
    first = date.fromisoformat(_LIMITS.at("plausible.standard_first_day", on=on).value)
    last = Month.of(on).plus(int(_LIMITS.at("plausible.standard_months_ahead", on=on).number)).last_day
    met = first <= valid_from <= last
    because = f"施行日期 {valid_from}" + ("" if met else f"应在 {first} 至 {last} 之间，请核对日期")
    return finding(standard_day_is_plausible, met, because, first=first, last=last)


@clause(DESIGN, "§0.2 (plausible)", "事情发生的日期不早于其所依据的事情，不晚于今天")
def day_is_plausible(day: date, *, after: date | None, what: str, on: date) -> Finding:
    """Whether something happened on a day: not before `what` of the day `after` that it follows, not after `on`."""
    if day > on:
        return finding(day_is_plausible, False, f"日期 {day} 不得晚于今天 {on}")
    if after is not None and day < after:
        return finding(day_is_plausible, False, f"日期 {day} 不得早于{what} {after}")
    return finding(day_is_plausible, True, f"日期 {day}")


@clause(DESIGN, "§4.7 (plausible)", "家庭情况变化的日期不早于低保制度建立之日和该成员出生之日，不晚于今天")
def change_is_plausible(day: date, born: date | None, *, on: date) -> Finding:
    """Whether a household can have changed on a day: since there is dibao, and since the member was born.

    None: no member is named.
    """
    first = date.fromisoformat(_LIMITS.at("plausible.standard_first_day", on=on).value)
    if born is not None and born > first:
        return day_is_plausible(day, after=born, what="该成员出生日期", on=on)
    return day_is_plausible(day, after=first, what="低保制度建立之日", on=on)


@clause(DESIGN, "§0.1 (plausible)", "演示所用的日期不晚于可以演示的期限")
def trial_day_is_plausible(day: date, *, on: date) -> Finding:
    """Whether the rules of a day can be tried: of days far ahead nobody knows rules or numbers."""
    last = Month.of(on).plus(int(_LIMITS.at("plausible.trial_months_ahead", on=on).number)).last_day
    met = day <= last
    because = f"演示日期 {day}" + ("" if met else f"不得晚于 {last}：此后的规则和标准尚无从知道，请核对日期")
    return finding(trial_day_is_plausible, met, because, last=last)


@clause(DESIGN, "§11 (born)", "出生日期不晚于今天，与公民身份号码一致")
def birth_is_plausible(born: date, by_number: date | None, *, on: date) -> Finding:
    """Whether somebody alive can be born on a day: not later than `on`, not too long ago, and as the ID number says.

    None: no number is known.
    """
    oldest = int(_LIMITS.at("plausible.age", on=on).number)
    if born > on:
        return finding(birth_is_plausible, False, f"出生日期 {born} 不得晚于今天 {on}")
    if Month.of(born).plus(oldest * MONTHS_A_YEAR) < Month.of(on):
        return finding(birth_is_plausible, False, f"出生日期 {born} 已超过 {oldest} 年，请核对")
    if by_number is not None and born != by_number:
        return finding(birth_is_plausible, False, "出生日期与身份证号码中的不一致，请核对")
    return finding(birth_is_plausible, True, "出生日期合理")
