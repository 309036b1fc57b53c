"""Which month is paid, by when, and what names the money (民发〔2012〕220号 art. 31; domain §8.1, §8.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money
from payments.rules.numbers import APPROVAL, DESIGN, integer


@clause(APPROVAL, "31", "最低生活保障金应当按月发放，于每月10日前发放到户")
def deadline(month: Month, *, on: date) -> date:
    """The last day on which a month's money is in time, by the number in force on `on`."""
    return month.first_day + timedelta(days=integer("pay.deadline_day", on) - 1)


@clause(DESIGN, "8.1", "no month is paid earlier than the month before it")
def may_be_opened(month: Month, *, today: date) -> Finding:
    """Whether a run for this month may be opened already."""
    furthest = Month.of(today).plus(integer("pay.months_early", today))
    because = f"{month}的资金最早可于{month.plus(-integer('pay.months_early', today))}编制，今日为{today}"
    return finding(may_be_opened, month <= furthest, because)


@clause(DESIGN, "8.1 (death)", "the month of death is paid, nothing after it")
def last_month_after_death(died_on: date) -> Month:
    """The last month that is paid for a person who died on this day."""
    return Month.of(died_on)


@clause(DESIGN, "8.2", "programme + person + benefit month + item + sequence name the money, once")
def payment_key(programme: object, person_id: object, month: object, item: object, sequence: object) -> str:
    """The name of the money, the same for every try to pay it.

    The parts are values, or marks in whose places the statement that names a whole run puts its columns.
    """
    return "/".join(map(str, (programme, person_id, month, item, sequence)))


@clause(DESIGN, "8.8", "arrears = due - actually paid, in one line for all months and items of a person")
def arrears(months: Iterable[tuple[Money, Money]]) -> Money:
    """What is owed for months past, from (due, put in) of each month and item; too much in one is set off by recovery,
    never here."""
    return sum((max(due - put, Money.zero()) for due, put in months), Money.zero())


@clause(DESIGN, "8.4 (returned)", "money that came back and lay for more than 60 days is looked into")
def lies_too_long(returned_on: date, *, on: date) -> bool:
    """Whether returned money waits for a corrected account for longer than it should."""
    return on > returned_on + timedelta(days=integer("pay.returned_days_longest", on))
