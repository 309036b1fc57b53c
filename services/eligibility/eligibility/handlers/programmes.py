"""Applications for programmes of one person: from the township's window to the county's decision (domain §4.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from doudi.division import Division
from doudi.errors import Forbidden
from doudi.events.eligibility import CountyVisitRecorded
from doudi.events.parts import Account
from doudi.identity import CitizenId
from doudi.service import check_version
from doudi.transaction import Transaction, new_id
from eligibility import rules, store
from eligibility.handlers import (
    common,
    personal_certificates,
    personal_notices,
    plausible,
    programme_awards,
    programme_changes,
    samples,
)
from eligibility.handlers.programme_determination import Made, determine
from eligibility.model import ProgrammeCase, refusals
from eligibility.rules import programmes
from eligibility.store import programmes as programme_store


@dataclass(frozen=True, slots=True)
class Payee:
    """Whose account it is; `person_id` is the applicant's, or the guardian's or agent's."""

    person_id: UUID
    name: str
    id_number: CitizenId
    number: str
    bank_code: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What the township's window received."""

    programme: str
    person_id: UUID
    name: str
    id_number: CitizenId
    division: Division
    payee: Payee
    relatives: Sequence[str]
    given: Mapping[str, Any]
    in_place_of: UUID | None = None


async def accept(applied: Applied, tx: Transaction) -> ProgrammeCase:
    """The window accepts; the rules answer at once. Raises a refusal where the person or the payee does not fit."""
    assert tx.principal is not None
    if not tx.principal.may_see(applied.division):
        raise Forbidden(field="division", detail="只能受理本辖区的申请")
    by, own = common.officer(tx), applied.payee.person_id == applied.person_id
    if not rules.procedure.may_act(by, applied.relatives).met:
        raise refusals.RelativeMustNotAct
    plausible.born(applied.id_number.birth_date, "id_number", tx)
    plausible.personal(applied.given, tx)
    lawful = programmes.procedure.payee_is_lawful(applied.id_number.age(tx.today), own_account=own, on=tx.today)
    if not lawful.met:
        raise refusals.GuardianNeeded(field="account/payee")
    match_key = tx.keys.match(applied.id_number.value)
    await programme_store.alone(tx, match_key)
    if await programme_store.other_person_of(tx, match_key, applied.person_id):
        raise refusals.PersonMismatch(field="person_id")
    if await programme_store.is_open(tx, match_key, applied.programme):
        raise refusals.AlreadyApplied
    case = _case(applied, match_key, by, tx)
    if applied.in_place_of is not None and await _given_up(case, tx):
        raise refusals.UnknownMember(field="in_place_of", detail="申请人不在该项低保中享受")
    await determine(case, tx)
    drawn = await samples.draw_person(case, tx)
    found = programmes.procedure.county_visit(near_relative=bool(case.relatives), drawn=drawn)
    case.visit_because = found.because if found.met else None
    if not case.is_posted:
        case.due_on = programmes.procedure.county_due(case.programme, tx.today)
    tx.session.add(case)
    return case


def _case(applied: Applied, match_key: str, by: str, tx: Transaction) -> ProgrammeCase:
    payee = applied.payee
    account = Account(
        payee_person_id=payee.person_id,
        payee_name=tx.keys.seal(payee.name, "person.name"),
        payee_id_number=tx.keys.seal(payee.id_number.value, "person.id_number"),
        number=tx.keys.seal(payee.number, "account.number"),
        bank_code=payee.bank_code,
    )
    return ProgrammeCase(
        division=applied.division.code,
        programme=applied.programme,
        person_id=applied.person_id,
        match_key=match_key,
        person_name=str(tx.keys.seal(applied.name, "person.name")),
        id_number=str(tx.keys.seal(applied.id_number.value, "person.id_number")),
        born=applied.id_number.birth_date,
        given=dict(applied.given),
        in_place_of=applied.in_place_of,
        account=account.model_dump(mode="json"),
        relatives=list(applied.relatives),
        applied_on=tx.today,
        accepted_by=by,
        facts={},
        numbers={},
        holdings=[],
        result={},
        sha256="",
        rule_set="",
        determined_on=tx.today,
    )


async def _given_up(case: ProgrammeCase, tx: Transaction) -> bool:
    """Whether the award in whose place this comes does not insure the person (any more)."""
    covering = await store.award_covering(tx, case.match_key)
    return covering is None or covering.id != case.in_place_of


