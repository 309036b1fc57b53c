"""Which homes the county visits: the stored sample, a report of a case, and the written notice of a refusal."""

from __future__ import annotations

import secrets
from fractions import Fraction
from uuid import UUID

import asyncpg

from doudi.division import Division
from doudi.events.eligibility_steps import (
    CaseReported,
    CaseSampled,
    PersonalCaseSampled,
    WholeTermExtended,
)
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import common, notices
from eligibility.model import Case, ProgrammeCase
from eligibility.rules import programmes
from eligibility.store import samples

_SEED_BYTES = 16


async def draw(case: Case, tx: Transaction) -> None:
    """The case enters the frame of its township and quarter, and is in or out at once. It is drawn only once.

    A case that comes back from the township keeps what was drawn for it.
    """
    drawn, entered = await samples.entry(tx, case.id), None
    if drawn is None:
        share = rules.sampling.rate(case.forwarded_on)
        drawn, entered = await _enter(rules.sampling.frame_of(case.division, case.forwarded_on), case.id, share, tx)
    case.sampled(drawn)
    if entered is not None:
        await tx.announce(_sampled(case, entered, tx))


async def draw_person(case: ProgrammeCase, tx: Transaction) -> bool:
    """An application for a programme of one person, or a change of it, enters the frame of today; whether it is in.

    Where the law sets no share nothing is drawn.
    """
    share = programmes.procedure.sample_rate(case.programme, on=tx.today)
    if not share:
        return False
    frame = rules.sampling.frame_of(case.division, tx.today, case.programme)
    drawn, entered = await _enter(frame, case.id, share, tx)
    await tx.announce(
        PersonalCaseSampled(
            application_id=case.id,
            division=Division(case.division),
            programme=case.programme,
            township=frame.township,
            quarter=frame.quarter,
            rate=entered["rate"],
            position=entered["size"] + 1,
            drawn=drawn,
            drawn_so_far=entered["drawn"] + int(drawn),
            sampled_on=tx.today,
        )
    )
    return drawn


async def _enter(
    of: rules.sampling.Frame, case_id: UUID, share: Fraction, tx: Transaction
) -> tuple[bool, asyncpg.Record]:
    """Whether the case is drawn, and the frame as it was before it came."""
    seed = secrets.token_hex(_SEED_BYTES)
    frame = await samples.frame_for_update(tx, of, seed=seed, rate=str(share), on=tx.today)
    drawn = rules.sampling.draw(
        frame["seed"], str(case_id), Fraction(frame["rate"]), before=frame["size"], drawn_before=frame["drawn"]
    )
    await samples.enter(tx, frame, case_id, drawn=drawn, on=tx.today)
    return drawn, frame


def _sampled(case: Case, frame: asyncpg.Record, tx: Transaction) -> CaseSampled:
    """`frame`: as it was before the case came."""
    return CaseSampled(
        application_id=case.id,
        division=Division(case.division),
        township=frame["township"],
        quarter=frame["quarter"],
        rate=frame["rate"],
        position=frame["size"] + 1,
        drawn=case.drawn,
        drawn_so_far=frame["drawn"] + int(case.drawn),
        visit_because=case.visit_because,
        sampled_on=tx.today,
    )


async def report(case_id: UUID, tx: Transaction, version: int | None) -> Case:
    """Somebody reported the case: the county visits it, whatever was drawn (art. 26)."""
    case = await common.case(tx, case_id, version)
    case.report()
    await tx.announce(
        CaseReported(
            application_id=case.id,
            division=Division(case.division),
            visit_because=case.visit_because or "",
            reported_on=tx.today,
            by=common.officer(tx),
        )
    )
    return case


async def extend(case_id: UUID, because: str, tx: Transaction, version: int | None) -> Case:
    """A special case: the whole procedure has 45 working days (民发〔2021〕57号 art. 22). Raises NotInThisState."""
    case = await common.case(tx, case_id, version)
    case.extend(because, tx.today)
    assert case.whole_due_on is not None
    await tx.announce(
        WholeTermExtended(
            application_id=case.id,
            division=Division(case.division),
            due_on=case.whole_due_on,
            reason=because,
            extended_on=tx.today,
            by=common.officer(tx),
        )
    )
    return case


async def serve_refusal(case_id: UUID, tx: Transaction, version: int | None) -> Case:
    """The written refusal was handed to the applicant: its three days are kept, or were not."""
    case = await common.case(tx, case_id, version)
    case.serve_refusal(tx.today)
    await tx.announce(notices.refusal_served(case, tx))
    return case
