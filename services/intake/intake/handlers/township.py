"""Assessment by the village and review by the township (民发〔2012〕220号 art. 21-25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from doudi.events.intake import ApplicationReviewed, AssessmentHeld
from doudi.transaction import Transaction
from intake import rules
from intake.handlers import common
from intake.model import Application, State
from intake.model import Assessment as AssessmentRow
from intake.model.refusals import AssessmentNotLawful, ReasonNeeded


@dataclass(frozen=True, slots=True)
class Meeting:
    """The record of an assessment."""

    held_on: date
    present: int
    representatives: int
    steps: Sequence[str]
    conclusion: Literal["AGREED", "DISPUTED"]


async def assess(application_id: UUID, meeting: Meeting, tx: Transaction, version: int | None) -> Application:
    """The village says whether the survey is true; much dispute sends it back to the survey (art. 21-24).

    A meeting after its term is unlawful in its date only: it is held all the same, and marked late.
    """
    application = await common.case(tx, application_id, version)
    application.expect(State.ASSESSMENT)
    _check(application, meeting, tx)
    due = application.assessment_due_on
    application.assess(again=rules.must_survey_again(meeting.conclusion), on=meeting.held_on, by=common.officer(tx))
    tx.session.add(
        AssessmentRow(
            division=application.division,
            application_id=application.id,
            held_on=meeting.held_on,
            present=meeting.present,
            representatives=meeting.representatives,
            steps=list(meeting.steps),
            conclusion=meeting.conclusion,
            late=due is not None and meeting.held_on > due,
            recorded_by=common.officer(tx),
        )
    )
    await tx.announce(
        AssessmentHeld(
            application_id=application.id,
            held_on=meeting.held_on,
            present=meeting.present,
            representatives=meeting.representatives,
            conclusion=meeting.conclusion,
        )
    )
    return application


async def review(
    application_id: UUID, opinion: Literal["SUPPORT", "REFUSE"], reason: str, tx: Transaction, version: int | None
) -> Application:
    """The township's leader forms the opinion (art. 25)."""
    application = await common.case(tx, application_id, version)
    if not rules.opinion_has_reason(reason).met:
        raise ReasonNeeded(field="reason")
    application.review(opinion, reason, on=tx.today, by=common.officer(tx))
    await tx.announce(
        ApplicationReviewed(
            application_id=application.id,
            opinion=opinion,
            reason=reason,
            reviewed_on=tx.today,
            by=common.officer(tx),
        )
    )
    return application


def _check(application: Application, meeting: Meeting, tx: Transaction) -> None:
    common.not_in_the_future(tx, meeting.held_on, "held_on")
    why = common.because(
        [
            rules.representatives_suffice(meeting.present, meeting.representatives, on=meeting.held_on),
            rules.five_steps(meeting.steps),
        ]
    )
    if application.visited_on is not None and meeting.held_on < application.visited_on:
        why = "；".join(filter(None, [why, f"民主评议不得早于入户调查（{application.visited_on}）"]))
    if why is not None:
        raise AssessmentNotLawful(detail=why)
