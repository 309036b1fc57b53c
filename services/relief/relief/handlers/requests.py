"""The township's part of a request: acceptance, review, posting; and its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from doudi import service
from doudi.division import Division, Level
from doudi.events.relief_requests import RequestAccepted, RequestPosted, RequestReviewed, RequestWithdrawn
from doudi.identity import CitizenId
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction, new_id
from relief import rules, store
from relief.handlers import common
from relief.model import ReliefRequest, RequestMember, Review, Step
from relief.model.refusals import (
    MemberTwice,
    MonthsNotPossible,
    NotEligible,
    OutsideOwnDivision,
    PlaceTooWide,
    RequestUnderWay,
)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as made. `others`: the rest of the household."""

    division: Division
    cause: rules.Spending
    registry: rules.Registry
    applicant: common.NewPayee
    others: Sequence[CitizenId]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the township verified, of a year, and for how many months it would help."""

    insured: rules.Insured
    income: Money
    property_within: bool
    spending: Money
    beyond_means: bool
    months: int


async def accept(new: NewRequest, tx: Transaction) -> ReliefRequest:
    """A household asks for relief at its township. Raises OutsideOwnDivision, MemberTwice, RequestUnderWay."""
    if new.division.level < Level.TOWNSHIP:
        raise PlaceTooWide(field="division", detail="应填写申请家庭所在的乡镇（街道）或者村（居）。")
    if tx.principal is None or not tx.principal.may_see(new.division):
        raise OutsideOwnDivision(field="division", detail="申请家庭不在本机构辖区内。")
    keys = [tx.keys.match(one.value) for one in (new.applicant.id_number, *new.others)]
    if len(set(keys)) < len(keys):
        raise MemberTwice(field="others")
    await store.hold_person(tx, *keys)
    if await store.under_way(tx, keys, new.cause):
        raise RequestUnderWay
    payee = await common.seal(new.applicant, tx)
    others = [(key, await store.person_id_of(tx, key) or new_id()) for key in keys[1:]]
    request = ReliefRequest(
        division=new.division.code,
        cause=new.cause,
        poverty_registry=new.registry,
        members=[str(payee.person_id), *(str(person_id) for _, person_id in others)],
        person_id=payee.person_id,
        name=str(payee.name),
        id_number=str(payee.id_number),
        phone=str(payee.phone) if payee.phone else None,
        account_number=str(payee.account_number),
        bank_code=payee.bank_code,
        accepted_by=common.officer(tx),
        accepted_on=tx.today,
        township_due_on=common.due(rules.township_due, tx.today),
    )
    tx.session.add(request)
    await tx.session.flush()
    for key, person_id in ((keys[0], payee.person_id), *others):
        tx.session.add(RequestMember(request_id=request.id, match_key=key, person_id=person_id))
    await tx.announce(_accepted(request))
    return request


def _accepted(request: ReliefRequest) -> RequestAccepted:
    return RequestAccepted(
        request_id=request.id,
        division=Division(request.division),
        cause=cast(rules.Spending, request.cause),
        persons=request.persons,
        members=[UUID(one) for one in request.members],
        registry=cast(rules.Registry, request.poverty_registry),
        accepted_on=request.accepted_on,
        due_on=request.township_due_on,
    )


async def review(request_id: UUID, seen: Verified, tx: Transaction, *, version: int | None) -> ReliefRequest:
    """The township verified spending and means; the amount follows from the law. Raises MonthsNotPossible."""
    request = await for_update(tx, request_id, version)
    possible = rules.months_possible(seen.months, on=tx.today)
    if not possible.met:
        raise MonthsNotPossible(field="months", detail=possible.because)
    amount, findings = _worked_out(request, seen, tx)
    request.reviewed(
        Review(
            seen.insured, seen.income, seen.property_within, seen.spending, seen.beyond_means, seen.months, amount,
            [possible, *findings],
        ),
        by=common.officer(tx),
        on=tx.today,
    )  # fmt: skip
    await tx.announce(
        RequestReviewed(
            request_id=request.id,
            eligible=request.eligible,
            months=seen.months,
            amount=amount,
            findings=[possible, *findings],
            reviewed_on=tx.today,
            by=common.officer(tx),
        )
    )
    return request


def _worked_out(request: ReliefRequest, seen: Verified, tx: Transaction) -> tuple[Money, list[Finding]]:
    """The amount, brought up to the floor of those who fell back into poverty, and all findings."""
    on, where, persons = tx.today, Division(request.division), request.persons
    registry = cast(rules.Registry, request.poverty_registry)
    amount, sum_of = rules.amount_of(persons, seen.months, on=on, division=where)
    amount += rules.per_capita_floor(registry, persons, amount, on=on, division=where).owed
    return amount, [
        rules.spending_beyond_means(seen.spending, seen.beyond_means),
        rules.income_below_local(seen.insured, seen.income, persons, on=on, division=where),
        rules.property_within(seen.insured, seen.property_within),
        sum_of,
        rules.per_capita_floor(registry, persons, amount, on=on, division=where).finding,
    ]


async def post(request_id: UUID, tx: Transaction, *, version: int | None) -> ReliefRequest:
    """Name, amount and reason category hang at the village board. Raises NotEligible."""
    request = await for_update(tx, request_id, version)
    request.must_lead(Step.POSTED)
    must_be_eligible(request)
    ends_on = rules.posting_ends(tx.today)
    request.post(on=tx.today, ends_on=ends_on)
    await tx.announce(
        RequestPosted(request_id=request.id, division=Division(request.division), posted_on=tx.today, ends_on=ends_on)
    )
    return request


async def withdraw(request_id: UUID, tx: Transaction, *, version: int | None) -> ReliefRequest:
    """The household takes its request back before a decision."""
    request = await for_update(tx, request_id, version)
    request.withdraw()
    await tx.announce(RequestWithdrawn(request_id=request.id, withdrawn_on=tx.today, by=common.officer(tx)))
    return request


async def for_update(tx: Transaction, request_id: UUID, version: int | None) -> ReliefRequest:
    """The request, locked, for an officer who acts on it: unchanged since they saw it."""
    found = await store.request_for_update(tx, request_id)
    service.check_version(found.version, version)
    return found


def must_be_eligible(request: ReliefRequest) -> None:
    """Raises NotEligible with everything that the review found unmet."""
    if not request.eligible:
        raise NotEligible(detail="；".join(str(f["because"]) for f in request.findings if not f["met"]))
