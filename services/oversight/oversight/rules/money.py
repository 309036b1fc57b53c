"""domain.md §9.5: money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from doudi.law import Finding, clause, finding
from doudi.money import Money
from oversight.rules.numbers import ASSISTANCE, DESIGN, RELIEF, integer, money

AWARDED_ITEMS = ("BASE", "EXTRA", "CARE", "LIVING", "TOP_UP", "PRICE")
"""What an award has lines for. An arrears line is owed for months past and is not compared with this month's line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One try to pay: when it entered a file, and when the bank sent it back, if it did. `shows` are its events."""

    payment_id: UUID
    on: date
    returned_on: date | None = None
    shows: tuple[UUID, ...] = ()


@clause(RELIEF, "66", "未按规定发放社会救助资金、物资的，追究责任")
def as_decided(paid: Money, due: Money, *, on: date) -> Finding:
    """R71 金额与决定不符: what was paid differs from the award's line of that month by more than a fen."""
    apart = max(paid, due) - min(paid, due)
    met = apart <= money("r71.tolerance", on)
    because = f"发放{paid}元，应发{due}元"
    return finding(as_decided, met, because if met else f"{because}，相差{apart}元")


@clause(DESIGN, "8.2", "项目+人员+月份+款项为一笔")
def money_paid(programme: str, person_id: UUID, month: str, item: str, payment_key: str) -> str:
    """What is paid once: a person's item of a month. Two emergencies of one month are two (R82 looks at those)."""
    return payment_key if programme == "RELIEF" else f"{programme}/{person_id}/{month}/{item}"


@clause(DESIGN, "8.2", "一笔款项只发放一次；退票后重发仍为同一笔")
def paid_once(earlier: Line, later: Line) -> Finding:
    """R72 重复发放: a second line of the same person, month and item, while the first was not returned by then."""
    met = earlier.returned_on is not None and earlier.returned_on <= later.on
    because = f"同一人员同一月份同一项目先后于{earlier.on}、{later.on}发放"
    return finding(paid_once, met, f"{because}，前一笔已退票" if met else f"{because}，前一笔未退票")


@clause(DESIGN, "9.5 R72", "同一人员、月份、项目存在两笔发放记录")
def doubles(lines: Sequence[Line]) -> list[tuple[Line, Line, Finding]]:
    """R72: each line that came while an earlier one stood, with the first such. In the order of time."""
    ordered = sorted(lines, key=lambda line: (line.on, line.payment_id))
    found = []
    for place, later in enumerate(ordered):
        for earlier in ordered[:place]:
            told = paid_once(earlier, later)
            if not told.met:
                found.append((earlier, later, told))
                break
    return found


@clause(DESIGN, "9.5 R74", "制单与复核为不同人员")
def checked_by_another(maker: str, checker: str) -> Finding:
    """R74 制单与复核为同一人: the one who made the list also checked it. Nobody is named in the reason (D-18)."""
    met = maker != checker
    return finding(checked_by_another, met, "制单与复核为不同用户" if met else "制单与复核为同一用户")


@clause(DESIGN, "9.5 R79", "detected > 30 days, no decision")
def recovery_decided_by(opened_on: date) -> date:
    """The last day on which an overpayment may still wait for the decision without a question."""
    return opened_on + timedelta(days=integer("r79.days", opened_on))


@clause(ASSISTANCE, "73", "骗取社会救助的，责令退回非法获取的救助资金")
@clause(ASSISTANCE, "74", "拒不停止领取的，责令退回")
def overpayment_followed(opened_on: date, found: Money, decided_on: date | None, *, on: date) -> Finding:
    """R79 多发未追: found more than thirty days ago, and no decision by the day `on`, or one that came later."""
    by, day = recovery_decided_by(opened_on), decided_on or on
    done = f"于{decided_on}作出决定" if decided_on else "尚未作出决定"
    return finding(overpayment_followed, day <= by, f"{opened_on}发现多发{found}元，{done}，30天期限{by}")
