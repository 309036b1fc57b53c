"""Verbs of the township and the village: assessment, review, first posting (民发〔2012〕220号 art. 21-25)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from intake.model.application import File
from intake.model.refusals import AssessmentFirst
from intake.model.states import State


class InTheTownship(File):
    """From the assessment to the end of the first posting."""

    def assess(self, *, again: bool, on: date, by: str) -> None:
        """The village assessed the survey (art. 21-23). Much dispute: it is surveyed again (art. 24)."""
        self.expect(State.ASSESSMENT)
        if again:
            self._move(State.SURVEY)
            self.assessed_on = None
        else:
            self.assessed_on = on
        self._acted(by)

    def review(self, opinion: Literal["SUPPORT", "REFUSE"], reason: str, *, on: date, by: str) -> None:
        """The township forms its opinion (art. 25). Raises AssessmentFirst without an assessment that agreed."""
        self.expect(State.ASSESSMENT)
        if self.assessed_on is None:
            raise AssessmentFirst()
        self._move(State.REVIEWED)
        self.opinion, self.opinion_reason, self.reviewed_on = opinion, reason, on
        self._acted(by)

    def post(self, *, on: date, ends_on: date, by: str) -> None:
        """The first posting is hung up at the village board (art. 25)."""
        self._move(State.POSTING_1)
        self.posted_on, self.posting_ends_on, self.posting_ended_on = on, ends_on, None
        self._acted(by)

    def object(self, *, on: date) -> None:
        """Somebody objected within the posting; it is taken down and the matter looked into again."""
        self._move(State.OBJECTION_1)
        self.posting_ended_on = on
        self._changed()

    def survey_again(self, *, by: str) -> None:
        """After an objection, or sent back by the county (art. 26): the home is visited again."""
        self.expect(State.OBJECTION_1, State.RETURNED)
        self._move(State.SURVEY)
        self._acted(by)

    def assess_again(self, *, assessment_due_on: date, by: str) -> None:
        """After an objection: the village assesses again."""
        self.expect(State.OBJECTION_1)
        self._move(State.ASSESSMENT)
        self.assessed_on, self.assessment_due_on = None, assessment_due_on
        self._acted(by)

    def forward(self, *, posting_ended_on: date, on: date) -> None:
        """The posting ended quietly and the case goes to the county (art. 25)."""
        self._move(State.COUNTY)
        self.posting_ended_on, self.forwarded_on = posting_ended_on, on
        self._changed()
