"""What several handlers do."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from doudi.division import Division
from doudi.events.eligibility import AwardLine, DeterminationMade, DeterminationMadeV1
from doudi.service import check_version
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.model import Case, DeterminationRecord, refusals


async def case(tx: Transaction, case_id: UUID, version: int | None) -> Case:
    """The case, locked, for an officer who acts on it: unchanged since they saw it."""
    found = await store.case_for_update(tx, case_id)
    check_version(found.version, version)
    return found


def officer(tx: Transaction) -> str:
    """Who acts."""
    assert tx.principal is not None
    return tx.principal.sub


async def facts(case: Case, tx: Transaction) -> rules.Facts:
    """The unit as the rules of today know it, without those who died since the township looked. Raises WrongRuleSet."""
    try:
        found = case.facts_on(tx.today)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    keys = {m.match_key: m.person_id for m in case.members.members}
    for key in await store.dead_among(tx, list(keys)):
        found = found.without(keys[key])
    return found


async def present(case: Case, tx: Transaction) -> DeterminationRecord:
    """The determination on which the case stands now. Raises NotInThisState before there is one."""
    if case.determination_id is None:
        raise refusals.NotInThisState(detail=f"当前环节：{case.status}；尚无认定结果")
    return await store.determination(tx, case.determination_id)


def still_the_law(record: DeterminationRecord, tx: Transaction) -> None:
    """A decision is made by the rules of its own day (domain §0.1, D-16). Raises WrongRuleSet."""
    try:
        today = rules.rule_set(tx.today)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    if today != record.rule_set:
        raise refusals.WrongRuleSet(detail=f"认定依据 {record.rule_set}，今日适用 {today}，须重新认定")


def posted_first(tx: Transaction) -> bool:
    """Whether an approval of today waits for a second posting. Raises WrongRuleSet."""
    try:
        return rules.procedure.second_posting_needed(tx.today)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error


async def determine(case: Case, choice: rules.Choice, by: str | None, tx: Transaction) -> DeterminationRecord:
    """Applies the rules of today to the case, keeps and announces what they say."""
    try:
        numbers = rules.decided(tx.today, Division(case.division), await store.parameters(tx), case.programme)
    except rules.RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    found = await facts(case, tx)
    if not found.unit:
        raise refusals.NotEligible(detail="认定单位已无成员")
    result = rules.determine(found, numbers, on=tx.today, choice=choice)
    record = DeterminationRecord(
        division=case.division,
        application_id=case.id,
        made_on=tx.today,
        made_by=by,
        rule_set=result.rule_set,
        facts=found.as_json(),
        numbers=numbers.as_json(),
        choice=choice.as_json(),
        result=result.as_json(),
        sha256=result.sha256,
    )
    tx.session.add(record)
    for event in as_events(record, result):
        await tx.announce(event)
    return record


def lines(result: rules.Determination) -> list[AwardLine]:
    """The lines of a determination as they are published."""
    return as_lines(result.lines)


def as_lines(kept: Sequence[rules.Line]) -> list[AwardLine]:
    """Lines as they are published."""
    return [
        AwardLine.model_validate({"person_id": line.person_id, "item": line.item, "amount": line.amount})
        for line in kept
    ]


def as_events(
    record: DeterminationRecord, result: rules.Determination
) -> tuple[DeterminationMadeV1, DeterminationMade]:
    """What is said of a determination: version 2 names the programme as it is, version 1 calls both DIBAO_R."""
    said = {
        "determination_id": record.id,
        "application_id": record.application_id,
        "division": Division(record.division),
        "rule_set": result.rule_set,
        "eligible": result.eligible,
        "route": "NORMAL" if result.route == "SINGLE" else result.route,
        "treated_as_single": result.route == "SINGLE" or None,
        "outcome": result.outcome,
        "single_basis": result.single_basis,
        "assistance_class": result.assistance_class,
        "household_size": result.size,
        "insured": [UUID(person) for person in result.insured],
        "special_case_reason": result.special_case,
        "standard": result.standard,
        "amount": result.amount,
        "lines": lines(result),
        "findings": list(result.findings),
        "determined_on": record.made_on,
    }
    old = {"programme": "DIBAO_R", "standard_of": result.programme, "also_in_v2": True}
    return (
        DeterminationMadeV1.model_validate({**said, **old}),
        DeterminationMade.model_validate({**said, "programme": result.programme}),
    )
