"""What is said of a dibao award that begins, in both versions of the event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardGranted, AwardGrantedV1
from doudi.events.parts import Account
from eligibility import rules
from eligibility.handlers import common
from eligibility.model import Award


def granted(
    award: Award, made: rules.Determination, starts: Month, account: Account
) -> tuple[AwardGrantedV1, AwardGranted]:
    """Version 2 names the programme as it is; version 1 goes on for its readers and calls both programmes DIBAO_R."""
    said = {
        "award_id": award.id,
        "application_id": award.application_id,
        "decision_id": award.decision_id,
        "household_id": award.household_id,
        "division": Division(award.division),
        "rule_set": award.rule_set,
        "assistance_class": made.assistance_class,
        "household_size": award.household_size,
        "insured": [UUID(person) for person in made.insured],
        "lines": common.lines(made),
        "amount": made.amount,
        "starts": starts,
        "review_due_on": award.review_due_on,
        "account": account,
    }
    old = {"programme": "DIBAO_R", "standard_of": made.programme, "also_in_v2": True}
    return (
        AwardGrantedV1.model_validate({**said, **old}),
        AwardGranted.model_validate({**said, "programme": award.programme, "single_basis": made.single_basis}),
    )


def named(award: Award) -> dict[str, Any]:
    """What an adjustment says of the award beside its money: the programme, and who is insured alone by what."""
    return {"programme": award.programme, "single_basis": award.single_basis}
