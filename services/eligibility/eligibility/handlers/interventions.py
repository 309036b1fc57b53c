"""The steps of an intervention (社会救助法 art. 48; domain §4.2): propose, tell, hear, check, decide, drop."""

from __future__ import annotations

from uuid import UUID

from doudi.calendar import CalendarUnknown
from doudi.division import Division
from doudi.events.eligibility_life import InterventionProposed, NoticeServed, PersonHeard
from doudi.money import Money
from doudi.service import check_version
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.handlers import common, dropping, effects, intervention_certificate, looks, plans
from eligibility.handlers.plans import Plan, Proposal
from eligibility.model import Award, Intervention, intervention, refusals
from eligibility.rules.life import Hearing
from eligibility.store import life


async def none_open(award_id: UUID, tx: Transaction) -> None:
    """Raises AlreadyProposed while an intervention touches the award."""
    if await life.interventions_touching(tx, award_id):
        raise refusals.AlreadyProposed


async def propose(award_id: UUID, asked: Proposal, tx: Transaction, version: int | None) -> Intervention:
    """The clerk proposes; nothing is changed by it."""
    award = await looks.award(tx, award_id, version)
    plan = await plans.of(award, asked, tx)
    return await record(award, plan.kind or asked.kind, asked.ground, asked.reason, plan, tx)


async def record(award: Award, kind: str, ground: str, reason: str, plan: Plan, tx: Transaction) -> Intervention:
    """Keeps and announces a proposal."""
    for one in (award, *plan.others):
        await none_open(one.id, tx)
    await tx.session.flush()
    made = intervention.proposed(
        award_id=award.id,
        division=award.division,
        kind=kind,
        ground=ground,
        reason=reason,
        by=common.officer(tx),
        on=tx.today,
        basis=award.basis,
        relatives=await looks.relatives([award, *plan.others], tx),
        others=[str(one.id) for one in plan.others],
        rule_set=plan.rule_set,
        plan=plan.body,
        findings=[f.model_dump(mode="json") for f in plan.findings],
    )
    tx.session.add(made)
    await tx.session.flush()
    before = Money(award.amount_fen) + sum((Money(one.amount_fen) for one in plan.others), Money.zero())
    await tx.announce(
        InterventionProposed(
            intervention_id=made.id,
            award_id=award.id,
            division=Division(award.division),
            kind=made.kind,
            ground=ground,
            reason=reason,
            amount_before=before,
            amount_after=plan.after,
            findings=plan.findings,
            proposed_on=tx.today,
            by=made.proposed_by,
        )
    )
    return made


async def _locked(
    tx: Transaction, id_: UUID, version: int | None, *, anywhere: bool = False
) -> tuple[Intervention, list[Award]]:
    """The awards that it is about, then itself, locked in this order, as a death locks them."""
    seen = await life.intervention_to_see(tx, id_, anywhere=anywhere)
    awards = [await life.find_award(tx, a) for a in sorted({seen.award_id, *map(UUID, seen.others)})]
    made = await life.intervention_for_update(tx, id_)
    check_version(made.version, version)
    found = {a.id: a for a in awards if a is not None}
    return made, [found[made.award_id], *(found[UUID(o)] for o in made.others)]


async def serve_notice(id_: UUID, tx: Transaction, version: int | None) -> Intervention:
    """The person is told in writing of what is meant to be done, why, and until when to answer."""
    made, _ = await _locked(tx, id_, version)
    try:
        made.serve_notice(common.officer(tx), tx.today)
    except CalendarUnknown as error:
        raise refusals.HolidayPlanNotLoaded(detail=str(error)) from error
    await _told(made, "PROPOSAL", tx)
    return made


async def _told(made: Intervention, notice: str, tx: Transaction) -> None:
    await tx.announce(
        NoticeServed(
            subject_id=made.award_id,
            intervention_id=made.id,
            division=Division(made.division),
            notice=notice,
            reason=made.reason,
            answer_by=made.answer_by if notice == "PROPOSAL" else None,
            served_on=tx.today,
            by=common.officer(tx),
        )
    )


async def hear(
    id_: UUID, hearing: Hearing, statement: str | None, tx: Transaction, version: int | None
) -> Intervention:
    """The person was heard, declined, or did not answer in the term."""
    made, _ = await _locked(tx, id_, version)
    sealed = None if statement is None else str(tx.keys.seal(statement, "intervention.statement"))
    made.hear(hearing, common.officer(tx), tx.today, sealed)
    await tx.announce(
        PersonHeard(
            intervention_id=made.id,
            award_id=made.award_id,
            hearing=hearing,
            heard_on=tx.today,
            by=common.officer(tx),
        )
    )
    return made


async def check(id_: UUID, tx: Transaction, version: int | None) -> Intervention:
    """The section head agrees."""
    made, _ = await _locked(tx, id_, version)
    made.check(common.officer(tx), tx.today)
    return made


async def accept(id_: UUID, tx: Transaction, version: int | None) -> Intervention:
    """The leader of the county to which a household moves takes it."""
    made, _ = await _locked(tx, id_, version, anywhere=True)
    made.accept(common.officer(tx))
    return made


async def drop(id_: UUID, because: str, tx: Transaction, version: int | None) -> Intervention:
    """It is given up: nothing was changed."""
    made, _ = await _locked(tx, id_, version)
    looks.not_kin(tx, made.relatives)
    await dropping.drop(made, because, common.officer(tx), tx)
    return made


async def decide(id_: UUID, tx: Transaction, version: int | None) -> Intervention:
    """The leader signs; it is done at once, and the person is told in writing with the reason."""
    made, awards = await _locked(tx, id_, version)
    made.decide(common.officer(tx), tx.today)
    _unchanged(made, awards)
    _still_the_law(made, tx)
    before = await intervention_certificate.before(made, awards, tx)
    await effects.carry_out(made, awards, tx)
    made.finish()
    await intervention_certificate.issue(made, awards[0], before, tx)
    await _told(made, "DECISION", tx)
    return made


def _unchanged(made: Intervention, awards: list[Award]) -> None:
    expected = [made.basis, *(made.plan["bases"][other] for other in made.others)]
    if [award.basis for award in awards] != expected:
        raise refusals.AwardChangedSince


def _still_the_law(made: Intervention, tx: Transaction) -> None:
    """What rests on a determination is decided by the rules of its own day (domain §0.1)."""
    if made.rule_set is None:
        return
    try:
        today = rules.rule_set(tx.today)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    if today != made.rule_set:
        raise refusals.WrongRuleSet(detail=f"核查依据 {made.rule_set}，今日适用 {today}，须重新核查")
