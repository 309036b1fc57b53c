"""Awards as payments knows them, payees, deaths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi.calendar import Month
from doudi.errors import NotFound
from doudi.events.eligibility import AwardLine
from doudi.events.eligibility_programmes import PersonalLine
from doudi.events.parts import Account
from doudi.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Payee:
    """Who gets the money of a subject."""

    subject_id: UUID
    version: int
    person_id: UUID


@dataclass(frozen=True, slots=True)
class Correction:
    """What a payee's account is replaced by, sealed; the person only when it is another one."""

    number: str
    bank_code: str
    proof: str
    person_id: UUID | None = None
    name: str | None = None
    id_number: str | None = None


async def lock(tx: Transaction, award_id: UUID) -> bool:
    """Locks the award's row; False when there is none."""
    return bool(await tx.fetchval("SELECT true FROM award WHERE id = $1 FOR UPDATE", award_id))


async def add(tx: Transaction, award_id: UUID, division: str, programme: str, starts: Month) -> None:
    """An award from its first month on."""
    await tx.execute(
        "INSERT INTO award (id, version, division, programme, starts) VALUES ($1, 1, $2, $3, $4)",
        award_id, division, programme, starts.first_day,
    )  # fmt: skip


async def replace_lines(
    tx: Transaction, award_id: UUID, lines: Sequence[AwardLine | PersonalLine], from_month: Month
) -> None:
    """From a month on these lines hold; what held before ends with the month before it."""
    first, last = from_month.first_day, from_month.previous().first_day
    await tx.execute("DELETE FROM award_line WHERE award_id = $1 AND from_month >= $2", award_id, first)
    await tx.execute(
        "UPDATE award_line SET until_month = $2 WHERE award_id = $1 AND (until_month IS NULL OR until_month > $2)",
        award_id, last,
    )  # fmt: skip
    await tx.execute(
        """INSERT INTO award_line (award_id, person_id, item, from_month, amount_fen)
           SELECT $1, person_id, item, $2, fen
           FROM unnest($3::uuid[], $4::text[], $5::bigint[]) AS l (person_id, item, fen)""",
        award_id, first, [x.person_id for x in lines], [x.item for x in lines], [x.amount.fen for x in lines],
    )  # fmt: skip
    await tx.execute("UPDATE award SET version = version + 1 WHERE id = $1", award_id)


async def hold(tx: Transaction, award_id: UUID, from_month: Month) -> None:
    """From a month on its money is held: it is owed, but not due. An earlier hold stays."""
    await tx.execute(
        "UPDATE award SET held_before = least(held_before, $2), version = version + 1 WHERE id = $1",
        award_id, from_month.previous().first_day,
    )  # fmt: skip


async def release(tx: Transaction, award_id: UUID) -> None:
    """Its money is held no more; the next run takes the months that were."""
    await tx.execute("UPDATE award SET held_before = NULL, version = version + 1 WHERE id = $1", award_id)


async def taper(tx: Transaction, award_id: UUID, last_month: Month | None) -> None:
    """It pays to a taper's last month; None: the taper is given up, and it goes on."""
    await tx.execute(
        "UPDATE award SET taper_until = $2, version = version + 1 WHERE id = $1",
        award_id, None if last_month is None else last_month.first_day,
    )  # fmt: skip


async def stop(tx: Transaction, award_id: UUID, last_month: Month) -> None:
    """The award ends with a month; an earlier end stays."""
    await tx.execute(
        "UPDATE award SET last_month = least(last_month, $2), version = version + 1 WHERE id = $1",
        award_id, last_month.first_day,
    )  # fmt: skip


async def died(tx: Transaction, person_id: UUID, month: Month) -> None:
    """The person died in this month; of two reports the earlier month counts."""
    await tx.execute(
        """INSERT INTO death (person_id, month) VALUES ($1, $2)
           ON CONFLICT (person_id) DO UPDATE SET month = least(death.month, excluded.month)""",
        person_id, month.first_day,
    )  # fmt: skip


async def add_payee(tx: Transaction, subject_id: UUID, division: str, account: Account, *, usable: bool) -> None:
    """Where a subject's money goes. An account that cannot be paid to is left out, and its lines are held."""
    number, bank = (str(account.number), account.bank_code) if usable else (None, None)
    await tx.execute(
        """INSERT INTO payee (subject_id, version, division, person_id, name, id_number, account_number, bank_code,
                              account_version) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, 1)""",
        subject_id, division, account.payee_person_id, account.payee_name, account.payee_id_number, number, bank,
    )  # fmt: skip


async def payee_is_known(tx: Transaction, subject_id: UUID) -> bool:
    """Whether it was told before where this subject's money goes; a correction since then holds."""
    return bool(await tx.fetchval("SELECT EXISTS (SELECT FROM payee WHERE subject_id = $1)", subject_id))


async def payee_for_update(tx: Transaction, subject_id: UUID) -> None:
    """Locks the payee of a subject in the principal's subtree. Raises NotFound."""
    division = await tx.fetchval("SELECT division FROM payee WHERE subject_id = $1 FOR UPDATE", subject_id)
    if division is None or tx.principal is None or not tx.principal.may_see(division):
        raise NotFound


async def correct_account(tx: Transaction, subject_id: UUID, new: Correction, by: str, on: date) -> Payee:
    """Another account, and where the payee is another person, that person. Lines that went to the old one keep it."""
    row = await tx.fetchrow(
        """UPDATE payee SET account_number = $2, bank_code = $3, proof = $4, corrected_by = $5, corrected_on = $6,
                  person_id = coalesce($7, person_id), name = coalesce($8, name),
                  id_number = coalesce($9, id_number),
                  account_version = account_version + 1, version = version + 1 WHERE subject_id = $1
           RETURNING version, person_id""",
        subject_id, new.number, new.bank_code, new.proof, by, on, new.person_id, new.name, new.id_number,
    )  # fmt: skip
    assert row is not None
    return Payee(subject_id, row["version"], row["person_id"])
