"""The status of 刚性支出困难家庭: from a decision to the end of its term, without monthly money (domain §2.1 RIGID)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from eligibility.model import refusals
from eligibility.model.base import Record
from eligibility.rules import need


class StatusState(StrEnum):
    """Whether the household has the status."""

    ACTIVE = "ACTIVE"
    ENDED = "ENDED"


class RigidStatus(Record, table=True):
    """One household's status, by one decision."""

    __tablename__ = "rigid_status"

    status: str = StatusState.ACTIVE.value
    application_id: UUID
    household_id: UUID
    rule_set: str
    decided_on: date
    valid_until: date
    """The last day; shorter when something else ended it before."""
    ended_on: date | None = None
    cause: str | None = None
    """TERM, DIBAO or DECIDED_ANEW."""

    @classmethod
    def begin(cls, division: str, application_id: UUID, household_id: UUID, rule_set: str, on: date) -> RigidStatus:
        """The decision of a day that finds it."""
        return cls(
            division=division,
            application_id=application_id,
            household_id=household_id,
            rule_set=rule_set,
            decided_on=on,
            valid_until=need.rigid_status_ends(on),
        )

    def end_of_term(self, on: date) -> None:
        """Its last day went by. Raises NotInThisState before that."""
        if on <= self.valid_until:
            raise refusals.NotInThisState(detail=f"有效期至 {self.valid_until}，尚未届满")
        self._is_over("TERM", on)

    def give_way(self, cause: str, on: date) -> None:
        """Dibao was granted, or the household was decided anew: the day before is the last."""
        self.valid_until = min(self.valid_until, max(self.decided_on, on - timedelta(days=1)))
        self._is_over(cause, on)

    def _is_over(self, cause: str, on: date) -> None:
        if self.status != StatusState.ACTIVE:
            raise refusals.NotInThisState(detail="已不是刚性支出困难家庭")
        self.status, self.cause, self.ended_on = StatusState.ENDED.value, cause, on
        self._changed()
