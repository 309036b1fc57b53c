"""The statutory clocks of one application: from when, until when, and how it went (domain §4.1, RS2019)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from doudi.law import cited_by
from intake import rules
from intake.handlers import common
from intake.model import Application

Name = Literal["ACCEPTANCE", "CORRECTION", "SURVEY", "ASSESSMENT", "FIRST_POSTING"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock. `done_on` None: the step is not done, or the application ended before it."""

    name: Name
    clause: str
    who: Literal["TOWNSHIP", "APPLICANT", "VILLAGE"]
    started_on: date
    due_on: date
    done_on: date | None

    def passed(self, on: date) -> bool:
        """Whether the last day went by before the step was done, or without it."""
        return (self.done_on or on) > self.due_on


def deadlines(application: Application) -> list[Deadline]:
    """The clocks that have started, in the order of the law."""
    calendar = common.calendar()
    clocks = [_acceptance(application, rules.acceptance_due(application.submitted_on, calendar))]
    if application.correction_requested_on is not None and application.correction_due_on is not None:
        started, due = application.correction_requested_on, application.correction_due_on
        clause = cited_by(rules.correction_lapses).id
        clocks.append(Deadline("CORRECTION", clause, "APPLICANT", started, due, application.supplied_on))
    if application.accepted_on is not None and application.survey_due_on is not None:
        started, due = application.accepted_on, application.survey_due_on
        clause = cited_by(rules.survey_due).id
        clocks.append(Deadline("SURVEY", clause, "TOWNSHIP", started, due, application.visited_on))
    if application.visited_on is not None and application.assessment_due_on is not None:
        started, due = application.visited_on, application.assessment_due_on
        clause = cited_by(rules.assessment_due).id
        clocks.append(Deadline("ASSESSMENT", clause, "VILLAGE", started, due, application.assessed_on))
    if application.posted_on is not None and application.posting_ends_on is not None:
        started, due = application.posted_on, application.posting_ends_on
        clause = cited_by(rules.posting_ends).id
        clocks.append(Deadline("FIRST_POSTING", clause, "TOWNSHIP", started, due, application.posting_ended_on))
    return clocks


def _acceptance(application: Application, due: date) -> Deadline:
    """Done when accepted, when everything missing was told, or when closed."""
    steps = (application.correction_requested_on, application.accepted_on, application.closed_on)
    done_on = min((day for day in steps if day is not None), default=None)
    return Deadline("ACCEPTANCE", cited_by(rules.acceptance_due).id, "TOWNSHIP", application.submitted_on, due, done_on)
