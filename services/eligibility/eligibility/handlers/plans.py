"""What a proposal would do, worked out before anybody is told: the rules' answer, the amounts, what to keep of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from doudi.division import Division
from doudi.events.parts import Account, Means
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import looks, programme_awards
from eligibility.handlers.looks import Look
from eligibility.model import Award, AwardState, DeterminationRecord, refusals
from eligibility.store import life
from eligibility.store import programmes as personal

_WITHIN, _NORMAL, _RIGID = range(len(("property", "income", "rigid spending")))
"""Where the findings on need stand in a determination."""


@dataclass(frozen=True, slots=True)
class Group:
    """A household that a split makes: its members, its means, and its account where it is not the old one."""

    members: tuple[str, ...]
    means: Means
    household_id: UUID | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the clerk asks for. Which fields count hangs on `kind`."""

    kind: str
    ground: str
    reason: str
    look: Look | None = None
    person_id: UUID | None = None
    keeps: Money = field(default_factory=Money.zero)
    employer: str | None = None
    months: int | None = None
    programme: str | None = None
    division: Division | None = None
    groups: tuple[Group, ...] = ()
    others: tuple[UUID, ...] = ()
    application_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. `kind` when it turns out to be another one than was asked for."""

    after: Money
    rule_set: str | None
    findings: list[Finding]
    body: dict[str, Any]
    kind: str | None = None
    others: tuple[Award, ...] = ()


def added_and_left(look: Look) -> dict[str, Any]:
    """Who came and who left, as kept with a plan."""
    return {"added": [[n.match_key, n.person.person_id] for n in look.added], "left": sorted(look.left)}


async def of(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    """The plan of a proposal; raises what stands against it."""
    if award.status == AwardState.STOPPED:
        raise refusals.AwardNotInThisState(detail=f"当前状态：{award.status}")
    return await _MAKERS[asked.kind](award, asked, tx)


async def _looked(
    award: Award, asked: Proposal, tx: Transaction, division: str | None = None
) -> tuple[DeterminationRecord, rules.Determination, rules.Facts]:
    if asked.look is None:
        raise refusals.LookNeeded(field="look")
    facts = asked.look.facts(rules.Facts.from_json(award.facts))
    record, result = await looks.determined(award, facts, asked.look.choice, tx, division=division)
    return record, result, facts


def _plan(result: rules.Determination, body: Mapping[str, Any], **more: Any) -> Plan:
    return Plan(**{
        "after": result.amount, "rule_set": result.rule_set, "findings": list(result.findings), "body": dict(body),
        **more,
    })  # fmt: skip


async def _reduce(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    """The own part of somebody who refuses work (649号 art. 45), and of nobody else."""
    if asked.person_id is None or str(asked.person_id) not in award.insured:
        raise refusals.UnknownMember(field="person_id")
    found = rules.life.refuses_work(await life.offers_to(tx, award.id, asked.person_id), on=tx.today)
    if not found.met:
        raise refusals.WorkNotRefused(detail=found.because)
    kept = rules.life.own_part(await life.present_lines(tx, award.id), str(asked.person_id), asked.keeps)
    after = sum((line.amount for line in kept), Money.zero())
    if after >= Money(award.amount_fen):
        raise refusals.WorkNotRefused(field="keeps", detail="保留的金额须低于其本人现有的保障金")
    body = {"person_id": str(asked.person_id), "keeps_fen": asked.keeps.fen}
    return Plan(after, None, [found], body, kind=None if kept else "STOP")


async def _suspend(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    if award.status == AwardState.SUSPENDED:
        raise refusals.AwardNotInThisState(detail=f"当前状态：{award.status}")
    return Plan(Money(award.amount_fen), None, [], {})


async def _taper(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    if award.status not in (AwardState.ACTIVE, AwardState.REVIEWING):
        raise refusals.AwardNotInThisState(detail=f"当前状态：{award.status}")
    if asked.person_id is None or asked.employer is None:
        raise refusals.LookNeeded(field="employer", detail="须写明就业的成员和用人单位")
    record, result, facts = await _looked(award, asked, tx)
    key = (await looks.keys([award], tx)).get(str(asked.person_id))
    if key is None:
        raise refusals.UnknownMember(field="person_id")
    job = tx.keys.match("job " + "".join(asked.employer.split()))
    months = asked.months if asked.months is not None else rules.taper.longest(tx.today)
    fits = rules.taper.may_taper(
        tx.today,
        months,
        income_below=result.findings[_NORMAL].met or result.findings[_RIGID].met,
        found_work=any(p.person_id == str(asked.person_id) and p.earns for p in facts.unit),
        had_for_this_job=await life.tapered_before(tx, key, job),
    )
    if not fits.met:
        raise refusals.TaperForbidden(detail=fits.because)
    body = {
        "determination_id": str(record.id), "months": months, "match_key": key, "job": job,
        "person_id": str(asked.person_id),
    }  # fmt: skip
    pays = rules.taper.taper_lines(await life.present_lines(tx, award.id), rules.Numbers(**record.numbers))
    after = sum((line.amount for line in pays), Money.zero())
    return _plan(result, body, after=after, findings=[*result.findings, fits])


async def _stop(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    if asked.ground == "REFUSED_WORK":
        return await _reduce(award, asked, tx)
    made = None
    if asked.look is not None:
        record, result, _ = await _looked(award, asked, tx)
        made = record.id, result
    found = rules.stop.stop_is_grounded(
        asked.ground,
        registry=rules.Facts.from_json(award.facts).registry,
        income_below=None if made is None else made[1].findings[_NORMAL].met or made[1].findings[_RIGID].met,
        property_within=None if made is None else made[1].findings[_WITHIN].met,
    )
    if not found.met:
        raise refusals.NoGroundToStop(detail=found.because)
    if made is None:
        return Plan(Money.zero(), None, [found], {})
    body = {"determination_id": str(made[0])}
    return _plan(made[1], body, after=Money.zero(), findings=[*made[1].findings, found])


SUCCESSORS: tuple[rules.Programme, ...] = ("DIBAO_R", "DIBAO_U")
"""The programmes into which an award may be transferred at once (domain §7.6)."""


async def _transfer(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    if asked.application_id is not None:
        return await _to_personal(award, asked.application_id, asked, tx)
    into = next((p for p in SUCCESSORS if p == asked.programme != award.programme), None)
    if into is None:
        raise refusals.ProgrammeNotHere(field="programme", detail=f"可转入：{'、'.join(SUCCESSORS)}")
    if asked.look is None:
        raise refusals.LookNeeded(field="look")
    facts = asked.look.facts(rules.Facts.from_json(award.facts))
    record, result = await looks.determined(award, facts, asked.look.choice, tx, programme=into, before=rules.Choice())
    body = {"programme": into, "determination_id": str(record.id), **added_and_left(asked.look)}
    beside = await _beside([award], looks.needy(result, "look/"), asked.look, (award.division, into), tx)
    return _plan(result, body, findings=[*result.findings, *beside])


async def _beside(
    awards: Sequence[Award], made: rules.Determination, look: Look, where: tuple[str, str], tx: Transaction
) -> list[Finding]:
    """What those who are not in dibao yet hold beside it (domain §2.2): asked before anybody is told. NotTogether."""
    known = await looks.keys(awards, tx) | {new.person.person_id: new.match_key for new in look.added}
    before = {person for a in awards if a.programme in rules.standards.PROGRAMMES for person in a.insured}
    begin = programme_awards.own_money(made, known, before)
    settled = await programme_awards.beside_dibao(begin, *where, tx, ends=[a.id for a in awards])
    return [f for one in settled for f in one.findings]


async def _to_personal(award: Award, case_id: UUID, asked: Proposal, tx: Transaction) -> Plan:
    """One member goes to a programme of one person; who stays is determined without that member."""
    case = await personal.case(tx, case_id)
    if case.in_place_of != award.id or case.status != "CHECKED" or not case.eligible:
        raise refusals.NotEligible(detail=f"该申请不是由本待遇转入，或者尚未审核（当前环节：{case.status}）")
    result, facts = case.again(), rules.Facts.from_json(award.facts)
    await programme_awards.still_higher(case, award.id, result.amount, tx)
    body: dict[str, Any] = {"case_id": str(case.id), "groups": []}
    stay = [p for p in facts.unit if p.person_id != str(case.person_id)]
    after, found = result.amount, list(result.findings)
    if stay:
        if asked.look is None or asked.look.left != {str(case.person_id)}:
            raise refusals.LookNeeded(field="look", detail="须核查其余家庭成员，并写明转出的成员")
        record, rest = await looks.determined(award, asked.look.facts(facts), asked.look.choice, tx)
        looks.lawful(rest, "look/")
        body["groups"] = [{"determination_id": str(record.id)}]
        after, found = after + rest.amount, [*found, *rest.findings]
    return Plan(after, result.rule_set, found, body)


async def _move(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    if asked.division is None or asked.division.code[:6] == award.division[:6]:
        raise refusals.LookNeeded(field="division", detail="须写明迁入的另一县（区）")
    record, result, _ = await _looked(award, asked, tx, asked.division.code)
    assert asked.look is not None
    body = {"division": asked.division.code, "determination_id": str(record.id), **added_and_left(asked.look)}
    beside = await _beside(
        [award], looks.needy(result, "look/"), asked.look, (asked.division.code, award.programme), tx
    )
    return _plan(result, body, findings=[*result.findings, *beside])


async def _split(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    old = rules.Facts.from_json(award.facts)
    known = {p.person_id: p for p in old.unit}
    placed = rules.life.everybody_once(list(known), [g.members for g in asked.groups])
    if not placed.met or len(asked.groups) < len(("one", "another")):
        raise refusals.MembersNotAllPlaced(field="groups", detail=placed.because)
    made, results = [], []
    for i, group in enumerate(asked.groups):
        facts = looks.facts_of([known[p] for p in group.members], group.means, old.registry)
        record, result = await looks.determined(award, facts, looks.KEPT, tx)
        results.append(looks.reviewed_first(result, f"groups/{i}"))
        made.append({
            "household_id": str(group.household_id or uuid4()),
            "determination_id": str(record.id),
            "account": None if group.account is None else group.account.model_dump(mode="json"),
        })  # fmt: skip
    findings = [placed, *(f for result in results for f in result.findings)]
    after = sum((r.amount for r in results if r.approvable), Money.zero())
    return _plan(results[0], {"groups": made}, after=after, findings=findings)


async def _merge(award: Award, asked: Proposal, tx: Transaction) -> Plan:
    others = await _others(award, asked.others, tx)
    unit = [p for a in (award, *others) for p in rules.Facts.from_json(a.facts).unit]
    if asked.look is None:
        raise refusals.LookNeeded(field="look")
    placed = rules.life.everybody_once(sorted({p.person_id for p in unit}), [[p.person_id for p in unit]])
    if not placed.met:
        raise refusals.MembersNotAllPlaced(field="others", detail=placed.because)
    facts = asked.look.facts(replace(rules.Facts.from_json(award.facts), unit=tuple(unit)))
    record, result = await looks.determined(award, facts, asked.look.choice, tx, before=rules.Choice())
    body = {
        "determination_id": str(record.id), "bases": {str(a.id): a.basis for a in others},
        **added_and_left(asked.look),
    }  # fmt: skip
    beside = await _beside(
        [award, *others], looks.needy(result, "look/"), asked.look, (award.division, award.programme), tx
    )
    return _plan(result, body, findings=[*result.findings, *beside], others=tuple(others))


async def _others(award: Award, ids: Sequence[UUID], tx: Transaction) -> list[Award]:
    wanted = sorted(set(ids) - {award.id})
    if not wanted:
        raise refusals.MembersNotAllPlaced(field="others", detail="须写明并入的待遇")
    found = [await looks.award(tx, id_) for id_ in wanted]
    if any(a.status == AwardState.STOPPED or a.programme != award.programme for a in found):
        raise refusals.AwardNotInThisState(field="others")
    return found


_MAKERS: dict[str, Callable[[Award, Proposal, Transaction], Awaitable[Plan]]] = {
    "REDUCE": _reduce,
    "SUSPEND": _suspend,
    "TAPER": _taper,
    "STOP": _stop,
    "TRANSFER": _transfer,
    "SPLIT": _split,
    "MERGE": _merge,
    "MOVE": _move,
}
