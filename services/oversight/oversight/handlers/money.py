"""R01, R02, R39, R71, R72, R74: what payments says, beside what was decided and who died."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from doudi.consumer import batched
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardGrantedV1, AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardGranted
from doudi.events.intake import DeathReported
from doudi.events.payments import PaymentInstructed, PaymentPaid, PaymentReturned, RunChecked, RunConfirmed, RunOpened
from doudi.inbox import Heard
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers import people, tapers
from oversight.handlers.flags import ask, heard, hold
from oversight.model import Ground
from oversight.store import heard as facts
from oversight.store import money as store
from oversight.store.heard import Death
from oversight.store.money import Compared, Paid


@batched
async def instructed(batch: Sequence[Heard[PaymentInstructed]], tx: Transaction) -> None:
    """Lines entered a bank file."""
    await facts.alone(tx)
    await store.add_lines(tx, batch)
    await ask(tx, _wrong_amounts(await store.compared(tx, lines=[h.envelope.id for h in batch])))
    await tapers.look_at_lines(tx, sorted({h.event.subject_id for h in batch}))
    await _judge_doubles(tx, [store.money_of(h.event) for h in batch])


@batched
async def paid(batch: Sequence[Heard[PaymentPaid]], tx: Transaction) -> None:
    """The bank credited accounts."""
    await facts.alone(tx)
    await store.add_lines(tx, batch)
    lines = [h.envelope.id for h in batch]
    await ask(tx, _dead(await store.paid_to_the_dead(tx, lines=lines)))
    await ask(tx, _wrong_amounts(await store.compared(tx, lines=lines)))
    await tapers.look_at_lines(tx, sorted({h.event.subject_id for h in batch}))
    await _judge_doubles(tx, [store.money_of(h.event) for h in batch])


@batched
async def returned(batch: Sequence[Heard[PaymentReturned]], tx: Transaction) -> None:
    """The bank sent money back: a later line of the same money may be the re-payment."""
    await facts.alone(tx)
    await store.add_lines(tx, batch)
    await _judge_doubles(tx, [store.money_of(h.event) for h in batch])


async def died(event: DeathReported, tx: Transaction) -> None:
    """R01, R02: a death was reported, perhaps after money was paid, perhaps late."""
    await facts.alone(tx)
    await facts.add_death(tx, Death(heard(tx), event.person_id, event.died_on))
    await ask(tx, _dead(await store.paid_to_the_dead(tx, person=event.person_id)))
    await people.judge_deaths(tx, [event.person_id])


async def granted(event: AwardGranted | AwardGrantedV1 | PersonalAwardGranted, tx: Transaction) -> None:
    """What is due from the first month on."""
    await facts.alone(tx)
    await facts.place(tx, event.award_id, event.division)
    await store.add_version(tx, heard(tx), event.award_id, "GRANTED", event.starts, event.lines)
    await _judge_award(tx, event.award_id)


async def granted_v1(event: AwardGrantedV1, tx: Transaction) -> None:
    """A grant of the time when version 1 alone was said; what version 2 says too is heard there."""
    if not event.also_in_v2:
        await granted(event, tx)


async def adjusted(event: AwardAdjusted | PersonalAwardAdjusted, tx: Transaction) -> None:
    """What is due from another month on."""
    await facts.alone(tx)
    await store.add_version(tx, heard(tx), event.award_id, "ADJUSTED", event.from_month, event.lines)
    await _judge_award(tx, event.award_id)


async def stopped(event: AwardStopped, tx: Transaction) -> None:
    """Nothing is due any more."""
    await facts.alone(tx)
    await store.add_version(tx, heard(tx), event.award_id, "STOPPED", event.last_month.next(), [])
    await _judge_award(tx, event.award_id)


async def run_opened(event: RunOpened, tx: Transaction) -> None:
    """Where a run belongs."""
    await facts.alone(tx)
    await facts.place(tx, event.run_id, event.division)


async def run_checked(event: RunChecked | RunConfirmed, tx: Transaction) -> None:
    """R74: a list was checked, or confirmed after its check."""
    await facts.alone(tx)
    found = rules.checked_by_another(event.maker, event.checker)
    if not found.met:
        await ask(tx, [Ground.of("R74", ("run", event.run_id), event.run_id, found.because, [heard(tx)])])


def _dead(lines: Sequence[Paid]) -> list[Ground]:
    """R01."""
    grounds = []
    for line in lines:
        found = rules.paid_to_the_living(line.month, line.death.died_on, line.amount)
        if not found.met:
            shown = (line.shown, line.death.shown)
            grounds.append(
                Ground.of(
                    "R01", ("payment", line.payment_key), line.subject_id, found.because, shown, scope=line.person_id
                )
            )
    return grounds


def _wrong_amounts(lines: Sequence[Compared]) -> list[Ground]:
    """R71."""
    grounds = []
    for line in lines:
        found = rules.as_decided(line.paid, line.due, on=line.happened_on)
        if not found.met:
            shown = (line.shown, line.decided)
            grounds.append(Ground.of("R71", ("payment", line.payment_key), line.award_id, found.because, shown))
    return grounds


async def _judge_award(tx: Transaction, award_id: UUID) -> None:
    lines = await store.compared(tx, award=award_id)
    await hold(tx, [f"R71/{award_id}"], _wrong_amounts(lines))
    await people.judge_award(tx, award_id)


async def _judge_doubles(tx: Transaction, moneys: Sequence[str]) -> None:
    """R72."""
    grounds = []
    for money, (case_id, lines, events) in (await store.lines_of(tx, moneys)).items():
        said = {shown.event_id: shown for shown in events}
        for earlier, later, found in rules.doubles(lines):
            shown = [said[event] for event in (*earlier.shows, *later.shows)]
            grounds.append(Ground.of("R72", ("payment", money), case_id, found.because, shown, scope=money))
    await hold(tx, [f"R72/{money}" for money in dict.fromkeys(moneys)], grounds)
