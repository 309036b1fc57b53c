"""After a member's death the household is looked at again within three months (民发〔2022〕83号 一(三))."""

from __future__ import annotations

from doudi.division import Division
from doudi.events.eligibility_life import ChangeReported
from doudi.events.intake import DeathReported
from doudi.transaction import Transaction
from eligibility import rules
from eligibility.model import Award, AwardState, ChangeReport


async def after_death(award: Award, event: DeathReported, by: str, tx: Transaction) -> None:
    """An award that goes on is due for a review by the term; ReviewDue and ReviewOverdue tell it near and passed.

    The death itself has changed the money already, by the facts as known: whose income and care fell away is looked at
    by a person. A review that is due earlier stays due earlier, and none is set where no term is in force.
    """
    due = rules.life.recheck_due(event.died_on, on=event.reported_on)
    if due is None or award.status == AwardState.STOPPED:
        return
    award.change_reported(due)
    report = ChangeReport(
        division=award.division,
        award_id=award.id,
        kind="MEMBER_LEFT",
        happened_on=event.died_on,
        reported_on=event.reported_on,
        reported_by=by,
        person_id=event.person_id,
        review_by=award.review_due_on,
    )
    tx.session.add(report)
    await tx.announce(
        ChangeReported(
            award_id=award.id,
            division=Division(award.division),
            kind="MEMBER_LEFT",
            person_id=event.person_id,
            happened_on=event.died_on,
            reported_on=event.reported_on,
            review_due_on=award.review_due_on,
            by=by,
        )
    )
