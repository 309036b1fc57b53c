"""domain.md §9.7: institutions, by 卫民发〔2019〕21号 二(三)8."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from doudi.law import Finding, clause, finding
from oversight.rules.numbers import DESIGN, SEED, integer

_HUNDREDTHS = Decimal("0.01")


@clause(DESIGN, "9.7 R88", "人员不足超过7天")
def short_too_long_from(since: date) -> date:
    """The first day on which a shortage that goes on has lasted too long."""
    return since + timedelta(days=integer("r88.days", since) + 1)


@clause(SEED, "二(三)8", "护理人员与失能、半失能、自理对象按1:3、1:6、1:10配备")
def staffed_again_in_time(since: date, on: date, *, required: int, staff_hundredths: int) -> Finding:
    """R88 人员配备不足: staff short for more than seven days. `on`: the day of recovery, or today."""
    met = on < short_too_long_from(since)
    staff = staff_hundredths * _HUNDREDTHS
    because = f"自{since}起应配{required}人，实有{staff.normalize():f}人"
    return finding(staffed_again_in_time, met, because if met else f"{because}，已超过{integer('r88.days', since)}天")
