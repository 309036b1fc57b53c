"""The county's steps: clerk prepares, section head checks, two visit, the case may go back (domain §4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from doudi.events.eligibility import ApplicationReturned, CountyVisitRecorded
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common, plausible, programme_awards
from eligibility.model import Case, DeterminationRecord, refusals


async def prepare(
    case_id: UUID, choice: rules.Choice, tx: Transaction, version: int | None
) -> tuple[Case, DeterminationRecord]:
    """The clerk proposes whom to insure and whose money rises; the rules answer with a new determination.

    Raises NotTogether where somebody who would be insured holds what dibao may not stand beside (domain §2.2).
    """
    case = await common.case(tx, case_id, version)
    await not_insured_twice(case, tx)
    unit = {person.person_id for person in (await common.facts(case, tx)).unit}
    if not set(choice.insured or ()) <= unit:
        raise refusals.UnknownMember(field="insured")
    if not {extra.person_id for extra in choice.extras} <= unit:
        raise refusals.UnknownMember(field="extras")
    before = None if case.determination_id is None else await common.present(case, tx)
    record = await common.determine(case, choice, common.officer(tx), tx)
    await may_stand(case, record.again(), tx)
    new_law = before is not None and before.rule_set != record.rule_set
    case.prepare(record.id, common.officer(tx), new_law=new_law)
    return case, record


async def not_insured_twice(case: Case, tx: Transaction) -> None:
    """Raises InsuredTwice when a member of the unit is in another active award anywhere."""
    keys = [m.match_key for m in case.members.members if m.in_unit]
    found = rules.procedure.not_insured_twice(await store.covered_elsewhere(tx, keys))
    if not found.met:
        raise refusals.InsuredTwice(detail=found.because)


async def may_stand(case: Case, determination: rules.Determination, tx: Transaction) -> None:
    """Raises NotTogether where one of the insured holds what dibao may not stand beside."""
    keys = {str(m.person_id): m.match_key for m in case.members.members}
    insured = programme_awards.own_money(determination, keys)
    await programme_awards.beside_dibao(insured, case.division, determination.programme, tx)


async def check(case_id: UUID, agrees: bool, tx: Transaction, version: int | None) -> Case:
    """The section head agrees, or sends it back to the clerk."""
    case = await common.case(tx, case_id, version)
    if agrees:
        case.check(common.officer(tx))
    else:
        case.send_back(common.officer(tx))
    return case


async def visit(case_id: UUID, visitors: Sequence[str], on: date, tx: Transaction, version: int | None) -> Case:
    """Two or more county officers visited the home."""
    case = await common.case(tx, case_id, version)
    if len(set(visitors)) < len(("one", "another")):
        raise refusals.VisitorsTooFew(field="visitors")
    plausible.day(on, "visited_on", tx, after=case.forwarded_on, what="案件移送县级的日期")
    case.visit(visitors, on)
    await tx.announce(CountyVisitRecorded(application_id=case.id, visited_on=on, visitors=list(visitors)))
    return case


async def give_back(case_id: UUID, reason: str, tx: Transaction, version: int | None) -> Case:
    """The county sends the case back to the township."""
    case = await common.case(tx, case_id, version)
    by = common.officer(tx)
    case.give_back(by)
    await tx.announce(ApplicationReturned(application_id=case.id, reason=reason, returned_on=tx.today, by=by))
    return case
