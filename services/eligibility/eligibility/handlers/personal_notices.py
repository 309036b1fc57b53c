"""Notices (通知书) of programmes of one person: each decision, change and stop is told in writing and kept."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from doudi.calendar import Month
from doudi.law import Finding
from doudi.money import Money
from doudi.service import check_version
from doudi.transaction import Transaction
from eligibility import store as cases
from eligibility.handlers import notices
from eligibility.model import ProgrammeAward, ProgrammeCase
from eligibility.model.personal_notice import PersonalNotice
from eligibility.rules.programmes import ProgrammeDetermination
from eligibility.rules.standards import Change
from eligibility.store import programmes as store


async def decided(case: ProgrammeCase, made: ProgrammeDetermination, tx: Transaction) -> None:
    """Writes the approval or the refusal (民发〔2021〕43号 art. 18)."""
    tx.session.add(PersonalNotice.of_decision(case, made))


async def changed(
    award: ProgrammeAward, before: Money, from_month: Month, because: str, found: Sequence[Finding], tx: Transaction
) -> None:
    """Writes that another amount is paid. `before`: what was paid a month."""
    to = (await store.find_case(tx, award.case_id)).person_name
    tx.session.add(
        PersonalNotice.of_award(
            award, "CHANGE", (because, found), tx.today, (to, False),
            amount_fen=award.amount_fen, before_fen=before.fen, from_month=str(from_month),
        )
    )  # fmt: skip


async def stopped(award: ProgrammeAward, last: Month, because: str, found: Sequence[Finding], tx: Transaction) -> None:
    """Writes that the award ends; to the family where the person is dead."""
    to = (await store.find_case(tx, award.case_id)).person_name
    dead = bool(await cases.dead_among(tx, [award.match_key]))
    tx.session.add(
        PersonalNotice.of_award(
            award, "STOP", (because, found), tx.today, (to, dead), amount_fen=0, last_month=str(last)
        )
    )


async def serve_refusal(id_: UUID, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The written refusal was handed to the applicant: its three days are kept, or were not."""
    case = await store.case(tx, id_, lock=True)
    check_version(case.version, version)
    case.serve_refusal(tx.today)
    await tx.announce(notices.refusal_served(case, tx))
    return case


def of_standard(
    case: ProgrammeCase,
    award: ProgrammeAward,
    change: Change,
    from_month: Month,
    because: str,
    made: ProgrammeDetermination,
    tx: Transaction,
) -> PersonalNotice:
    """Writes that a changed standard pays another amount (国务院令649号 art. 13); the case gives the name."""
    notice = PersonalNotice.of_award(
        award, "CHANGE", (because, made.findings), tx.today, (case.person_name, False),
        amount_fen=change.new_fen, before_fen=change.old_fen, from_month=str(from_month),
    )  # fmt: skip
    tx.session.add(notice)
    return notice
