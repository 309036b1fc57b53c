"""Further help in a case after its advance: proposed by an officer, decided by the county, paid by payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from doudi.calendar import Month
from doudi.clock import SHANGHAI
from doudi.law import Finding
from doudi.money import Money
from doudi.transaction import new_id
from relief.model.base import JSON, MOMENT, Base, Json
from relief.model.refusals import FollowUpSettled


class Stage(StrEnum):
    """Where a follow-up stands. One that is not in the account yet stays GRANTED, also when the bank returned it."""

    PROPOSED = "PROPOSED"
    GRANTED = "GRANTED"
    PAID = "PAID"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class FollowUp(Base, table=True):
    """One further grant of a case."""

    __tablename__ = "follow_up"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = 1
    case_id: UUID
    status: str = Stage.PROPOSED.value
    amount_fen: int = Field(sa_type=BigInteger)
    proposed_by: str
    proposed_on: date
    settled_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=MOMENT)
    reason: str | None = None
    """Why it was refused or withdrawn."""
    findings: list[Json] = Field(default_factory=list, sa_type=JSON)
    payment_key: str | None = None
    paid_on: date | None = None
    returned_on: date | None = None
    return_reason: str | None = None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.status)

    @property
    def amount(self) -> Money:
        """What was proposed."""
        return Money(self.amount_fen)

    def grant(self, person_id: UUID, findings: Sequence[Finding], *, by: str, at: datetime) -> str:
        """The county grants it; returns its payment key. Raises FollowUpSettled."""
        self._settle(Stage.GRANTED, by, at)
        self.findings = [finding.model_dump(mode="json") for finding in findings]
        self.payment_key = f"RELIEF/{person_id}/{Month.of(at.astimezone(SHANGHAI).date())}/FOLLOW_UP/{self.id}"
        return self.payment_key

    def refuse(self, reason: str, *, by: str, at: datetime) -> None:
        """The county refuses it, in writing. Raises FollowUpSettled."""
        self._settle(Stage.REFUSED, by, at)
        self.reason = reason

    def withdraw(self, reason: str, *, by: str, at: datetime) -> None:
        """The officers take it back before the county decides. Raises FollowUpSettled."""
        self._settle(Stage.WITHDRAWN, by, at)
        self.reason = reason

    def paid(self, on: date) -> None:
        """The money arrived."""
        self.status, self.paid_on = Stage.PAID.value, on
        self.version += 1

    def returned(self, on: date, reason: str) -> None:
        """The bank sent the money back; payments tries again once the account is right."""
        self.returned_on, self.return_reason = on, reason
        self.version += 1

    def _settle(self, to: Stage, by: str, at: datetime) -> None:
        if self.stage is not Stage.PROPOSED:
            raise FollowUpSettled
        self.status, self.settled_by, self.settled_at = to.value, by, at
        self.version += 1
