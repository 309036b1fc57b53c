"""What eligibility and intake say: awards, changes, ends, deaths."""

from __future__ import annotations

from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardGrantedV1, AwardStopped
from doudi.events.eligibility_life import AwardResumed, AwardSuspended, TaperGranted
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardGranted
from doudi.events.intake import DeathReported
from doudi.transaction import Transaction
from payments import rules
from payments.handlers import common
from payments.store import awards, overpaid


class AwardUnknown(LookupError):
    """An event about an award that was never heard of: it is parked until an operator brings the award."""


async def granted(event: AwardGranted | AwardGrantedV1 | PersonalAwardGranted, tx: Transaction) -> None:
    """Money is due every month from `starts`, whatever the programme and its items."""
    if await awards.lock(tx, event.award_id):
        return
    await awards.add(tx, event.award_id, str(event.division), event.programme, event.starts)
    await awards.replace_lines(tx, event.award_id, event.lines, event.starts)
    fit = common.usable(tx.keys, event.account)
    await awards.add_payee(tx, event.award_id, str(event.division), event.account, usable=fit)
    await overpaid.look_at(tx, [event.award_id])


async def granted_v1(event: AwardGrantedV1, tx: Transaction) -> None:
    """An award of the time when version 1 alone was said; what version 2 says too is heard there."""
    if not event.also_in_v2:
        await granted(event, tx)


async def adjusted(event: AwardAdjusted | PersonalAwardAdjusted, tx: Transaction) -> None:
    """From a month on the award pays other lines. Where less was due before it already, that month's line says so, and
    what was paid beyond becomes a recovery (domain §8.7)."""
    if not await awards.lock(tx, event.award_id):
        raise AwardUnknown(str(event.award_id))
    since = event.due_since if isinstance(event, AwardAdjusted) else None
    await awards.replace_lines(tx, event.award_id, event.lines, since or event.from_month)
    await overpaid.look_at(tx, [event.award_id])


async def stopped(event: AwardStopped, tx: Transaction) -> None:
    """After a month nothing is paid; what was held up to then is owed, since a hold stops no entitlement."""
    if not await awards.lock(tx, event.award_id):
        raise AwardUnknown(str(event.award_id))
    await awards.stop(tx, event.award_id, event.last_month)
    await overpaid.look_at(tx, [event.award_id])
    await awards.release(tx, event.award_id)


async def suspended(event: AwardSuspended, tx: Transaction) -> None:
    """From a month on the money is held (domain §8.2, step 2)."""
    if not await awards.lock(tx, event.award_id):
        raise AwardUnknown(str(event.award_id))
    await awards.hold(tx, event.award_id, event.from_month)


async def resumed(event: AwardResumed, tx: Transaction) -> None:
    """The money flows again; the held months come as arrears with the next run. A taper given up ends nothing."""
    if not await awards.lock(tx, event.award_id):
        raise AwardUnknown(str(event.award_id))
    if event.taper_given_up:
        await awards.taper(tx, event.award_id, None)
        await overpaid.look_at(tx, [event.award_id])
    if not event.held:
        await awards.release(tx, event.award_id)


async def tapers(event: TaperGranted, tx: Transaction) -> None:
    """The lines go on as they are to the taper's last month, and no further (卫民发〔2019〕21号 二(一)5)."""
    if not await awards.lock(tx, event.award_id):
        raise AwardUnknown(str(event.award_id))
    await awards.taper(tx, event.award_id, event.last_month)
    await overpaid.look_at(tx, [event.award_id])


async def died(event: DeathReported, tx: Transaction) -> None:
    """Nothing is paid for this person after the month of death, whatever the award still says."""
    await awards.died(tx, event.person_id, rules.last_month_after_death(event.died_on))
    await overpaid.look_at_person(tx, event.person_id)
