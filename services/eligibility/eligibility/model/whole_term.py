"""民发〔2021〕57号 art. 22: the term of the whole procedure, from the township's acceptance to the decision."""

from __future__ import annotations

from datetime import date

from eligibility import rules
from eligibility.model import refusals
from eligibility.model.base import Record

_OVER = ("APPROVED", "REJECTED", "WITHDRAWN")


class WholeTerm(Record):
    """A case whose whole procedure has a term beside that of its present step."""

    status: str
    accepted_on: date | None = None
    """When the township accepted the application; None: said before it was told."""
    whole_due_on: date | None = None
    """The last day for the decision; None where the rule set sets none."""
    whole_extended_because: str | None = None
    """Why the longer term of a special case holds."""

    def accepted(self, on: date | None) -> None:
        """The term runs from this day; a case that comes back from the township keeps it."""
        if on is not None:
            self.accepted_on = on
            self.whole_due_on = rules.clocks.whole_due(on, special=self.whole_extended_because is not None)

    def extend(self, because: str, on: date) -> None:
        """A special case has the longer term; once, and before the first has passed."""
        if self.accepted_on is None or self.whole_due_on is None or self.status in _OVER:
            raise refusals.NotInThisState(detail="该案无总期限或者已经决定，不能延长")
        if self.whole_extended_because is not None or on > self.whole_due_on:
            raise refusals.NotInThisState(detail="总期限已经延长或者已经届满")
        self.whole_extended_because = because
        self.whole_due_on = rules.clocks.whole_due(self.accepted_on, special=True)
        self._changed()
