"""Recovery cases, the months that they are about, and what was repaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from doudi.calendar import Month
from doudi.division import Division
from doudi.errors import NotFound
from doudi.money import Money
from doudi.transaction import Transaction, new_id
from payments.model import Recovery, RecoveryState


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of recoveries is narrowed to."""

    division: Division | None = None
    state: RecoveryState | None = None
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MonthOfMoney:
    """One person's item of one month."""

    person_id: UUID
    programme: str
    item: str
    month: Month


@dataclass(frozen=True, slots=True)
class PartOf:
    """What a case claims of one month's item, and what of it came back."""

    recovery_id: UUID
    money: MonthOfMoney
    claimed: Money
    repaid: Money

    @property
    def rest(self) -> Money:
        """Claimed and not repaid."""
        return self.claimed - self.repaid


@dataclass(frozen=True, slots=True)
class Repayment:
    """An instalment as it is recorded."""

    receipt: str
    amount: Money
    way: str
    repaid_on: date


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A paid line of a subject, or of its arrears one month's item; `claimed` of it by any case."""

    payment_id: UUID
    division: str
    money: MonthOfMoney
    amount: Money
    claimed: Money


async def add(tx: Transaction, recovery: Recovery) -> None:
    """Keeps a new case."""
    tx.session.add(recovery)
    await tx.session.flush()


async def for_update(tx: Transaction, recovery_id: UUID) -> Recovery:
    """Locks a case of the principal's subtree. Raises NotFound."""
    recovery = await locked(tx, recovery_id)
    if tx.principal is None or recovery is None or not tx.principal.may_see(recovery.division):
        raise NotFound
    return recovery


async def locked(tx: Transaction, recovery_id: UUID) -> Recovery | None:
    """Locks a case, whoever asks."""
    query = select(Recovery).where(Recovery.id == recovery_id).with_for_update()
    return (await tx.session.exec(query.execution_options(populate_existing=True))).first()


async def to_see(tx: Transaction, recovery_id: UUID) -> Recovery:
    """A case of the principal's subtree. Raises NotFound."""
    recovery = await tx.session.get(Recovery, recovery_id)
    if recovery is None or tx.principal is None or not tx.principal.may_see(recovery.division):
        raise NotFound
    return recovery


async def page(tx: Transaction, filters: Filters, *, after: UUID | None, limit: int) -> Sequence[Recovery]:
    """Cases of the principal's subtree, in the order in which they were opened."""
    assert tx.principal is not None
    query = select(Recovery).where(col(Recovery.division).like(tx.principal.prefix + "%"))
    if filters.division is not None:
        query = query.where(col(Recovery.division).like(filters.division.prefix + "%"))
    if filters.state is not None:
        query = query.where(Recovery.status == filters.state.value)
    if filters.subject_id is not None:
        query = query.where(Recovery.subject_id == filters.subject_id)
    if after is not None:
        query = query.where(col(Recovery.id) > after)
    return (await tx.session.exec(query.order_by(col(Recovery.id)).limit(limit))).all()


async def found_and_open(tx: Transaction, subject_id: UUID) -> Recovery | None:
    """Locks the case of a subject that was opened by itself and is not decided on."""
    query = select(Recovery).where(
        Recovery.subject_id == subject_id, Recovery.origin == "DETECTED", Recovery.status == RecoveryState.OPEN.value
    )
    return (await tx.session.exec(query.with_for_update().execution_options(populate_existing=True))).first()


async def claim(tx: Transaction, recovery_id: UUID, claims: Sequence[tuple[MonthOfMoney, Money]], undue: bool) -> None:
    """A case claims so much more of these months' items."""
    await tx.executemany(
        """INSERT INTO recovery_part (recovery_id, person_id, programme, item, month, fen, undue)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (recovery_id, person_id, programme, item, month)
           DO UPDATE SET fen = recovery_part.fen + excluded.fen""",
        [(recovery_id, m.person_id, m.programme, m.item, m.month.first_day, amount.fen, undue) for m, amount in claims],
    )


async def lower(tx: Transaction, recovery_id: UUID, money: MonthOfMoney, less: Money) -> None:
    """A case claims so much less of a month's item."""
    await tx.execute(
        f"UPDATE recovery_part SET fen = fen - $6 WHERE recovery_id = $5 AND {_MONEY}",
        *_values(money), recovery_id, less.fen,
    )  # fmt: skip


async def drop_claims(tx: Transaction, recovery_id: UUID) -> None:
    """A case claims nothing any more."""
    await tx.execute("UPDATE recovery_part SET fen = repaid_fen WHERE recovery_id = $1", recovery_id)


