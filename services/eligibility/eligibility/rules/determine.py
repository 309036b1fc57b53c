"""The decision order of domain §3.8: property, income, rigid spending; then class, coverage, amount, extra."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from doudi.law import Finding, clause
from doudi.money import Money
from eligibility.rules import amount, coverage, need
from eligibility.rules.amount import Extra, Line
from eligibility.rules.facts import Class, Facts
from eligibility.rules.numbers import DESIGN, SEED, Numbers, yuan

Route = Literal["NORMAL", "RIGID", "NONE"]


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


@dataclass(frozen=True, slots=True)
class Determination:
    """What the rules say about the facts: a proposal until the county decides. Money per month."""

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
        return {
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
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "rule_set": self.rule_set,
        }

    @property
    def sha256(self) -> str:
        """Of the canonical text: a recomputation must give the same."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@clause(DESIGN, "§3.8", "认定顺序：财产、收入、刚性支出，再定类别、范围、金额")
def determine(facts: Facts, n: Numbers, *, on: date, choice: Choice | None = None) -> Determination:
    """Applies the rules of the rule set in force on a day to the facts and the officer's choice."""
    choice = choice or Choice()
    within = need.property_within_limits(facts)
    normal = need.income_below_standard(facts, n)
    rigid = need.rigid_expenditure(facts, n)
    findings = [within, normal, rigid]
    if not within.met or not (normal.met or rigid.met):
        return _refused(facts, n, findings)
    route: Route = "NORMAL" if normal.met else "RIGID"
    y = need.counted_income(facts, rigid)
    assistance_class = coverage.CLASSIFIERS["BY_CAPACITY"](facts, y, n, on)
    everybody = tuple(sorted(p.person_id for p in facts.unit))
    insured = tuple(sorted(set(choice.insured))) if choice.insured is not None else everybody
    findings += _coverage(facts, n, assistance_class, insured, choice, on)
    base = amount.base_lines(assistance_class, y, insured, n)
    lines = (*base, *amount.extra_lines(base, choice.extras, n))
    return Determination(
        eligible=True,
        route=route,
        assistance_class=assistance_class,
        size=len(facts.unit),
        insured=insured,
        special_case=choice.special_case,
        per_capita_income=yuan(y),
        standard=Money(int(n.standard)),
        lines=lines,
        amount=sum((line.amount for line in lines), Money.zero()),
        findings=tuple(f.model_copy(update={"rule_set": n.rule_set}) for f in findings),
        rule_set=n.rule_set,
    )


def _coverage(
    facts: Facts, n: Numbers, assistance_class: Class, insured: Sequence[str], choice: Choice, on: date
) -> list[Finding]:
    """The findings on who is insured; those that can forbid an approval carry their rule's name."""
    return [
        coverage.most_members_qualify(facts, n),
        coverage.main_labour_missing(facts, n, on=on),
        coverage.key_guarantee(facts, n, on=on),
        _named(coverage.whole_household_insured, coverage.whole_household_insured(assistance_class, facts, insured)),
        _named(
            coverage.enough_insured,
            coverage.enough_insured(assistance_class, facts, insured, choice.special_case, n),
        ),
        _named(amount.extra_is_reasoned, amount.extra_is_reasoned(choice.extras, insured)),
    ]


def _named(rule: Any, found: Finding) -> Finding:
    return found.model_copy(update={"parameters": {**found.parameters, "rule": rule.__qualname__}})


def _refused(facts: Facts, n: Numbers, findings: list[Finding]) -> Determination:
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
        findings=tuple(f.model_copy(update={"rule_set": n.rule_set}) for f in findings),
        rule_set=n.rule_set,
    )


@clause(SEED, "二(一)5", "收入超过扶贫标准但仍低于低保标准的，宣布脱贫后可继续享受低保")
def poverty_exit_stops_nothing(registry: str) -> bool:
    """Leaving the poverty registry is never a reason to stop (脱贫不脱保): the answer is true for every status."""
    return registry in {"NONE", "NOT_OUT", "OUT", "RETURNED"}
