"""R24, R25, R51, R53: what the county decides, beside the postings that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from doudi.events.eligibility import ApprovalBlocked, DecisionIssued, SecondPostingEnded, SecondPostingStarted
from doudi.events.intake import ApplicationForwarded, ApplicationForwardedV1, FirstPostingEnded
from doudi.law import Finding
from doudi.transaction import Transaction
from oversight import rules
from oversight.handlers import people
from oversight.handlers.flags import ask, heard, hold
from oversight.model import Ground, Shown
from oversight.store import heard as facts
from oversight.store import procedure as store
from oversight.store.procedure import Decision, Posting, Procedure


async def first_posting_ended(event: FirstPostingEnded, tx: Transaction) -> None:
    """The township's posting was taken down. (Its start is not needed: a decision can only come after its end.)"""
    await facts.alone(tx)
    posting = Posting(heard(tx), "FIRST", event.posted_on, None, event.ended_on)
    await store.add_posting(tx, event.application_id, posting)
    await _judge(tx, event)


async def forwarded(event: ApplicationForwarded | ApplicationForwardedV1, tx: Transaction) -> None:
    """The township forwarded: whatever it said about postings before was heard before, for it is the same case."""
    await facts.alone(tx)
    await store.add_forwarded(tx, event.application_id, event.posting_ended_on, heard(tx))
    await people.vehicles(event, tx)
    await _judge(tx, event)


async def forwarded_v1(event: ApplicationForwardedV1, tx: Transaction) -> None:
    """One of the time when version 1 alone was said; what version 2 says too is heard there."""
    if not event.also_in_v2:
        await forwarded(event, tx)


async def second_posting_started(event: SecondPostingStarted, tx: Transaction) -> None:
    """The county's posting hangs."""
    await facts.alone(tx)
    posting = Posting(heard(tx), "SECOND", event.posted_on, event.ends_on, None)
    await store.add_posting(tx, event.application_id, posting)


async def second_posting_ended(event: SecondPostingEnded, tx: Transaction) -> None:
    """The county's posting was taken down, perhaps after the decision."""
    await facts.alone(tx)
    posting = Posting(heard(tx), "SECOND", event.posted_on, None, event.ended_on)
    await store.add_posting(tx, event.application_id, posting)
    await _judge(tx, event)


async def approval_blocked(event: ApprovalBlocked, tx: Transaction) -> None:
    """R24, R25: somebody asked for what the law forbids; eligibility refused."""
    await facts.alone(tx)
    await _judge_coverage(tx, event, None, event.blocked_on)


async def decision_issued(event: DecisionIssued, tx: Transaction) -> None:
    """R24, R25, R51, R53: the county decided."""
    await facts.alone(tx)
    await store.add_decision(tx, event, heard(tx))
    if event.outcome == "APPROVED":
        await _judge_coverage(tx, event, event.special_case_reason, event.decided_on)
    await _judge(tx, event)


async def _judge_coverage(
    tx: Transaction, event: ApprovalBlocked | DecisionIssued, special_case: str | None, on: date
) -> None:
    size, insured, group = event.household_size, len(set(event.insured)), event.assistance_class
    found = {
        "R24": rules.two_of_class_c(group, size, insured, special_case, on=on),
        "R25": rules.whole_household_of_a_and_b(group, size, insured),
    }
    subject = ("application", event.application_id)
    await ask(
        tx,
        [
            Ground.of(indicator, subject, event.application_id, told.because, [heard(tx)], division=str(event.division))
            for indicator, told in found.items()
            if not told.met
        ],
    )


async def _judge(
    tx: Transaction,
    event: DecisionIssued | FirstPostingEnded | SecondPostingEnded | ApplicationForwarded | ApplicationForwardedV1,
) -> None:
    known = await store.procedure(tx, event.application_id)
    decisions = known.decisions
    grounds = [ground for d in decisions for ground in (*_postings(known, d), *_early(known, d))]
    await hold(tx, [f"{indicator}/{event.application_id}" for indicator in ("R51", "R53")], grounds)


def _postings(known: Procedure, decision: Decision) -> Iterator[Ground]:
    """R51: each posting that an approval rests on is there and hung long enough."""
    if not decision.approved:
        return
    first = known.rested_on("FIRST", decision.first_ended_on)
    sent = known.forwarded.get(decision.first_ended_on)
    if first is not None:
        found = rules.posted_long_enough("FIRST", first.posted_on, first.ended_on, on=decision.decided_on)
        yield from _unless(found, "R51", known, decision, first.shown)
    elif sent is not None:
        found = rules.posted_long_enough("FIRST", None, None, on=decision.decided_on)
        yield from _unless(found, "R51", known, decision, sent)
    if decision.second_ended_on is None and not rules.second_posting_expected(decision.decided_on):
        return
    second = decision.second_ended_on and known.rested_on("SECOND", decision.second_ended_on)
    if second:
        found = rules.posted_long_enough("SECOND", second.posted_on, second.ended_on, on=decision.decided_on)
        yield from _unless(found, "R51", known, decision, second.shown)
    else:
        found = rules.posted_long_enough("SECOND", None, None, on=decision.decided_on)
        yield from _unless(found, "R51", known, decision)


def _early(known: Procedure, decision: Decision) -> Iterator[Ground]:
    """R53: no posting that hung on the day of the decision ended after it, as heard or as the decision itself says."""
    own: tuple[tuple[rules.Which, date | None], ...]
    own = (("FIRST", decision.first_ended_on), ("SECOND", decision.second_ended_on))
    for which, ended_on in own:
        if ended_on is not None:
            found = rules.decided_after_posting(which, decision.decided_on, ended_on)
            yield from _unless(found, "R53", known, decision)
    for posting in known.postings:
        if posting.posted_on <= decision.decided_on:
            found = rules.decided_after_posting(posting.which, decision.decided_on, posting.end)
            yield from _unless(found, "R53", known, decision, posting.shown)


def _unless(found: Finding, indicator: str, known: Procedure, decision: Decision, *others: Shown) -> Iterator[Ground]:
    """A ground when the rule is not met, shown by the decision and what it is held against."""
    if not found.met:
        subject, shown = ("decision", decision.decision_id), (decision.shown, *others)
        yield Ground.of(indicator, subject, known.application_id, found.because, shown, division=decision.division)
