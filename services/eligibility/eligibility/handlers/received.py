"""What the township sends: a case, or that the applicant took it back."""

from __future__ import annotations

from doudi.events.eligibility import SecondPostingEnded
from doudi.events.intake import ApplicationForwarded, ApplicationForwardedV1, ApplicationWithdrawn
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common, samples
from eligibility.model import Case, refusals


async def receive(event: ApplicationForwarded | ApplicationForwardedV1, tx: Transaction) -> None:
    """民发〔2012〕220号 art. 26: the county looks at the township's case; the rules make a first determination.

    On a day whose rule set is not implemented the case is received and waits: nothing is decided by the wrong law.
    """
    case = await store.find_case(tx, event.application_id)
    if case is None:
        case = Case.received(event)
        tx.session.add(case)
    elif case.awaits_the_township:
        case.receive(event)
    else:
        return
    await tx.session.flush()
    await samples.draw(case, tx)
    try:
        record = await common.determine(case, rules.Choice(), None, tx)
    except (refusals.WrongRuleSet, refusals.NotEligible):
        return
    case.determination_id = record.id


async def receive_v1(event: ApplicationForwardedV1, tx: Transaction) -> None:
    """A case of the time when version 1 alone was said; what version 2 says too is received there."""
    if not event.also_in_v2:
        await receive(event, tx)


async def withdraw(event: ApplicationWithdrawn, tx: Transaction) -> None:
    """The applicant took it back before a decision; what hangs is taken down (domain §4.3)."""
    hanging = await store.posting_of(tx, event.application_id)
    case = await store.find_case(tx, event.application_id)
    if case is None:
        return
    case.withdraw()
    if hanging is not None and hanging.kind == "POSTING":
        hanging.end(tx.today, full=False)
        await tx.announce(
            SecondPostingEnded(application_id=case.id, posted_on=hanging.posted_on, ended_on=tx.today, full=False)
        )
