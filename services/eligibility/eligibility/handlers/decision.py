"""The leader signs: an award, or a refusal with reasons (民发〔2012〕220号 art. 26, 29; 民发〔2021〕57号 art. 20)."""

from __future__ import annotations

from uuid import UUID

from doudi.division import Division
from doudi.errors import Refusal
from doudi.events.eligibility import DecisionIssued
from doudi.transaction import Transaction, new_id
from eligibility import rules, store
from eligibility.handlers import certificate, common, granting, notices, posting, programme_awards, rigid
from eligibility.handlers.county import not_insured_twice
from eligibility.model import Award, Case, DeterminationRecord, refusals
from eligibility.model.award import rows


async def approve(case_id: UUID, tx: Transaction, version: int | None) -> Case | Refusal:
    """After the quiet posting, what was posted is what is granted; from RS2021 after the check, and then published.

    Returns the refusal instead of raising it when the law forbids the approval: that it was asked for is kept.
    """
    case = await common.case(tx, case_id, version)
    record = await common.present(case, tx)
    common.still_the_law(record, tx)
    posted = common.posted_first(tx)
    if not posted:
        case.may_be_confirmed()
    determination = record.again()
    if not determination.eligible or (posted and not determination.approvable):
        raise refusals.NotEligible
    await _as_determined(case, record, tx)
    await not_insured_twice(case, tx)
    if not determination.approvable:
        case.leads(common.officer(tx))
        return await posting.blocked(case, record.id, determination, tx)
    starts = rules.procedure.first_month(tx.today)
    keys = {str(m.person_id): m.match_key for m in case.members.members}
    money = programme_awards.own_money(determination, keys)
    await programme_awards.dibao_begins(money, case.division, determination.programme, starts, common.officer(tx), tx)
    sign = case.approve if posted else case.confirm
    sign(new_id(), common.officer(tx), tx.today)
    await tx.announce(_decision(case, record, determination, tx))
    await _grant(case, record, determination, tx)
    await _written(case, record, determination, tx)
    if not posted:
        await posting.publish(case, determination, tx)
    return case


async def _as_determined(case: Case, record: DeterminationRecord, tx: Transaction) -> None:
    """Raises NotEligible when somebody died since: what was determined is no longer the household."""
    now = {person.person_id for person in (await common.facts(case, tx)).unit}
    if now != {person.person_id for person in rules.Facts.from_json(record.facts).unit}:
        raise refusals.NotEligible(detail="认定后家庭成员已发生变化，须重新办理")


async def refuse(case_id: UUID, because: str, tx: Transaction, version: int | None) -> Case:
    """With the reason in writing, due to the applicant within three days."""
    case = await common.case(tx, case_id, version)
    record = await common.present(case, tx)
    common.still_the_law(record, tx)
    case.refuse(new_id(), common.officer(tx), tx.today, because)
    determination = record.again()
    await tx.announce(_decision(case, record, determination, tx))
    await _written(case, record, determination, tx)
    return case


async def _written(case: Case, record: DeterminationRecord, made: rules.Determination, tx: Transaction) -> None:
    """What goes with a decision: the notice and the certificate, and the household's status without money."""
    await rigid.decided(case, made, tx)
    await notices.decided(case, made, tx)
    await certificate.issue(case, record, tx)


def _decision(
    case: Case, record: DeterminationRecord, determination: rules.Determination, tx: Transaction
) -> DecisionIssued:
    assert case.decision_id is not None
    assert case.prepared_by is not None
    assert case.checked_by is not None
    assert case.signed_by is not None
    approved = case.status == "APPROVED"
    return DecisionIssued(
        decision_id=case.decision_id,
        application_id=case.id,
        determination_id=record.id,
        division=Division(case.division),
        outcome="APPROVED" if approved else "REFUSED",
        rule_set=determination.rule_set,
        assistance_class=determination.assistance_class if approved else None,
        household_size=determination.size,
        insured=[UUID(person) for person in determination.insured] if approved else [],
        special_case_reason=determination.special_case,
        amount=determination.amount if approved else determination.amount * 0,
        findings=list(determination.findings),
        decided_on=tx.today,
        first_posting_ended_on=case.first_posting_ended_on,
        second_posting_ended_on=case.posting_ended_on,
        notice_due_on=case.notice_due_on or rules.procedure.refusal_notice_due(tx.today),
        prepared_by=case.prepared_by,
        checked_by=case.checked_by,
        signed_by=case.signed_by,
    )


async def _grant(case: Case, record: DeterminationRecord, determination: rules.Determination, tx: Transaction) -> None:
    starts = rules.procedure.first_month(tx.today)
    award = _award(case, record, determination, tx, str(starts))
    tx.session.add(award)
    await tx.session.flush()
    tx.session.add_all(rows(award.id, determination.lines, starts))
    insured = set(determination.insured)
    people = [(m.match_key, m.person_id) for m in case.members.members if str(m.person_id) in insured]
    await store.cover(tx, award.id, people)
    await tx.announce(*granting.granted(award, determination, starts, case.payee))


def _award(
    case: Case, record: DeterminationRecord, determination: rules.Determination, tx: Transaction, starts: str
) -> Award:
    assert determination.assistance_class is not None
    assert case.decision_id is not None
    return Award(
        division=case.division,
        application_id=case.id,
        decision_id=case.decision_id,
        household_id=case.members.household_id,
        programme=determination.programme,
        rule_set=determination.rule_set,
        assistance_class=determination.assistance_class,
        household_size=determination.size,
        insured=list(determination.insured),
        amount_fen=determination.amount.fen,
        starts=starts,
        granted_on=tx.today,
        review_due_on=rules.procedure.review_due(determination.assistance_class, tx.today, determination.programme),
        facts=record.facts,
        choice=record.choice,
        single_basis=determination.single_basis,
    )
