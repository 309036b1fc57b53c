"""Verbs at the window: apply, complete, accept (民发〔2012〕220号 art. 9-14)."""

from __future__ import annotations

from datetime import date

from intake.model.application import File
from intake.model.refusals import AlreadyToldOnce, NothingMissing
from intake.model.states import State


class AtTheWindow(File):
    """From the written application to its acceptance."""

    def submit(self) -> None:
        """The head of household applies in writing (art. 9)."""
        self._move(State.SUBMITTED)

    def request_correction(self, missing: list[str], *, on: date, due_on: date, by: str) -> None:
        """Everything missing is told, once (art. 13). Raises AlreadyToldOnce the second time."""
        if self.correction_requested_on is not None:
            raise AlreadyToldOnce(detail=f"已于{self.correction_requested_on}一次性告知。")
        self.expect(State.SUBMITTED)
        if not missing:
            raise NothingMissing()
        self._move(State.CORRECTION)
        self.correction_requested_on, self.correction_due_on, self.missing = on, due_on, missing
        self._acted(by)

    def supply(self, *, on: date) -> None:
        """The applicant brought what was missing; it is looked through again."""
        self.expect(State.SUBMITTED, State.CORRECTION)
        self.supplied_on = on
        if self.state is State.CORRECTION:
            self._move(State.SUBMITTED)
        self._changed()

    def accept(self, *, on: date, survey_due_on: date, by: str) -> None:
        """The clock T0 starts (art. 13, 18)."""
        self._move(State.ACCEPTED)
        self.accepted_on, self.survey_due_on = on, survey_due_on
        self._acted(by)

    def not_accept(self, reason: str, *, on: date, by: str) -> None:
        """Not accepted, with notice and reason."""
        self._close(State.NOT_ACCEPTED, on, reason)
        self._acted(by)

    def withdraw(self, reason: str, *, on: date) -> None:
        """The applicant takes it back, any time before the decision (domain §4.2)."""
        self._close(State.WITHDRAWN, on, reason)
        self._changed()

    def terminate(self, reason: str, *, on: date, by: str) -> None:
        """Ended: refusal to cooperate without good reason, or the applicant died (domain §4.2)."""
        self._close(State.TERMINATED, on, reason)
        self._acted(by)
