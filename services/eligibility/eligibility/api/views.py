"""What eligibility answers. Nobody's name or number is in it but an applicant's name on a posting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.law import Finding
from doudi.money import Money
from doudi.service import Request, Tx, View
from eligibility import rules
from eligibility.model import Award, AwardLineRow, Case, DeterminationRecord, Posting

Text = Field(min_length=1, max_length=2000)
Officer = Annotated[str, Field(min_length=1, max_length=120)]
"""Somebody by user name."""


class ExtraForm(Request):
    """Ten percent more for one person (卫民发〔2019〕21号 二(一)4)."""

    person_id: UUID
    group: Literal["SEVERELY_DISABLED", "SERIOUSLY_ILL", "ELDERLY", "MINOR", "OTHER_SPECIAL_HARDSHIP"]
    reason: str = Text


class Prepare(Request):
    """What the clerk proposes. `insured`: null insures the whole unit."""

    insured: list[UUID] | None = Field(default=None, max_length=50)
    special_case: Literal["OTHERS_PROVIDED", "TREATED_AS_SINGLE", "COLLECTIVE_DECISION"] | None = None
    extras: list[ExtraForm] = Field(default=[], max_length=50)

    def choice(self) -> rules.Choice:
        """As the rules take it."""
        insured = None if self.insured is None else tuple(sorted(map(str, set(self.insured))))
        special = rules.SPECIAL_CASES[self.special_case] if self.special_case else None
        extras = tuple(rules.Extra(str(e.person_id), e.group, e.reason) for e in self.extras)
        return rules.Choice(insured, special, extras)


class Check(Request):
    """Whether the section head agrees."""

    agrees: bool = True


class Visit(Request):
    """Who visited and when."""

    visited_on: date
    visitors: list[Officer] = Field(min_length=1, max_length=20)


class Reason(Request):
    """Why."""

    reason: str = Text


class Decide(Request):
    """The leader's decision; a refusal needs its reason."""

    outcome: Literal["APPROVED", "REFUSED"]
    reason: str | None = Field(default=None, min_length=1, max_length=2000)


class Statement(Request):
    """What somebody has against a posting."""

    statement: str = Text


class CaseView(View):
    """A case at the county."""

    id: UUID
    version: int
    division: str
    status: str
    near_relative: bool
    doubtful: bool
    opinion: str
    forwarded_on: date
    opinion_due_on: date
    whole_due_on: date | None = None
    """The last day of the whole procedure (民发〔2021〕57号 art. 22); null: there is none"""
    visit_because: str | None
    visited_on: date | None
    determination_id: UUID | None
    prepared_by: str | None
    checked_by: str | None
    signed_by: str | None
    posting_id: UUID | None
    posting_ends_on: date | None
    posting_ended_on: date | None
    decision_due_on: date | None
    reinvestigate_by: date | None
    decision_id: UUID | None
    decided_on: date | None
    notice_due_on: date | None
    notice_served_on: date | None

    @classmethod
    def of(cls, case: Case) -> CaseView:
        """Without the household."""
        return cls.model_validate(case)


class LineView(View):
    """One person's money of one kind, per month."""

    person_id: UUID
    item: str
    amount: Money


class DeterminationView(View):
    """What the rules said and why. Money per month."""

    id: UUID
    application_id: UUID
    made_on: date
    rule_set: str
    eligible: bool
    route: str
    outcome: str
    programme: str
    assistance_class: str | None
    household_size: int
    insured: list[UUID]
    special_case_reason: str | None
    per_capita_income: str
    standard: Money
    amount: Money
    lines: list[LineView]
    findings: list[Finding]
    approvable: bool
    needier_first: list[UUID]
    sha256: str

    @classmethod
    def of(cls, record: DeterminationRecord) -> DeterminationView:
        """From what was kept."""
        made = record.again()
        facts = rules.Facts.from_json(record.facts)
        return cls(
            id=record.id,
            application_id=record.application_id,
            made_on=record.made_on,
            rule_set=made.rule_set,
            eligible=made.eligible,
            route=made.route,
            outcome=made.outcome,
            programme=made.programme,
            assistance_class=made.assistance_class,
            household_size=made.size,
            insured=[UUID(p) for p in made.insured],
            special_case_reason=made.special_case,
            per_capita_income=made.per_capita_income,
            standard=made.standard,
            amount=made.amount,
            lines=[LineView(person_id=UUID(x.person_id), item=x.item, amount=x.amount) for x in made.lines],
            findings=list(made.findings),
            approvable=made.approvable,
            needier_first=[UUID(p) for p in rules.needier_first(facts, on=record.made_on)],
            sha256=record.sha256,
        )


class PostingView(View):
    """What the second posting shows, and nothing more (domain §4.3)."""

    id: UUID
    applicant_name: str
    members: int
    assistance_class: str
    amount: Money
    division: str
    village: str
    posted_on: date
    ends_on: date
    objections: str
    kind: str

    @classmethod
    def of(cls, posting: Posting, tx: Tx) -> PostingView:
        """The name is opened: that is what a posting is for."""
        return cls(
            id=posting.id,
            applicant_name=tx.keys.open(posting.applicant_name, "person.name"),
            members=posting.members,
            assistance_class=posting.assistance_class,
            amount=Money(posting.amount_fen),
            division=posting.division,
            village=Division.parse(posting.division).name,
            posted_on=posting.posted_on,
            ends_on=posting.ends_on,
            objections="县民政局社会救助服务热线 12349",
            kind=posting.kind,
        )


class AwardView(View):
    """An award. Money per month."""

    id: UUID
    version: int
    division: str
    application_id: UUID
    decision_id: UUID
    household_id: UUID
    status: str
    programme: str
    rule_set: str
    assistance_class: str
    household_size: int
    insured: list[UUID]
    amount: Money
    starts: str
    last_month: str | None
    granted_on: date
    review_due_on: date
    succeeds: UUID | None
    held_from: str | None
    held_because: str | None
    decide_by: date | None
    taper_until: str | None
    single_basis: str | None
    """By which entry one member alone is insured (domain §3.5)."""
    reviewing_since: date | None

    @classmethod
    def of(cls, award: Award) -> AwardView:
        """Without its lines."""
        return cls.model_validate({**award.model_dump(), "amount": Money(award.amount_fen)})


class AwardLineView(LineView):
    """A line with its months."""

    from_month: str
    to_month: str | None

    @classmethod
    def of_rows(cls, rows: Sequence[AwardLineRow]) -> list[AwardLineView]:
        """Past and present lines."""
        return [cls.model_validate({**r.model_dump(), "amount": r.amount}) for r in rows]


class WholeAwardView(AwardView):
    """An award with its lines."""

    lines: list[AwardLineView]
