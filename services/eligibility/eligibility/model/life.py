"""What is recorded in an award's life: reviews, reported changes, tapers, offers of work."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from eligibility.model.base import Record


class Review(Record, table=True):
    """A household was looked at again, with verified means; what the rules said is kept with it."""

    __tablename__ = "review"

    award_id: UUID
    was_due_on: date
    reviewed_on: date
    reviewed_by: str
    determination_id: UUID
    outcome: str
    before_fen: int = Field(sa_type=BigInteger)
    after_fen: int = Field(sa_type=BigInteger)
    intervention_id: UUID | None = None


class ChangeReport(Record, table=True):
    """Somebody reported that a household changed."""

    __tablename__ = "change_report"

    award_id: UUID
    kind: str
    happened_on: date
    reported_on: date
    reported_by: str
    person_id: UUID | None = None
    review_by: date


class Taper(Record, table=True):
    """A taper for one person's job; once for each job."""

    __tablename__ = "taper"

    award_id: UUID
    match_key: str
    job: str
    """Keyed hash of the employer's name, since a person's employer is nobody's business."""
    first_month: str
    last_month: str
    granted_on: date


class WorkOffer(Record, table=True):
    """Suitable work was offered to a member who can work, and what came of it."""

    __tablename__ = "work_offer"

    award_id: UUID
    person_id: UUID
    offered_on: date
    outcome: str
    recorded_by: str
