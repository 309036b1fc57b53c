"""The decision order of domain §3.8: property, income, rigid spending, single entry, margin; class, cover, amount."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from doudi.law import Finding, clause
from doudi.money import Money
from eligibility.rules import amount, assets, coverage, income, need, single
from eligibility.rules.amount import Extra, Line
from eligibility.rules.facts import Class, Facts
from eligibility.rules.numbers import DESIGN, REVIEW, Numbers, Programme, yuan

Route = Literal["NORMAL", "RIGID", "SINGLE", "NONE"]
Outcome = Literal["DIBAO", "MARGIN", "RIGID", "NONE"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer may choose: whom to insure in a C household, a special case, whose money rises by a tenth."""

    insured: tuple[str, ...] | None = None
    special_case: str | None = None
    extras: tuple[Extra, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination."""
        extras = [{"person_id": e.person_id, "group": e.group, "reason": e.reason} for e in self.extras]
        return {"insured": self.insured, "special_case": self.special_case, "extras": extras}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Choice:
        """What `as_json` made."""
        insured = None if kept["insured"] is None else tuple(kept["insured"])
        return cls(insured, kept["special_case"], tuple(Extra(**extra) for extra in kept["extras"]))


_NOTHING = Choice()


@dataclass(frozen=True, slots=True)
class Determination:
    """What the rules say about the facts: a proposal until the county decides. Money per month.

    `outcome`: dibao; or the status of a household that is not in dibao but near it (margin, rigid expenditure).
    By the route SINGLE one member is a household of its own: `size` is one.
    """

    eligible: bool
    route: Route
    assistance_class: Class | None
    size: int
    insured: tuple[str, ...]
    special_case: str | None
    per_capita_income: str
    standard: Money
    lines: tuple[Line, ...]
    amount: Money
    findings: tuple[Finding, ...]
    rule_set: str
    outcome: Outcome = "NONE"
    programme: Programme = "DIBAO_R"
    single_basis: single.Basis | None = None
    """By which entry of §3.5, on the route SINGLE. It follows from the findings, so the canonical text has it not."""

    @property
    def approvable(self) -> bool:
        """Whether nothing that the law demands of an approval is unmet."""
        return self.eligible and not self.obstacles

    @property
    def obstacles(self) -> list[Finding]:
        """Findings on coverage and extra money that forbid an approval as proposed."""
        return [f for f in self.findings if not f.met and "rule" in f.parameters]

    def as_json(self) -> dict[str, Any]:
        """Canonical: the same determination gives the same text."""
        told = {
            "eligible": self.eligible,
            "route": self.route,
            "class": self.assistance_class,
            "size": self.size,
            "insured": list(self.insured),
            "special_case": self.special_case,
            "per_capita_income": self.per_capita_income,
            "standard": str(self.standard),
            "lines": [[line.person_id, line.item, str(line.amount)] for line in self.lines],
            "amount": str(self.amount),
            "findings": [_finding(found) for found in self.findings],
            "rule_set": self.rule_set,
        }
        if self.outcome in ("MARGIN", "RIGID"):
            told["outcome"] = self.outcome
        if self.programme != "DIBAO_R":
            told["programme"] = self.programme
        return told

    @property
    def sha256(self) -> str:
        """Of the canonical text: a recomputation must give the same."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _finding(found: Finding) -> dict[str, Any]:
    """As `model_dump` gives it, five times as fast."""
    return {
        "clause": found.clause,
        "met": found.met,
        "because": found.because,
        "rule_set": found.rule_set,
        "parameters": dict(found.parameters),
    }


@clause(DESIGN, "§3.8", "认定顺序：财产、收入、刚性支出、单人户、低保边缘；再定类别、范围、金额、增发")
@clause(REVIEW, "4", "户籍状况、家庭收入和家庭财产是认定低保对象的三个基本要件")
def determine(facts: Facts, n: Numbers, *, on: date, choice: Choice | None = None) -> Determination:
    """Applies the rules of the rule set in force on a day to the facts and the officer's choice.

    The facts are the unit already: whom the law leaves out, or another programme looks after, is not among them.
    """
    choice = choice or _NOTHING
    household, counted = income.as_counted(facts, n)
    hits = assets.hits(facts.things, len(facts.unit), n)
    within = need.property_within_limits(household, n, also=[hit.what for hit in hits if hit.verified])
    normal = need.income_below_standard(household, n)
    rigid = need.rigid_expenditure(household, n)
    findings = [within, normal, rigid, *(f for f in (counted, assets.to_be_verified(hits, n)) if f is not None)]
    if within.met and (normal.met or rigid.met):
        y = need.counted_income(household, rigid)
        return _eligible(household, y, "NORMAL" if normal.met else "RIGID", n, choice, on, findings)
    if n.single_entries:
        alone, found = single.single_entry(facts, household, n, on=on, within=within.met)
        findings += found
        if alone is not None:
            made = _eligible(alone, need.per_capita(alone), "SINGLE", n, choice, on, findings)
            return replace(made, single_basis=single.basis_of(found[-1], n))
    return _refused(household, n, findings, within_limits=within.met)


def _eligible(
    facts: Facts, y: Fraction, route: Route, n: Numbers, choice: Choice, on: date, findings: list[Finding]
) -> Determination:
    seen = coverage.evidence(facts, n, on=on)
    group = coverage.CLASSIFIERS[n.classifier](seen, y, n)
    insured = _insured(facts, route, choice)
    findings += [seen.majority, seen.labour_missing, seen.key]
    findings += _coverage(facts, n, group, insured, choice)
    if choice.extras and n.elder_age:  # numbers that were kept before know no such test
        findings.append(amount.extra_fits_group(choice.extras, facts, n, on=on))
    base = amount.base_lines(group, y, insured, n)
    lines = (*base, *amount.extra_lines(base, choice.extras, n))
    return Determination(
        eligible=True,
        route=route,
        assistance_class=group,
        size=len(facts.unit),
        insured=insured,
        special_case=choice.special_case,
        per_capita_income=yuan(y),
        standard=Money(int(n.standard)),
        lines=lines,
        amount=Money(sum(line.amount.fen for line in lines)),
        findings=tuple(findings),
        rule_set=n.rule_set,
        outcome="DIBAO",
        programme=n.programme,
    )


def _insured(facts: Facts, route: Route, choice: Choice) -> tuple[str, ...]:
    """Whom the officer chose, else everybody; by the route SINGLE that member alone."""
    everybody = tuple(sorted(p.person_id for p in facts.unit))
    if choice.insured is None:
        return everybody
    chosen = set(choice.insured) & set(everybody) if route == "SINGLE" else set(choice.insured)
    return tuple(sorted(chosen))


def _coverage(facts: Facts, n: Numbers, group: Class, insured: Sequence[str], choice: Choice) -> list[Finding]:
    """The findings on who is insured; those that can forbid an approval carry their rule's name."""
    found = [
        coverage.whole_household_insured(group, facts, insured, n),
        coverage.enough_insured(group, facts, insured, choice.special_case, n),
    ]
    if not n.partial_household:
        found.append(coverage.nobody_left_out(facts, insured, n))
    return [*found, amount.extra_is_reasoned(choice.extras, insured, n)]


def _refused(facts: Facts, n: Numbers, findings: list[Finding], *, within_limits: bool) -> Determination:
    return Determination(
        eligible=False,
        route="NONE",
        assistance_class=None,
        size=len(facts.unit),
        insured=(),
        special_case=None,
        per_capita_income=yuan(need.per_capita(facts)),
        standard=Money(int(n.standard)),
        lines=(),
        amount=Money.zero(),
        outcome=_status(facts, n, findings) if within_limits else "NONE",
        findings=tuple(findings),
        rule_set=n.rule_set,
        programme=n.programme,
    )


def _status(facts: Facts, n: Numbers, findings: list[Finding]) -> Outcome:
    """What a household with property in order is that is not in dibao: margin, rigid expenditure, or nothing."""
    if n.margin_factor:
        findings.append(need.margin_household(facts, n))
        if findings[-1].met:
            return "MARGIN"
    if n.rigid_status_line:
        findings.append(need.rigid_household(facts, n))
        if findings[-1].met:
            return "RIGID"
    return "NONE"
