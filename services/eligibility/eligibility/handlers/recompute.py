"""What would it be under other rules: a trial on the facts of an old determination; none of it is kept or said."""

from __future__ import annotations

from datetime import date

from doudi.dated import MissingParameter
from doudi.division import Division
from doudi.errors import Invalid
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import plausible
from eligibility.model import DeterminationRecord, ProgrammeCase, refusals
from eligibility.rules import programmes
from eligibility.rules.hypothetical import NotUnderThatRuleSet, day_under


async def elsewhere(
    record: DeterminationRecord, under: str | None, on: date | None, tx: Transaction
) -> tuple[date, rules.Determination]:
    """The day, and what the rules of that day say of the same facts and choice (domain §0.1).

    Raises Invalid for a day that is not under the rule set, NotPlausible for one far ahead, WrongRuleSet where this
    version cannot apply it.
    """
    plausible.trial_day(on, "on", tx)
    try:
        day = day_under(under, on, tx.today)
        whose = rules.Numbers(**record.numbers).programme
        numbers = rules.decided(day, Division(record.division), await store.parameters(tx), whose)
    except NotUnderThatRuleSet as error:
        raise Invalid(field="under", detail=str(error)) from error
    except (rules.RuleSetNotImplemented, MissingParameter) as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
    choice = rules.Choice.from_json(record.choice)
    return day, rules.determine(rules.Facts.from_json(record.facts), numbers, on=day, choice=choice)


async def personal_elsewhere(
    case: ProgrammeCase, under: str | None, on: date | None, tx: Transaction
) -> tuple[date, programmes.ProgrammeDetermination]:
    """The same for a programme of one person: its facts, what is reported and what else is held, under another day.

    Raises as `elsewhere` does; WrongRuleSet also where the programme did not exist on that day.
    """
    plausible.trial_day(on, "on", tx)
    made = programmes.PROGRAMMES[case.programme]
    facts, division = made.facts.from_json(case.facts), Division(case.division)
    held = [programmes.Holding.from_json(kept) for kept in case.holdings]
    try:
        day = day_under(under, on, tx.today)
        numbers = programmes.resolve(made.numbers, day, division, await store.parameters(tx))
        found = programmes.change.ended_by(made.determine(facts, numbers, on=day), case.circumstances)
        return day, programmes.beside(found, held, on=day, division=case.division)
    except NotUnderThatRuleSet as error:
        raise Invalid(field="under", detail=str(error)) from error
    except (rules.RuleSetNotImplemented, MissingParameter) as error:
        raise refusals.WrongRuleSet(detail=str(error)) from error