async def is_undue(tx: Transaction, money: MonthOfMoney) -> None:
    """What an officer claimed is not due by the award either."""
    await tx.execute(f"UPDATE recovery_part SET undue = true WHERE {_MONEY}", *_values(money))


async def parts(tx: Transaction, recovery_id: UUID) -> list[PartOf]:
    """The months of a case, the earliest first."""
    rows = await tx.fetch(
        "SELECT * FROM recovery_part WHERE recovery_id = $1 ORDER BY month, person_id, programme, item", recovery_id
    )
    return [_part(row) for row in rows]


async def claims_on(tx: Transaction, money: MonthOfMoney) -> list[PartOf]:
    """Which cases claim a month's item that is not due, those not decided on first, then the newest. Locks them."""
    await tx.fetch(
        f"""SELECT id FROM recovery WHERE id IN (SELECT recovery_id FROM recovery_part WHERE {_MONEY})
            ORDER BY id FOR UPDATE""",
        *_values(money),
    )  # fmt: skip
    rows = await tx.fetch(
        f"""SELECT p.* FROM recovery_part p JOIN recovery r ON r.id = p.recovery_id
            WHERE {_MONEY} AND undue ORDER BY r.status <> 'OPEN', r.id DESC""",
        *_values(money),
    )  # fmt: skip
    return [_part(row) for row in rows]


async def repay(tx: Transaction, recovery_id: UUID, shares: Sequence[tuple[PartOf, Money]]) -> None:
    """So much of these months' items came back."""
    await tx.executemany(
        f"UPDATE recovery_part SET repaid_fen = repaid_fen + $6 WHERE recovery_id = $5 AND {_MONEY}",
        [(*_values(part.money), recovery_id, share.fen) for part, share in shares if share],
    )


async def add_repayment(tx: Transaction, recovery_id: UUID, repayment: Repayment, by: str) -> bool:
    """Records an instalment; False when its receipt is known."""
    return bool(
        await tx.execute(
            """INSERT INTO repayment (id, recovery_id, receipt, amount_fen, way, repaid_on, recorded_by, recorded_on)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (recovery_id, receipt) DO NOTHING""",
            new_id(), recovery_id, repayment.receipt, repayment.amount.fen, repayment.way, repayment.repaid_on, by,
            tx.today,
        )
    )  # fmt: skip


async def repayments(tx: Transaction, recovery_id: UUID) -> Sequence[Any]:
    """The instalments of a case, in the order in which they were recorded."""
    return await tx.fetch("SELECT * FROM repayment WHERE recovery_id = $1 ORDER BY id", recovery_id)


async def paid_lines(tx: Transaction, subject_id: UUID, payments: Sequence[UUID]) -> list[PaidLine]:
    """The paid lines of a subject among these, in the principal's subtree; an arrears line by the months that it makes
    good, the earliest first."""
    assert tx.principal is not None
    rows = await tx.fetch(
        """SELECT p.id, p.division, p.person_id, p.programme, coalesce(a.item, p.item) AS item,
                  coalesce(a.month, p.month) AS month, coalesce(a.amount_fen, p.amount_fen) AS fen,
                  coalesce((SELECT sum(r.fen) FROM recovery_part r WHERE r.person_id = p.person_id
                      AND r.programme = p.programme AND r.item = coalesce(a.item, p.item)
                      AND r.month = coalesce(a.month, p.month)), 0)::bigint AS claimed
           FROM payment p LEFT JOIN arrears_part a ON a.payment_key = p.payment_key AND p.item = 'ARREARS'
           WHERE p.subject_id = $1 AND p.id = ANY($2::uuid[]) AND p.status = 'PAID' AND p.division LIKE $3 || '%'
           ORDER BY p.id, month, item""",
        subject_id, list(payments), tx.principal.prefix,
    )  # fmt: skip
    return [
        PaidLine(
            r["id"],
            r["division"],
            MonthOfMoney(r["person_id"], r["programme"], r["item"], Month.of(r["month"])),
            Money(r["fen"]),
            Money(r["claimed"]),
        )
        for r in rows
    ]


_MONEY = "person_id = $1 AND programme = $2 AND item = $3 AND month = $4"


def _values(money: MonthOfMoney) -> tuple[Any, ...]:
    return (money.person_id, money.programme, money.item, money.month.first_day)


def _part(row: Any) -> PartOf:
    money = MonthOfMoney(row["person_id"], row["programme"], row["item"], Month.of(row["month"]))
    return PartOf(row["recovery_id"], money, Money(row["fen"]), Money(row["repaid_fen"]))
