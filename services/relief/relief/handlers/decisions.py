"""The decision on a request: by the township within its limit, put before the county above it, or sent back."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from doudi.division import Division
from doudi.events.relief_requests import RequestForwarded, RequestGranted, RequestRefused, RequestSentBack
from doudi.law import Finding
from doudi.transaction import Transaction
from relief import rules, store
from relief.handlers import common
from relief.handlers.requests import for_update, must_be_eligible
from relief.model import ReliefRequest, Step
from relief.model.refusals import AboveTownshipLimit, DeciderHadAHand, PostingNotOver, SecondTimeNeedsCounty


async def forward(request_id: UUID, tx: Transaction, *, version: int | None) -> ReliefRequest:
    """The township puts it before the county, after its posting where it found it eligible. Raises PostingNotOver."""
    request = await for_update(tx, request_id, version)
    request.must_lead(Step.COUNTY)
    if request.eligible:
        _posting_is_over(request, tx)
    due_on = common.due(rules.county_due, tx.today)
    request.forward(by=common.officer(tx), on=tx.today, due_on=due_on)
    await tx.announce(
        RequestForwarded(request_id=request.id, forwarded_on=tx.today, due_on=due_on, by=common.officer(tx))
    )
    return request


async def send_back(request_id: UUID, reason: str, tx: Transaction, *, version: int | None) -> ReliefRequest:
    """The county gives it back to the township, with its reason; the township reviews it anew."""
    request = await for_update(tx, request_id, version)
    request.send_back(reason)
    await tx.announce(
        RequestSentBack(request_id=request.id, reason=reason, sent_back_on=tx.today, by=common.officer(tx))
    )
    return request


async def grant(request_id: UUID, level: rules.Level, tx: Transaction, *, version: int | None) -> ReliefRequest:
    """Granted. Raises what stands in the way: the officer, the review, the posting, the limit, a second time."""
    request = await for_update(tx, request_id, version)
    request.stands_with(level)
    request.must_lead(Step.GRANTED)
    apart = _another(request, tx)
    must_be_eligible(request)
    over, limit = _posting_is_over(request, tx), _within(request, level, tx)
    permitted = [over, limit, await _again(request, level, tx), apart]
    key = request.grant(level, permitted, by=common.officer(tx), at=tx.now)
    await tx.announce(_granted(request, key))
    return request


async def refuse(
    request_id: UUID, level: rules.Level, ground: rules.Ground, reason: str, tx: Transaction, *, version: int | None
) -> ReliefRequest:
    """Refused, with its reason in writing; by the township only what it might have granted."""
    request = await for_update(tx, request_id, version)
    request.stands_with(level)
    request.must_lead(Step.REFUSED)
    _another(request, tx)
    _within(request, level, tx)
    request.refuse(level, ground, reason, by=common.officer(tx), at=tx.now)
    await tx.announce(
        RequestRefused(
            request_id=request.id,
            level=level,
            ground=ground,
            reason=reason,
            refused_on=tx.today,
            by=common.officer(tx),
        )
    )
    return request


def _another(request: ReliefRequest, tx: Transaction) -> Finding:
    apart = rules.decided_by_another(common.officer(tx), request.hands)
    if not apart.met:
        raise DeciderHadAHand(detail=apart.because)
    return apart


def _posting_is_over(request: ReliefRequest, tx: Transaction) -> Finding:
    if request.posting_ends_on is None:
        raise PostingNotOver(detail="尚未公示。")
    over = rules.posting_over(request.posting_ends_on, on=tx.today)
    if not over.met:
        raise PostingNotOver(detail=over.because)
    return over


def _within(request: ReliefRequest, level: rules.Level, tx: Transaction) -> Finding:
    assert request.amount is not None
    limit = rules.within_level(level, request.amount, on=tx.today, division=Division(request.division))
    if not limit.met:
        raise AboveTownshipLimit(detail=limit.because)
    return limit


async def _again(request: ReliefRequest, level: rules.Level, tx: Transaction) -> Finding:
    keys = await store.keys_of(tx, request.id)
    await store.hold_person(tx, *keys)
    earlier = await store.grants_for_cause(tx, keys, rules.same_matter(request.cause), but=request.id)
    again = rules.same_cause_again(level, earlier, on=tx.today)
    if not again.met:
        raise SecondTimeNeedsCounty(detail=again.because)
    return again


def _granted(request: ReliefRequest, key: str) -> RequestGranted:
    assert request.amount is not None
    assert request.reviewed_by is not None
    assert request.decided_by is not None
    assert request.decided_at is not None
    return RequestGranted(
        request_id=request.id,
        payment_key=key,
        person_id=request.person_id,
        members=[UUID(one) for one in request.members],
        division=Division(request.division),
        persons=request.persons,
        registry=cast(rules.Registry, request.poverty_registry),
        cause=cast(rules.Spending, request.cause),
        level=cast(rules.Level, request.level),
        amount=request.amount,
        account=request.account,
        reviewed_by=request.reviewed_by,
        granted_by=request.decided_by,
        granted_at=request.decided_at,
        findings=[Finding.model_validate(found) for found in request.findings],
    )
