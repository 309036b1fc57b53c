"""The leader signs: an award, or a refusal with its reasons (民发〔2012〕220号 art. 26, 29)."""

from __future__ import annotations

from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardGranted, DecisionIssued
from doudi.transaction import Transaction, new_id
from eligibility import rules, store
from eligibility.handlers import common, programme_awards
from eligibility.handlers.county import not_insured_twice
from eligibility.model import Award, Case, DeterminationRecord, refusals
from eligibility.model.award import rows


async def approve(case_id: UUID, tx: Transaction, version: int | None) -> Case:
    """After the quiet posting; what was posted is what is granted."""
    case = await common.case(tx, case_id, version)
    record = await common.present(case, tx)
    common.still_the_law(record, tx)
    determination = record.again()
    if not determination.approvable:
        raise refusals.NotEligible
    if (await common.facts(case, tx)).as_json() != rules.Facts.from_json(record.facts).as_json():
        raise refusals.NotEligible(detail="认定后家庭成员已发生变化，须重新办理")
    await not_insured_twice(case, tx)
    starts = rules.procedure.first_month(tx.today)
    await programme_awards.dibao_begins(case, programme_awards.own_money(determination), starts, common.officer(tx), tx)
    case.approve(new_id(), common.officer(tx), tx.today)
    await tx.announce(_decision(case, record, determination, tx))
    await _grant(case, record, determination, tx)
    return case


async def refuse(case_id: UUID, because: str, tx: Transaction, version: int | None) -> Case:
    """With the reason in writing, due to the applicant within three days."""
    case = await common.case(tx, case_id, version)
    record = await common.present(case, tx)
    common.still_the_law(record, tx)
    case.refuse(new_id(), common.officer(tx), tx.today, because)
    await tx.announce(_decision(case, record, record.again(), tx))
    return case


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
    await tx.announce(_granted(award, case, determination, starts))


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
        rule_set=determination.rule_set,
        assistance_class=determination.assistance_class,
        household_size=determination.size,
        insured=list(determination.insured),
        amount_fen=determination.amount.fen,
        starts=starts,
        granted_on=tx.today,
        review_due_on=rules.procedure.review_due(determination.assistance_class, tx.today),
        facts=record.facts,
        choice=record.choice,
    )


def _granted(award: Award, case: Case, determination: rules.Determination, starts: Month) -> AwardGranted:
    assert determination.assistance_class is not None
    assert case.decision_id is not None
    return AwardGranted(
        award_id=award.id,
        application_id=case.id,
        decision_id=case.decision_id,
        household_id=award.household_id,
        division=Division(case.division),
        programme="DIBAO_R",
        rule_set=award.rule_set,
        assistance_class=determination.assistance_class,
        household_size=award.household_size,
        insured=[UUID(person) for person in determination.insured],
        lines=common.lines(determination),
        amount=determination.amount,
        starts=starts,
        review_due_on=award.review_due_on,
        account=case.payee,
    )
