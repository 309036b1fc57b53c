"""What eligibility answers on programmes of one person. Nobody's name is in it but that on a posting."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from doudi.division import Division
from doudi.law import Finding
from doudi.money import Money
from doudi.service import Tx, View
from eligibility.model import ProgrammeAward, ProgrammeCase
from eligibility.rules.programmes import ProgrammeDetermination


class ItemView(View):
    """Money of one kind, per month."""

    item: str
    amount: Money


class MadeView(View):
    """What the rules say now and why. Money per month, from `starts`."""

    made_on: date
    rule_set: str
    eligible: bool
    lines: list[ItemView]
    amount: Money
    starts: str
    findings: list[Finding]
    sha256: str

    @classmethod
    def of(cls, case: ProgrammeCase) -> MadeView:
        """From what was kept."""
        kept = case.result
        lines = [ItemView(item=item, amount=Money.yuan(amount)) for _, item, amount in kept["lines"]]
        return cls(
            made_on=case.determined_on,
            rule_set=case.rule_set,
            eligible=kept["eligible"],
            lines=lines,
            amount=Money.yuan(kept["amount"]),
            starts=kept["starts"],
            findings=[Finding.model_validate(finding) for finding in kept["findings"]],
            sha256=case.sha256,
        )


class ProgrammeCaseView(View):
    """One person's application for one programme."""

    id: UUID
    version: int
    division: str
    status: str
    kind: str
    award_id: UUID | None
    circumstances: list[str]
    programme: str
    person_id: UUID
    near_relative: bool
    applied_on: date
    due_on: date | None
    determination: MadeView
    posted_on: date | None
    posting_ends_on: date | None
    posting_ended_on: date | None
    answer_due_on: date | None
    visit_because: str | None
    visited_on: date | None
    prepared_by: str | None
    checked_by: str | None
    signed_by: str | None
    decision_id: UUID | None
    decided_on: date | None
    outcome_because: str | None
    outcome: str | None
    heard_on: date | None
    notice_due_on: date | None
    notice_served_on: date | None
    in_its_way: list[str] = Field(default=[])
    """What is held and may not stand beside it; from dibao one changes over (`POST …/change-over`)."""
    in_place_of: UUID | None = None
    """The dibao award that ends when this begins: the county decides both in one TRANSFER of that award."""

    @classmethod
    def of(cls, case: ProgrammeCase) -> ProgrammeCaseView:
        """Without name and account."""
        kept = {
            name: getattr(case, name) for name in cls.model_fields if name not in ("near_relative", "determination")
        }
        return cls(**kept, near_relative=bool(case.relatives), determination=MadeView.of(case))


class PersonalTrialView(View):
    """What the same facts would give under the rules of another day: a trial (假设试算), never a decision, not kept."""

    hypothetical: Literal[True] = True
    says: str
    on: date
    rule_set: str
    eligible: bool
    lines: list[ItemView]
    amount: Money
    difference: str
    """Its amount less the amount then, yuan per month."""
    starts: str
    findings: list[Finding]

    @classmethod
    def of(cls, tried: ProgrammeDetermination, then: ProgrammeDetermination, on: date) -> PersonalTrialView:
        """`then`: what was determined."""
        return cls(
            says=f"假设试算：同一事实按 {on} 适用的 {tried.rule_set} 计算的结果，不是决定，不作为发放依据。",
            on=on,
            rule_set=tried.rule_set,
            eligible=tried.eligible,
            lines=[ItemView(item=line.item, amount=line.amount) for line in tried.lines],
            amount=tried.amount,
            difference=str(tried.amount - then.amount),
            starts=str(tried.starts),
            findings=list(tried.findings),
        )


class AgainView(View):
    """Whether the same facts, numbers and holdings give the same result again; and, where asked, under another day."""

    equal: bool
    kept: str
    again: str
    would_be: PersonalTrialView | None = None

    @classmethod
    def of(cls, case: ProgrammeCase, tried: tuple[date, ProgrammeDetermination] | None = None) -> AgainView:
        """The rules once more. `tried`: what they say on another day."""
        then = case.again()
        would_be = None if tried is None else PersonalTrialView.of(tried[1], then, tried[0])
        return cls(equal=then.sha256 == case.sha256, kept=case.sha256, again=then.sha256, would_be=would_be)


class ProgrammePostingView(View):
    """What the township's posting shows, and nothing more (domain §4.3)."""

    id: UUID
    applicant_name: str
    programme: str
    amount: Money
    division: str
    village: str
    posted_on: date
    ends_on: date
    objections: str

    @classmethod
    def of(cls, case: ProgrammeCase, tx: Tx) -> ProgrammePostingView:
        """The name is opened: that is what a posting is for."""
        assert case.posted_on is not None
        assert case.posting_ends_on is not None
        return cls(
            id=case.id,
            applicant_name=tx.keys.open(case.person_name, "person.name"),
            programme=case.programme,
            amount=Money.yuan(case.result["amount"]),
            division=case.division,
            village=Division.parse(case.division).name,
            posted_on=case.posted_on,
            ends_on=case.posting_ends_on,
            objections="县民政局社会救助服务热线 12349",
        )


class ObjectedView(View):
    """That the objection was received."""

    id: UUID
    answer_due_on: date


class ProgrammeAwardView(View):
    """What one person gets of one programme. Money per month."""

    id: UUID
    version: int
    division: str
    application_id: UUID
    decision_id: UUID
    programme: str
    person_id: UUID
    status: str
    rule_set: str
    lines: list[ItemView]
    amount: Money
    starts: str
    last_month: str | None
    granted_on: date
    review_due_on: date
    stopped_because: str | None
    question: str | None

    @classmethod
    def of(cls, award: ProgrammeAward) -> ProgrammeAwardView:
        """As it is now."""
        lines = [ItemView(item=item, amount=Money.yuan(amount)) for item, amount in award.lines]
        return cls(**{**award.model_dump(), "lines": lines, "amount": award.amount})