async def case_of(id_: UUID, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The application, locked, for an officer who acts on it: unchanged since they saw it."""
    case = await programme_store.case(tx, id_, lock=True)
    check_version(case.version, version)
    return case


async def change_over(id_: UUID, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The person leaves the dibao that is in the way: from here on the two are decided in one (TRANSFER).

    Raises EndsFirst where what is in the way is no dibao, or stays in the way all the same.
    """
    case = await case_of(id_, tx, version)
    covering = await store.award_covering(tx, case.match_key)
    if covering is None or not covering.division.startswith(Division(case.division).county.prefix):
        raise refusals.EndsFirst(detail="；".join(case.in_its_way) or "申请人不在本县（区）低保中享受")
    case.change_over(covering.id, common.officer(tx))
    await determine(case, tx)
    if case.in_its_way:
        raise refusals.EndsFirst(detail="；".join(case.in_its_way))
    return case


async def prepare(id_: UUID, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The county's clerk proposes; the rules of today answer on what the person holds today."""
    case = await case_of(id_, tx, version)
    await determine(case, tx)
    case.prepare(common.officer(tx))
    return case


async def check(id_: UUID, agrees: bool, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The section head agrees, or sends it back to the clerk."""
    case = await case_of(id_, tx, version)
    if agrees:
        case.check(common.officer(tx))
    else:
        case.send_back(common.officer(tx))
    return case


async def visit(id_: UUID, visitors: Sequence[str], on: date, tx: Transaction, version: int | None) -> ProgrammeCase:
    """Two or more county officers visited the home."""
    case = await case_of(id_, tx, version)
    if len(set(visitors)) < len(("one", "another")):
        raise refusals.VisitorsTooFew(field="visitors")
    plausible.day(on, "visited_on", tx, after=case.applied_on, what="受理日期")
    case.visit(visitors, on)
    await tx.announce(CountyVisitRecorded(application_id=case.id, visited_on=on, visitors=list(visitors)))
    return case


async def approve(id_: UUID, tx: Transaction, version: int | None) -> ProgrammeCase:
    """The leader signs what was checked, if the rules still say it today; what is held gives way where it must."""
    case = await case_of(id_, tx, version)
    case.leads(common.officer(tx))
    if case.in_place_of is not None and not await _given_up(case, tx):
        raise refusals.EndsFirst(detail="请与低保的转出一并决定")
    if await store.dead_among(tx, [case.match_key]):
        raise refusals.NotEligible(detail="申请人已死亡")
    checked = case.result
    made = await determine(case, tx)
    result = made.result
    if case.kind == "NEW" and not made.found.eligible:
        raise refusals.NotEligible(detail=_unmet(result))
    if case.kind == "NEW" and not result.eligible:
        raise refusals.NotTogether(detail=_unmet(result))
    if (result.as_json()["lines"], result.eligible, result.rule_set) != (
        checked["lines"],
        checked["eligible"],
        checked["rule_set"],
    ):
        raise refusals.FactsChanged
    if case.kind == "NEW":
        await _begin(case, made, tx)
    else:
        await programme_changes.carry_out(case, result, tx)
        await personal_certificates.issue(case, tx)
    return case


async def _begin(case: ProgrammeCase, made: Made, tx: Transaction) -> None:
    by, result = common.officer(tx), made.result
    case.decide(new_id(), by, tx.today, None)
    division = Division(case.division)
    stays = [holding for holding in made.held if not holding.gives_way]
    settlement = programmes.settle(stays, case.programme, made.found.amount, on=tx.today, division=division)
    await programme_awards.give_way(settlement, result.starts, by, tx)
    await tx.session.flush()
    await tx.announce(programme_awards.decision(case, result))
    await programme_awards.grant(case, result, tx)
    await personal_notices.decided(case, result, tx)
    await personal_certificates.issue(case, tx)


def _unmet(result: programmes.ProgrammeDetermination) -> str:
    return "；".join(finding.because for finding in result.findings if not finding.met)


async def refuse(id_: UUID, because: str, tx: Transaction, version: int | None) -> ProgrammeCase:
    """With the reason in writing."""
    case = await case_of(id_, tx, version)
    case.decide(new_id(), common.officer(tx), tx.today, because)
    made = case.again()
    await tx.announce(programme_awards.decision(case, made))
    await personal_notices.decided(case, made, tx)
    await personal_certificates.issue(case, tx)
    return case
