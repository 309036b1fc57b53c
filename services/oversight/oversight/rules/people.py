"""domain.md §9.1: people and property."""

from __future__ import annotations

from datetime import date, timedelta

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from doudi.money import Money
from oversight.rules.flag import Severity
from oversight.rules.numbers import APPROVAL_2022, DESIGN, RELIEF, REVIEW, integer, named

_VEHICLES = {"CAR": "小轿车", "TRUCK": "货车"}


@clause(RELIEF, "13", "人口状况发生变化的，应当及时决定增发、减发或者停发最低生活保障金")
def paid_to_the_living(month: Month, died_on: date, amount: Money) -> Finding:
    """R01 死亡仍领: the benefit month lies after the month of death. The month of death itself is paid (D-15)."""
    met = month <= Month.of(died_on)
    because = f"登记死亡日期{died_on}，发放月份{month}，金额{amount}元"
    return finding(paid_to_the_living, met, because if met else f"{because}，晚于死亡当月")


@clause(DESIGN, "9.1 R02", "no stop or adjustment 30 days after the death")
def death_followed_by(died_on: date) -> date:
    """The last day on which an award may still go on unchanged without a question."""
    return died_on + timedelta(days=integer("r02.days", died_on))


@clause(APPROVAL_2022, "一(三)", "家庭成员死亡的，自死亡之日起3个月内完成增发、减发、停发手续")
def death_settled_by(died_on: date) -> date:
    """The last day of the three months after a death: the same day of the month, or the month's last."""
    return Month.of(died_on).plus(integer("r02.months", died_on)).same_day(died_on)


@clause(RELIEF, "13 (death)", "人口状况发生变化的，应当及时决定增发、减发或者停发最低生活保障金")
def death_followed(died_on: date, followed_on: date | None, *, on: date) -> tuple[Finding, Severity]:
    """R02 死亡未处理: the award was not adjusted or stopped by thirty days after the death, as far as known on the day
    `on`; M, from three months on H."""
    day = followed_on or on
    by, last = death_followed_by(died_on), death_settled_by(died_on)
    done = f"于{followed_on}调整或停发待遇" if followed_on else "尚未调整或停发待遇"
    because = f"登记死亡日期{died_on}，{done}，30天期限{by}，最迟应于{last}办结"
    return finding(death_followed, day <= by, because), "H" if day > last else "M"


@clause(REVIEW, "17 (vehicle)", "机动车辆（残疾人功能性补偿代步机动车辆除外）")
def without_a_vehicle(kind: str, verified: bool, *, on: date) -> Finding:
    """R07 有车: a car or truck was found, and nobody has verified whose it is: it may be sold and not transferred. A
    question that refuses nobody; one that was verified is the county's decision and asked about no more."""
    met = verified or kind not in named("r07.kinds", on)
    name = _VEHICLES.get(kind, kind)
    because = f"查询到{name}，尚未核实（可能已出售未过户或者已报废），核实前不得据此不予批准"
    return finding(without_a_vehicle, met, f"{name}，不需核查" if met else because)
