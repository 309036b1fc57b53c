"""Raising, withdrawing and answering flags. A flag is a question: nothing here changes anybody's money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from doudi.calendar import Calendar
from doudi.division import Division
from doudi.events.oversight import FlagRaised, FlagSettled
from doudi.service import check_version
from doudi.transaction import Transaction
from oversight import rules
from oversight.model import ITSELF, Flag, Ground, Shown, State
from oversight.store import flags as store


def heard(tx: Transaction) -> Shown:
    """The event that is being handled, as evidence."""
    assert tx.hearing is not None
    return Shown(tx.hearing.id, tx.hearing.time)


async def ask(tx: Transaction, grounds: Sequence[Ground]) -> None:
    """Raises the flags of these grounds; one that stands gains them as further reasons."""
    calendar = Calendar.load()
    fresh: dict[UUID, None] = {}
    for ground in grounds:
        severity = ground.severity or rules.INDICATORS[ground.indicator].severity
        due_on = rules.answer_due(severity, ground.shown_on, calendar)
        if await store.add_flag(tx, ground, severity, due_on):
            fresh[ground.flag_id] = None
    await store.add_grounds(tx, grounds)
    for flag_id in {g.flag_id: None for g in grounds}:
        flag = await store.flag_for_update(tx, flag_id)
        assert flag is not None
        again = flag.asked_again()
        heavier = [flag.weighs(g.severity) for g in grounds if g.flag_id == flag_id and g.severity]
        if again or any(heavier) or flag_id in fresh:
            await _announce(tx, flag)


async def hold(tx: Transaction, scopes: Iterable[str], grounds: Sequence[Ground]) -> None:
    """These scopes were judged anew: raises what is found, and withdraws flags for which no reason is left.

    What one topic says can explain what another said before; a flag raised in between is settled as a false positive
    by oversight itself, with that reason.
    """
    await ask(tx, grounds)
    for flag_id in await store.keep_only(tx, list(scopes), grounds):
        flag = await store.flag_for_update(tx, flag_id)
        assert flag is not None
        if flag.explained(on=tx.today):
            await _settled(tx, flag)


async def assign(flag_id: UUID, to: str, tx: Transaction, version: int | None) -> Flag:
    """An inspector is to look into it."""
    flag = await store.flag_to_act_on(tx, flag_id)
    check_version(flag.version, version)
    flag.assign(to, on=tx.today)
    return flag


async def settle(flag_id: UUID, outcome: State, reason: str, tx: Transaction, version: int | None) -> Flag:
    """The question is answered, put right, or closed."""
    flag = await store.flag_to_act_on(tx, flag_id)
    check_version(flag.version, version)
    assert tx.principal is not None
    flag.settle(outcome, reason, by=tx.principal.sub, on=tx.today)
    await _settled(tx, flag)
    return flag


async def _announce(tx: Transaction, flag: Flag) -> None:
    found = (await store.reasons(tx, [flag.id]))[flag.id]
    await tx.announce(
        FlagRaised(
            flag_id=flag.id,
            indicator=flag.indicator,
            severity=cast(rules.Severity, flag.severity),
            subject_kind=flag.subject_kind,
            subject_id=flag.subject_id,
            division=Division(flag.division) if flag.division else None,
            evidence=sorted({event for reason in found for event in reason.evidence}),
            because="；".join(dict.fromkeys(reason.because for reason in found)),
            raised_on=flag.raised_on,
            due_on=flag.due_on,
        )
    )


async def _settled(tx: Transaction, flag: Flag) -> None:
    assert flag.settled_on
    await tx.announce(
        FlagSettled(
            flag_id=flag.id,
            outcome=flag.state.value,
            reason=flag.reason or "",
            settled_on=flag.settled_on,
            by=flag.settled_by or ITSELF,
        )
    )
