"""The rules of a programme on a person's case, beside what the person holds anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.dated import MissingParameter, Parameters
from doudi.division import Division
from doudi.events.eligibility_programmes import PersonalDeterminationMade
from doudi.transaction import Transaction
from eligibility import store
from eligibility.handlers import programme_awards
from eligibility.model import ProgrammeCase, refusals
from eligibility.rules import programmes
from eligibility.rules.programmes.common import month_after
from eligibility.rules.rule_sets import RuleSetNotImplemented
from eligibility.store import programmes as programme_store

_DIBAO = {"DIBAO_R", "DIBAO_U"}


@dataclass(frozen=True, slots=True)
class Made:
    """A determination with everything that went in: `found` alone, `result` beside what is held."""

    facts: programmes.PersonFacts
    numbers: programmes.ProgrammeNumbers
    held: Sequence[programmes.Holding]
    found: programmes.ProgrammeDetermination
    result: programmes.ProgrammeDetermination


def _derived(
    case: ProgrammeCase, held: Sequence[programmes.Holding], on: date, month: Month | None, *, at_home: bool
) -> dict[str, Any]:
    """Facts that nobody declares: they follow from the case and from what the person holds anywhere.

    `month`: the one that is asked about, where the person has the award already. `at_home`: the person's household is
    on dibao.
    """
    holds = {holding.programme for holding in held if not holding.gives_way}
    derived: dict[str, Any] = {"person_id": str(case.person_id), "born": case.born.isoformat()}
    if case.programme in ("TEKUN", "ORPHAN"):
        derived["held"] = month is not None
    if case.programme in ("ELDER", "ELDER_2023"):
        derived["month"] = str(month) if month else None
    if case.programme in ("LIVING_SUB", "CARE_SUB"):
        derived["applied_on"] = case.applied_on.isoformat()
    if case.programme == "LIVING_SUB":
        low = case.given.get("low_income", False)
        cell = programmes.MATRIX.at("MARGIN", "LIVING_SUB", on=on, division=Division(case.division))
        derived["in_dibao"] = at_home or bool(holds & _DIBAO)
        derived["in_extended_scope"] = low and cell.relation == "TOGETHER"
    if case.programme == "ELDER_2023":
        derived["has_elder"] = "ELDER" in holds
    return derived


async def make(
    case: ProgrammeCase,
    tx: Transaction,
    *,
    award_id: UUID | None = None,
    month: Month | None = None,
    numbers_of: Parameters | None = None,
    on: date | None = None,
) -> Made:
    """The rules of today on a case. `award_id`: the award of this programme that is looked at again, for this month;
    it is not in its own way. `numbers_of` and `on`: other numbers and another day, for a trial.
    Raises WrongRuleSet or NumbersMissing."""
    every = await programme_store.holdings(tx, case.match_key, month)
    known = numbers_of or await store.parameters(tx)
    at_home = bool(await programme_store.in_dibao_households(tx, [case.person_id]))
    return applied(case, every, known, on=on or tx.today, award_id=award_id, month=month, at_home=at_home)


def applied(
    case: ProgrammeCase,
    every: Sequence[programmes.Holding],
    known: Parameters,
    *,
    on: date,
    award_id: UUID | None = None,
    month: Month | None = None,
    at_home: bool,
) -> Made:
    """As `make`, with everything that the person holds, whether the household is on dibao, and all numbers given."""
    held = [
        replace(holding, gives_way=holding.award_id == str(case.in_place_of))
        for holding in every
        if holding.award_id != str(award_id)
    ]
    rules = programmes.PROGRAMMES[case.programme]
    given = {key: value for key, value in case.given.items() if key != "low_income"}
    facts = rules.facts.from_json({**given, **_derived(case, held, on, month, at_home=at_home)})
    try:
        numbers = programmes.resolve(rules.numbers, on, Division(case.division), known)
    except RuleSetNotImplemented as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    except MissingParameter as error:
        raise refusals.NumbersMissing(detail=str(error)) from error
    found = programmes.change.ended_by(rules.determine(facts, numbers, on=on), case.circumstances)
    result = programmes.beside(found, held, on=on, division=case.division)
    return Made(facts, numbers, held, found, result)


async def determine(case: ProgrammeCase, tx: Transaction) -> Made:
    """Applies the rules of today to the case; keeps and announces what they say."""
    month = month_after(tx.today) if case.award_id else None
    made = await make(case, tx, award_id=case.award_id, month=month)
    result = made.result
    case.determined(made.facts, made.numbers, made.held, result, tx.today)
    await tx.announce(
        PersonalDeterminationMade(
            application_id=case.id,
            person_id=case.person_id,
            division=Division(case.division),
            programme=case.programme,
            rule_set=result.rule_set,
            eligible=result.eligible,
            lines=programme_awards.lines(result),
            amount=result.amount,
            starts=result.starts,
            findings=list(result.findings),
            sha256=result.sha256,
            determined_on=tx.today,
        )
    )
    return made
