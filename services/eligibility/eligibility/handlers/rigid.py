"""刚性支出困难家庭: a status that begins with the decision that finds it and ends with its term (its 办法 art. 10)."""

from __future__ import annotations

from typing import Literal

from doudi.division import Division
from doudi.events.eligibility_status import RigidStatusEnded, RigidStatusGranted
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import common
from eligibility.model import Case
from eligibility.model.rigid import RigidStatus
from eligibility.store import rigid as store

_BY = "system:time"


async def decided(case: Case, made: rules.Determination, tx: Transaction) -> None:
    """The leader signed: an earlier status of the household gives way, and a refusal that finds one begins it."""
    by, granted = common.officer(tx), case.status == "APPROVED"
    household = case.members.household_id
    for earlier in await store.active_of(tx, household):
        cause: Literal["DIBAO", "DECIDED_ANEW"] = "DIBAO" if granted else "DECIDED_ANEW"
        earlier.give_way(cause, tx.today)
        await _say_ended(earlier, cause, by, tx)
    if granted or made.outcome != "RIGID":
        return
    await tx.session.flush()
    begun = RigidStatus.begin(case.division, case.id, household, made.rule_set, tx.today)
    tx.session.add(begun)
    await tx.announce(
        RigidStatusGranted(
            status_id=begun.id,
            application_id=case.id,
            household_id=household,
            division=Division(case.division),
            rule_set=made.rule_set,
            findings=list(made.findings),
            decided_on=tx.today,
            valid_until=begun.valid_until,
            by=by,
        )
    )


async def end_terms(tx: Transaction) -> int:
    """Statuses whose last day went by: the household applies anew if it is still in need."""
    over = await store.over(tx, tx.today)
    for status in over:
        status.end_of_term(tx.today)
        await _say_ended(status, "TERM", _BY, tx)
    return len(over)


async def _say_ended(
    status: RigidStatus, cause: Literal["TERM", "DIBAO", "DECIDED_ANEW"], by: str, tx: Transaction
) -> None:
    await tx.announce(
        RigidStatusEnded(
            status_id=status.id,
            application_id=status.application_id,
            household_id=status.household_id,
            division=Division(status.division),
            cause=cause,
            last_day=status.valid_until,
            ended_on=tx.today,
            by=by,
        )
    )
