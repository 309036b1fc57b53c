"""What the county did, as heard: decided, or sent back (民发〔2012〕220号 art. 26, 29)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from intake.model.application import File
from intake.model.states import State
from intake.model.survey import Surveyed
from intake.model.township import InTheTownship
from intake.model.window import AtTheWindow


class AtTheCounty(File):
    """The last steps, which intake only records."""

    def decided(self, decision_id: UUID, *, approved: bool, on: date, reason: str) -> None:
        """The county decided. A decision that crossed a withdrawal stands, since it was made first."""
        self._close(State.APPROVED if approved else State.REJECTED, on, reason)
        self.decision_id = decision_id
        self._changed()

    def returned(self, reason: str) -> None:
        """The county sent the case back and said why; it is surveyed again (domain §4.2)."""
        self._move(State.RETURNED)
        self.returned_because = reason
        self._changed()


class Application(AtTheWindow, Surveyed, InTheTownship, AtTheCounty, table=True):
    """An application for rural dibao on its way from the window to the county's decision."""

    __tablename__ = "application"
