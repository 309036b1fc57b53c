"""Awards that go on where another ended: another programme, another county, the households of a split or a merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility_life import AwardTransferred, HouseholdSplit
from doudi.events.parts import Account
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.handlers import common, granting
from eligibility.model import Award, DeterminationRecord, Intervention, ProgrammeAward
from eligibility.model.award import rows
from eligibility.model.base import Json
from eligibility.store import life

Granted = Award | ProgrammeAward


@dataclass(frozen=True, slots=True)
class Place:
    """Where an award goes on."""

    record: DeterminationRecord
    division: str
    programme: str
    household_id: UUID
    account: Json | None


async def places(made: Intervention, old: Award, tx: Transaction) -> list[Place]:
    """The places of a plan, in order."""
    plan = made.plan
    groups = plan.get("groups", [plan])
    return [
        Place(
            record=await store.determination(tx, UUID(group["determination_id"])),
            division=plan.get("division") or old.division,
            programme=plan.get("programme") or old.programme,
            household_id=UUID(group["household_id"]) if "household_id" in group else old.household_id,
            account=group.get("account") or old.account,
        )
        for group in groups
    ]


async def grant(
    old: Award, place: Place, result: rules.Determination, starts: Month, decision_id: UUID, tx: Transaction
) -> Award:
    """The award that goes on, from its first month; said so that payments can pay it."""
    assert result.assistance_class is not None
    award = Award(
        division=place.division,
        application_id=old.application_id,
        decision_id=decision_id,
        household_id=place.household_id,
        programme=place.programme,
        rule_set=result.rule_set,
        assistance_class=result.assistance_class,
        household_size=result.size,
        insured=list(result.insured),
        amount_fen=result.amount.fen,
        starts=str(starts),
        granted_on=tx.today,
        review_due_on=rules.life.next_review(place.programme, result.assistance_class, tx.today),
        facts=place.record.facts,
        choice=place.record.choice,
        account=place.account,
        succeeds=old.id,
        single_basis=result.single_basis,
    )
    tx.session.add(award)
    await tx.session.flush()
    tx.session.add_all(rows(award.id, result.lines, starts))
    await tx.announce(*granting.granted(award, result, starts, await account_of(award, tx)))
    return award


async def account_of(award: Award, tx: Transaction) -> Account:
    """Where an award's money goes: its own account, or that of the application."""
    if award.account is not None:
        return Account.model_validate(award.account)
    (row,) = await life.households_of(tx, [award.application_id])
    return Account.model_validate_json(row["account"])


async def say(made: Intervention, old: Sequence[Award], new: Sequence[Granted], last: Month, tx: Transaction) -> None:
    """Announces what became what."""
    for award in old:
        await tx.announce(_transferred(made, award, new, last, tx))
        if made.kind in ("SPLIT", "MERGE"):
            await tx.announce(_split(made, award, _households(made, old[0]), new, tx))


def _transferred(
    made: Intervention, award: Award, new: Sequence[Granted], last: Month, tx: Transaction
) -> AwardTransferred:
    kept = {
        "award_id": award.id,
        "division": Division(award.division),
        "last_month": last,
        "into": [one.id for one in new],
        "programmes": [one.programme for one in new],
        "cause": made.kind,
        "transferred_on": tx.today,
        "by": common.officer(tx),
    }
    return AwardTransferred.model_validate(kept)


def _split(
    made: Intervention, award: Award, into: list[UUID], new: Sequence[Granted], tx: Transaction
) -> HouseholdSplit:
    kept = {
        "household_id": award.household_id,
        "division": Division(award.division),
        "cause": made.kind,
        "into": into,
        "awards": [one.id for one in new],
        "split_on": tx.today,
        "by": common.officer(tx),
    }
    return HouseholdSplit.model_validate(kept)


def _households(made: Intervention, main: Award) -> list[UUID]:
    groups = made.plan.get("groups")
    return [UUID(group["household_id"]) for group in groups] if groups else [main.household_id]
