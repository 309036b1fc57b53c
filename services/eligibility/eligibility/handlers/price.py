"""The temporary price subsidy of a month (C45): three people let it go, then everybody gets it whom it is for, once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from doudi.calendar import Month
from doudi.dated import MissingParameter
from doudi.division import Division, Level
from doudi.errors import Conflict, Forbidden
from doudi.events.eligibility import AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardGranted
from doudi.service import check_version
from doudi.transaction import Transaction, new_id
from eligibility import rules, store
from eligibility.handlers import common
from eligibility.handlers.programme_awards import lines
from eligibility.model import PriceRun, refusals
from eligibility.rules import programmes
from eligibility.rules.programmes.numbers import PriceNumbers
from eligibility.store import price as price_store

_BY = "system:price-subsidy"


async def _numbers(division: str, month: Month, tx: Transaction) -> PriceNumbers:
    try:
        return programmes.resolve(PriceNumbers, month.first_day, Division(division), await store.parameters(tx))
    except (MissingParameter, rules.RuleSetNotImplemented) as error:
        raise refusals.NotTriggered(detail=str(error)) from error


async def prepare(division: Division, month: Month, tx: Transaction) -> PriceRun:
    """The clerk prepares a month of a county. Raises NotTriggered, Conflict or Forbidden."""
    assert tx.principal is not None
    if not tx.principal.may_see(division) or division.level is not Level.COUNTY:
        raise Forbidden(field="division", detail="只能为本县（区）办理")
    numbers = await _numbers(division.code, month, tx)
    if month > Month.of(tx.today) or not programmes.price.was_triggered(numbers).met:
        raise refusals.NotTriggered(field="month", detail=str(month))
    if await price_store.taken(tx, division.code, str(month)):
        raise Conflict(field="month", detail="该月份已经办理")
    run = PriceRun(
        division=division.code,
        month=str(month),
        amount_fen=numbers.amount,
        prepared_by=common.officer(tx),
        prepared_on=tx.today,
    )
    tx.session.add(run)
    return run


async def check(id_: UUID, tx: Transaction, version: int | None) -> PriceRun:
    """The section head agrees."""
    run = await price_store.run(tx, id_, lock=True)
    check_version(run.version, version)
    run.check(common.officer(tx))
    return run


async def sign(id_: UUID, tx: Transaction, version: int | None) -> PriceRun:
    """The leader lets it be granted."""
    run = await price_store.run(tx, id_, lock=True)
    check_version(run.version, version)
    run.sign(common.officer(tx), tx.today)
    return run


async def grant(tx: Transaction) -> int:
    """Grants a signed month, 200 people at a time; a break loses nothing and repeats nothing."""
    run = await price_store.signed(tx)
    if run is None:
        return 0
    month = Month.parse(run.month)
    numbers = replace(await _numbers(run.division, month, tx), amount=run.amount_fen)
    people = await price_store.entitled(tx, run, month.first_day, numbers.gates, limit=200)
    if not people:
        run.done()
        return 1
    granted = 0
    for person in people:
        award_id = new_id()
        if await price_store.grant(tx, run, award_id, person, run.amount_fen):
            await _say(run, award_id, person, numbers, month, tx)
            granted += 1
    run.count(granted)
    return len(people)


async def _say(
    run: PriceRun, award_id: UUID, to: price_store.Entitled, numbers: PriceNumbers, month: Month, tx: Transaction
) -> None:
    facts = programmes.price.PriceFacts(person_id=str(to.person_id), holds=to.holds)
    made = programmes.price.determine_price(facts, numbers, on=month.first_day)
    granted = PersonalAwardGranted(
        award_id=award_id,
        application_id=None,
        decision_id=run.id,
        person_id=to.person_id,
        division=Division(to.division),
        programme="PRICE_SUB",
        rule_set=made.rule_set,
        lines=lines(made),
        amount=made.amount,
        starts=month,
        review_due_on=month.last_day,
        account=to.account,
    )
    ended = AwardStopped(
        award_id=award_id, last_month=month, reason="价格临时补贴按月发放", findings=list(made.findings),
        stopped_on=tx.today, by=_BY,
    )  # fmt: skip
    await tx.announce(granted, ended)
