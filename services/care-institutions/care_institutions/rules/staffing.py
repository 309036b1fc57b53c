"""卫民发〔2019〕21号 二(三)8: one member of staff to 3 失能, 6 半失能, 10 完全自理. Exact, rounded once at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, lcm
from typing import Literal

from care_institutions.rules.numbers import DESIGN, SEED, integer
from doudi.law import Finding, clause, finding

Grade = Literal["SELF_CARING", "PARTLY_DISABLED", "DISABLED"]
_SENTENCE = "严格按照工作人员与失能、半失能和完全自理特困人员1:3、1:6和1:10的标准配备工作力量"


@dataclass(frozen=True, slots=True)
class Residents:
    """All residents by grade, entrusted ones too: they need the same hands (domain §7.4)."""

    disabled: int
    partly_disabled: int
    self_caring: int


@clause(DESIGN, "§7.4", "未评估的按失能计")
def counts_as(grade: Grade | None) -> Grade:
    """The grade by which a resident counts; one whom nobody assessed yet counts as disabled."""
    return grade or "DISABLED"


@clause(SEED, "二(三)8", _SENTENCE)
def shares(residents: Residents, *, on: date) -> tuple[Fraction, Fraction, Fraction]:
    """Staff needed for the disabled, the partly disabled and the self-caring, exactly."""
    return (
        Fraction(residents.disabled, integer("staff.residents_per_staff.disabled", on)),
        Fraction(residents.partly_disabled, integer("staff.residents_per_staff.partly_disabled", on)),
        Fraction(residents.self_caring, integer("staff.residents_per_staff.self_caring", on)),
    )


@clause(SEED, "二(三)8", _SENTENCE)
def exact_staff(residents: Residents, *, on: date) -> tuple[int, int]:
    """Staff needed as numerator and common denominator of the three ratios: 189 thirtieths for E17."""
    kinds = ("disabled", "partly_disabled", "self_caring")
    common = lcm(*(integer(f"staff.residents_per_staff.{kind}", on) for kind in kinds))
    return int(sum(shares(residents, on=on)) * common), common


@clause(SEED, "二(三)8", _SENTENCE)
def required_staff(residents: Residents, *, on: date) -> int:
    """SUM_CEIL: the exact sum, rounded up once. Fewer is a breach (domain D-09)."""
    return ceil(sum(shares(residents, on=on)))


@clause(DESIGN, "§7.4 D-09", "按类分别向上取整，作为配备计划")
def planned_staff(residents: Residents, *, on: date) -> int:
    """PER_TYPE: each group rounded up. The plan, not the breach."""
    return sum(ceil(share) for share in shares(residents, on=on))


@clause(SEED, "二(三)8", _SENTENCE)
def staff_suffice(residents: Residents, staff_hundredths: int, *, on: date) -> Finding:
    """Whether full-time equivalents, in hundredths, reach the required number of people."""
    required = required_staff(residents, on=on)
    least = required * integer("staff.full_time", on)
    numerator, denominator = exact_staff(residents, on=on)
    because = (
        f"失能{residents.disabled}人、半失能{residents.partly_disabled}人、完全自理{residents.self_caring}人，"
        f"按1:3、1:6、1:10应配{numerator}/{denominator}人，即不少于{required}人；"
        f"在岗折合{_people(staff_hundredths, on)}人"
    )
    return finding(staff_suffice, staff_hundredths >= least, because, required=required, staff=staff_hundredths)


@clause(DESIGN, "§7.4", "另列护理人员数")
def care_staff_beside(residents: Residents, care_staff_hundredths: int, *, on: date) -> Finding:
    """How care staff alone would stand to the ratio; the seed counts all 工作人员, so this breaks nothing."""
    required = required_staff(residents, on=on)
    met = care_staff_hundredths >= required * integer("staff.full_time", on)
    because = (
        f"仅计护理人员，折合{_people(care_staff_hundredths, on)}人，与{required}人相比{'已达到' if met else '不足'}"
    )
    return finding(care_staff_beside, met, because)


def _people(hundredths: int, on: date) -> str:
    whole, part = divmod(hundredths, integer("staff.full_time", on))
    return f"{whole}.{part:02d}" if part else str(whole)


@dataclass(frozen=True, slots=True)
class Post:
    """Someone's days on the roster. `ended_on`: the first day without them. `leave_until`: the last day of leave,
    None while nobody knows it."""

    started_on: date
    ended_on: date | None
    leave_from: date | None
    leave_until: date | None


@clause(DESIGN, "§7.4", "在岗工作人员，不含离岗30日以上的")
def on_the_roster(post: Post, *, on: date) -> bool:
    """Whether someone counts on a day: employed, and not on a leave of more than thirty days.

    A leave whose end is known is counted whole from its first day; one without an end, up to the day.
    """
    if on < post.started_on or (post.ended_on is not None and on >= post.ended_on):
        return False
    if post.leave_from is None or on < post.leave_from:
        return True
    if post.leave_until is not None and on > post.leave_until:
        return True
    days = ((post.leave_until or on) - post.leave_from).days + 1
    return days <= integer("staff.longest_leave_days", on)
