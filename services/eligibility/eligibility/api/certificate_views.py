"""What eligibility answers about a decision in writing: notices, and the same case made again or under other rules."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from doudi.auth import Principal, Role
from doudi.division import Division
from doudi.law import Finding
from doudi.money import Money
from doudi.service import Tx, View
from eligibility.model import Notice
from eligibility.model.personal_notice import PersonalNotice
from eligibility.rules import Determination

NAMED = (Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER, Role.CLERK, Role.REVIEWER)
"""Who hands a notice out, and so reads the name on it."""


class NoticeView(View):
    """A notice (通知书): what was decided, the reasons each with its clause, the right of appeal. Money per month.

    `addressee` is told only to those who hand it out.
    """

    id: UUID
    kind: Literal["APPROVAL", "REFUSAL", "CHANGE", "STOP"]
    application_id: UUID
    decision_id: UUID | None
    award_id: UUID | None
    outcome: Literal["APPROVED", "REFUSED"] | None
    decided_on: date
    due_on: date
    amount: Money
    from_month: str | None
    last_month: str | None
    rule_set: str
    office: str
    addressee: str | None
    title: str
    lead: str
    reasons: list[str]
    rights: str
    hotline: str
    text: str
    clauses: list[str]

    @classmethod
    def of(cls, notice: Notice | PersonalNotice, tx: Tx, who: Principal) -> NoticeView:
        """In words; opening the name is noted."""
        said = notice.wording
        division = Division(notice.division)
        return cls(
            id=notice.id,
            kind=notice.kind,
            application_id=notice.application_id,
            decision_id=notice.decision_id,
            award_id=notice.award_id,
            outcome=_OUTCOMES.get(notice.kind),
            decided_on=notice.issued_on,
            due_on=notice.due_on,
            amount=Money(notice.amount_fen),
            from_month=notice.from_month,
            last_month=notice.last_month,
            rule_set=notice.rule_set,
            office=f"{division.county.name}民政局",
            addressee=addressee(notice, tx, who),
            title=said.title,
            lead=said.lead,
            reasons=list(said.reasons),
            rights=said.rights,
            hotline=said.hotline,
            text=said.text,
            clauses=list(said.clauses),
        )


_OUTCOMES: dict[str, Literal["APPROVED", "REFUSED"]] = {"APPROVAL": "APPROVED", "REFUSAL": "REFUSED"}


def addressee(notice: Notice | PersonalNotice, tx: Tx, who: Principal) -> str | None:
    """The name on a notice for those who may see it, and the note that they did."""
    if not who.roles & set(NAMED):
        return None
    tx.saw("notice", notice.id)
    return tx.keys.open(notice.addressee, "person.name") + ("家属" if notice.to_family else "")


class HypotheticalView(View):
    """What the same facts would give under the rules of another day: a trial (假设试算), never a decision, not kept."""

    hypothetical: Literal[True] = True
    says: str
    on: date
    rule_set: str
    eligible: bool
    approvable: bool
    route: str
    assistance_class: str | None
    household_size: int
    insured: list[UUID]
    per_capita_income: str
    standard: Money
    amount: Money
    difference: str
    """Its amount less the amount then, yuan per month."""
    findings: list[Finding]

    @classmethod
    def of(cls, tried: Determination, then: Determination, on: date) -> HypotheticalView:
        """`then`: what was determined."""
        return cls(
            says=f"假设试算：同一事实按 {on} 适用的 {tried.rule_set} 计算的结果，不是决定，不作为发放依据。",
            on=on,
            rule_set=tried.rule_set,
            eligible=tried.eligible,
            approvable=tried.approvable,
            route=tried.route,
            assistance_class=tried.assistance_class,
            household_size=tried.size,
            insured=[UUID(person) for person in tried.insured],
            per_capita_income=tried.per_capita_income,
            standard=tried.standard,
            amount=tried.amount,
            difference=str(tried.amount - then.amount),
            findings=list(tried.findings),
        )


class RecomputeView(View):
    """Whether the same facts, numbers and choice give the same result again; and, where asked, under another day."""

    equal: bool
    kept: str
    again: str
    would_be: HypotheticalView | None = None
