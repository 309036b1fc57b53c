"""Recovery (追回) of what was paid beyond what was due (国务院令649号 art. 68; 社会救助法 art. 73; domain §8.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from doudi.law import Finding, clause, finding
from doudi.money import Money
from payments.rules.numbers import ASSISTANCE, DESIGN, RELIEF, integer


@clause(DESIGN, "8.7", "overpaid = paid - due, month by month and item by item")
def overpaid(paid: Money, due: Money) -> Money:
    """What was paid of a month's item beyond what is due of it by now; never below nothing."""
    return max(paid - due, Money.zero())


@clause(RELIEF, "68", "骗取社会救助资金的，责令退回非法获取的救助资金")
@clause(ASSISTANCE, "73", "骗取社会救助的，责令退回非法获取的救助资金")
def recovered_for_concealment(because: str, *, on: date) -> Finding:
    """Recovery because the household concealed or misstated something. `on`: the day of the decision, which says by
    which of the two texts. The fine that both allow is no matter of payments."""
    in_force = (ASSISTANCE,) if integer("recovery.new_law", on) else (RELIEF,)
    return finding(recovered_for_concealment, True, f"隐瞒、虚报：{because}", documents=in_force)


@clause(DESIGN, "8.7 (no fault)", "death, late report, data error: what was paid beyond is taken back without a fine")
def recovered_without_fault(because: str) -> Finding:
    """Recovery although nobody in the household did wrong: a death, a report that came late, an error in the data."""
    return finding(recovered_without_fault, True, f"家庭无过错：{because}")


@clause(DESIGN, "8.7 (hearing)", "in RS2026 the decision to recover follows a hearing")
def heard_before_recovery(heard_on: date | None, *, on: date) -> Finding:
    """Whether the household was heard, or had its chance, before the decision of the day `on`."""
    needed = bool(integer("recovery.new_law", on))
    met = (not needed and heard_on is None) or (heard_on is not None and heard_on <= on)
    said = "未听取" if heard_on is None else f"于{heard_on}听取"
    return finding(heard_before_recovery, met, f"{said}家庭意见，追回决定日期{on}")


@clause(DESIGN, "8.5 (recovery)", "who decides on a recovery did not open it")
def decided_by_another(opened_by: str, by: str) -> Finding:
    """Whether the recovery is decided on by somebody who did not open it."""
    apart = opened_by != by
    because = "立案与决定由不同的人办理" if apart else "立案人不得对本人所立追回案件作出决定"
    return finding(decided_by_another, apart, because)


@clause(DESIGN, "8.5 (write-off)", "money is written off by two people")
def written_off_by_a_second(proposed_by: str, by: str) -> Finding:
    """Whether a write-off is confirmed by somebody who did not propose it."""
    apart = proposed_by != by
    because = "核销的提出与确认由不同的人办理" if apart else "核销的提出人不得确认核销"
    return finding(written_off_by_a_second, apart, because)


@clause(DESIGN, "8.7 (parts)", "what is repaid makes good the earliest months first")
def spread(amount: Money, room: Sequence[Money]) -> list[Money]:
    """How much of an amount falls on each of these parts, in their order; what no part has room for is left out."""
    left, shares = amount, []
    for part in room:
        share = min(left, part)
        shares.append(share)
        left -= share
    return shares
