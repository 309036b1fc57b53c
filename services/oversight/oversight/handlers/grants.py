"""R81 to R85: who granted relief, how much, to whom, how often."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from doudi.clock import SHANGHAI
from doudi.division import Division, Level
from doudi.events.relief import AdvanceGranted, FollowUpGranted, ReliefClosed
from doudi.events.relief_requests import RequestAccepted, RequestGranted
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers.flags import ask, heard, hold
from oversight.model import Ground
from oversight.store import grants as store
from oversight.store import heard as facts
from oversight.store.grants import Grant

_TOWNSHIPS = UUID("6f2f5b1e-0f0c-5a57-9d0e-640520000085")
_SHOWN = 10
"""How many grants stand as evidence at most: the last ones."""


async def request_accepted(event: RequestAccepted, tx: Transaction) -> None:
    """Where a request belongs."""
    await facts.alone(tx)
    await facts.place(tx, event.request_id, event.division)


async def advance_granted(event: AdvanceGranted, tx: Transaction) -> None:
    """An advance: within the limit, not split, not again without the county, not the only way of a township."""
    await facts.alone(tx)
    cause, registry = await store.report_of(tx, event.relief_case_id)
    grant = Grant(
        heard(tx), "ADVANCE", event.relief_case_id, event.division, [event.person_id], event.persons, cause, registry,
        event.level, event.amount, event.granted_at.astimezone(SHANGHAI).date(),
    )  # fmt: skip
    await _keep_and_judge(tx, grant)


async def request_granted(event: RequestGranted, tx: Transaction) -> None:
    """A request: as an advance, and not below the floor."""
    await facts.alone(tx)
    grant = Grant(
        heard(tx), "EXPENDITURE", event.request_id, event.division, event.members, event.persons, event.cause,
        event.registry, event.level, event.amount, event.granted_at.astimezone(SHANGHAI).date(),
    )  # fmt: skip
    await _keep_and_judge(tx, grant)
    await _judge_floor(tx, grant.case_id)


async def follow_up_granted(event: FollowUpGranted, tx: Transaction) -> None:
    """More in the same case: it counts towards the floor."""
    await facts.alone(tx)
    cause, registry = await store.report_of(tx, event.relief_case_id)
    on = event.granted_at.astimezone(SHANGHAI).date()
    await store.add_grant(
        tx,
        Grant(
            heard(tx), "FOLLOW_UP", event.relief_case_id, event.division, [event.person_id], event.persons, cause,
            registry, "COUNTY", event.amount, on,
        ),
    )  # fmt: skip


async def closed(event: ReliefClosed, tx: Transaction) -> None:
    """R84: nothing more comes in a case; what it was granted is all."""
    await facts.alone(tx)
    if event.outcome == "COMPLETE":
        await _judge_floor(tx, event.relief_case_id)


async def _keep_and_judge(tx: Transaction, grant: Grant) -> None:
    await store.add_grant(tx, grant)
    within = rules.within_township_limit(grant.level, grant.amount, on=grant.on, division=grant.division)
    if not within.met:
        await ask(tx, [_ground("R81", grant, within.because, [grant])])
    await _judge_household(tx, grant)
    await _judge_township(tx, grant)


async def _judge_household(tx: Transaction, heard_now: Grant) -> None:
    """R82 and R83 of this grant and of each later one to these people: what is heard late may explain or show more."""
    later = [g for g in await store.grants_to(tx, heard_now.people) if _place(g) >= _place(heard_now)]
    grounds = []
    for grant in later:
        before = [g for g in await store.grants_to(tx, grant.people) if _place(g) < _place(grant)]
        grounds += [*_split(grant, before), *_again(grant, before)]
    await hold(tx, [f"{indicator}/{g.case_id}" for g in later for indicator in ("R82", "R83")], grounds)


def _place(grant: Grant) -> tuple[date, datetime, UUID]:
    return grant.on, grant.shown.said_at, grant.shown.event_id


def _split(grant: Grant, before: list[Grant]) -> list[Ground]:
    """R82: of what the township granted."""
    if grant.level != "TOWNSHIP":
        return []
    alone = [g for g in before if g.level == "TOWNSHIP"]
    found = rules.not_split(
        [rules.Helped(g.on, g.amount) for g in alone], rules.Helped(grant.on, grant.amount), division=grant.division
    )
    together = [*alone, grant][-min(int(found.parameters["times"]), _SHOWN) :]
    return [] if found.met else [_ground("R82", grant, found.because, together)]


def _again(grant: Grant, before: list[Grant]) -> list[Ground]:
    """R83."""
    same = [g for g in before if g.cause in rules.one_matter(grant.cause)]
    found = rules.again_with_consent(grant.level, [g.on for g in same], on=grant.on)
    return [] if found.met else [_ground("R83", grant, found.because, [grant, same[-1]])]


async def _judge_floor(tx: Transaction, case_id: UUID) -> None:
    """R84: all that was granted in a case, by the mean that was in force at its first grant."""
    granted = await store.grants_of_case(tx, case_id)
    if not granted:
        return
    first, total = granted[0], sum((g.amount for g in granted[1:]), granted[0].amount)
    found = rules.at_the_floor(first.registry, first.persons, total, on=first.on, division=first.division)
    if not found.met:
        await ask(tx, [_ground("R84", first, found.because, list(granted[:_SHOWN]))])


async def _judge_township(tx: Transaction, grant: Grant) -> None:
    """R85: the township's year so far."""
    if grant.division.level < Level.TOWNSHIP:
        return
    township, year = grant.division.code[:9], grant.on.year
    count, advances = await store.grants_in(tx, township, year)
    subject = ("township", f"{township}/{year}")
    case_id = uuid5(_TOWNSHIPS, subject[1])
    found = rules.urgent_in_measure(len(advances), count, on=grant.on)
    grounds = [] if found.met else [
        Ground.of("R85", subject, case_id, found.because, advances[:_SHOWN], division=_township(township))
    ]  # fmt: skip
    await hold(tx, [f"R85/{case_id}"], grounds)


def _township(prefix: str) -> str:
    return str(Division(prefix + "000"))


def _ground(indicator: str, grant: Grant, because: str, shown: list[Grant]) -> Ground:
    kind = "relief-request" if grant.kind == "EXPENDITURE" else "relief-case"
    return Ground.of(
        indicator, (kind, grant.case_id), grant.case_id, because, [g.shown for g in shown],
        division=str(grant.division),
    )  # fmt: skip
