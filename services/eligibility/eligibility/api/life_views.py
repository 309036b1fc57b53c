"""What eligibility answers about an award's life."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from doudi.law import Finding
from doudi.money import Money
from doudi.service import View
from eligibility.model import Intervention, Review


class InterventionView(View):
    """What the county means to do with an award, and how far it has got. What the person said is not shown in lists."""

    id: UUID
    version: int
    division: str
    award_id: UUID
    others: list[UUID]
    kind: str
    ground: str
    reason: str
    status: str
    rule_set: str | None
    findings: list[Finding]
    proposed_by: str
    proposed_on: date
    noticed_on: date | None
    answer_by: date | None
    hearing: str | None
    heard_on: date | None
    accepted_by: str | None
    checked_by: str | None
    decided_by: str | None
    decided_on: date | None
    dropped_because: str | None

    @classmethod
    def of(cls, made: Intervention) -> InterventionView:
        """Without the plan's sealed parts."""
        return cls.model_validate(made.model_dump())


class HeardView(InterventionView):
    """With what the person said."""

    statement: str | None


class ReviewView(View):
    """A review of an award. Money per month."""

    id: UUID
    award_id: UUID
    was_due_on: date
    reviewed_on: date
    reviewed_by: str
    determination_id: UUID
    outcome: str
    amount_before: Money
    amount_after: Money
    intervention_id: UUID | None

    @classmethod
    def of(cls, made: Review) -> ReviewView:
        """As kept."""
        return cls.model_validate({
            **made.model_dump(),
            "amount_before": Money(made.before_fen),
            "amount_after": Money(made.after_fen),
        })  # fmt: skip


class ChangeView(View):
    """A reported change, and by when the household is looked at again."""

    id: UUID
    award_id: UUID
    kind: str
    happened_on: date
    reported_on: date
    reported_by: str
    person_id: UUID | None
    review_by: date


class OfferView(View):
    """Whether a member has refused work so often in a row that the law acts (国务院令649号 art. 45)."""

    person_id: UUID
    law_acts: bool


class SampleEntryView(View):
    """A case of a frame: its place by arrival, whether it was drawn, why it is visited, and when it was."""

    case_id: UUID
    position: int
    drawn: bool
    entered_on: date
    visit_because: str | None
    visited_on: date | None


class SampleView(View):
    """A sample of homes to visit, and the same draw made once more from its seed."""

    programme: str
    township: str
    quarter: str
    seed: str
    rate: str
    opened_on: date
    size: int
    drawn: int
    visited: int
    entries: list[SampleEntryView]
    redrawn: list[UUID]
    equal: bool
