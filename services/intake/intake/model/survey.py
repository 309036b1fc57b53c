"""Verbs of the survey: matching and home visit (民发〔2012〕220号 art. 18-20)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from doudi.events.parts import Means
from intake.model.application import File
from intake.model.refusals import MatchingAlreadyPassed, MatchingFirst, MatchingUnderWay
from intake.model.states import State

Outcome = Literal["PASSED", "FAILED", "INCOMPLETE"]
RUNNING = "RUNNING"


class Surveyed(File):
    """From acceptance to a home visit that both sides signed."""

    def start_matching(self, *, by: str) -> int:
        """Asks the departments (art. 19), again when the last answers were incomplete. Returns the round."""
        self.expect(State.ACCEPTED, State.SURVEY)
        if self.state is State.ACCEPTED:
            self._move(State.SURVEY)
        elif self.matching == RUNNING:
            raise MatchingUnderWay()
        elif self.matching == "PASSED":
            raise MatchingAlreadyPassed()
        self._acted(by)
        return self._next_round()

    def matched(self, outcome: Outcome, *, on: date) -> None:
        """The departments answered (art. 20). FAILED: the applicant is told in writing."""
        self.matching, self.matched_on = outcome, on
        if outcome == "FAILED":
            self._move(State.CHECK_FAILED)
        self._changed()

    def recheck(self, explained: list[list[str]], *, by: str) -> int:
        """The applicant objected with proof and the township checks again (art. 20). Returns the new round."""
        self.expect(State.CHECK_FAILED)
        self._move(State.SURVEY)
        self.explained = [*self.explained, *(pair for pair in explained if pair not in self.explained)]
        self._acted(by)
        return self._next_round()

    def refuse_after_matching(self, reason: str, *, on: date, by: str) -> None:
        """The matching failed and stands; refused in writing with the reason (art. 20)."""
        self.expect(State.CHECK_FAILED)
        self._close(State.REJECTED, on, reason)
        self._acted(by)

    def expect_matched(self) -> None:
        """Raises unless the home visit may be held: matched before it (art. 20), and no answer outstanding."""
        self.expect(State.SURVEY)
        if self.matching is None:
            raise MatchingFirst()
        if self.matching == RUNNING:
            raise MatchingUnderWay()

    def visit(self, *, on: date, surveyors: list[str], means: Means, assessment_due_on: date, by: str) -> None:
        """The home was visited and both sides signed (art. 18, 19); the assessment is due (art. 21)."""
        self.expect_matched()
        self._move(State.ASSESSMENT)
        self.visited_on, self.surveyors = on, surveyors
        self.means = means.model_dump(mode="json")
        self.assessment_due_on, self.assessed_on = assessment_due_on, None
        self._acted(by)
        self.officers = [*self.officers, *(s for s in surveyors if s not in self.officers)]

    def _next_round(self) -> int:
        self.match_round, self.matching = self.match_round + 1, RUNNING
        return self.match_round
