"""Domain §3.5: one member alone (民发〔2012〕220号 10, 民发〔2018〕90号, 民发〔2021〕57号 8, 民发〔2022〕83号 一)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, cast

from doudi.law import Clause, Finding, cited_in, clause, finding
from eligibility.rules import assets, income
from eligibility.rules.facts import Facts, Person
from eligibility.rules.need import per_capita
from eligibility.rules.numbers import (
    ACT,
    CONFIRMATION,
    DESIGN,
    NOTICE_2022,
    POVERTY_2018,
    REVIEW,
    Numbers,
    exact,
    yuan,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A member who asks to be treated as single, in a household of this income per head and month."""

    person: Person
    facts: Facts
    y: Fraction
    n: Numbers
    on: date
    within: bool = True
    """Whether the household's property is within the limits."""

    @property
    def severe(self) -> bool:
        """Grade 1 or 2."""
        return 0 < self.person.grade <= self.n.severe_grade or self.person.severely_disabled

    @property
    def severe_or_mental(self) -> bool:
        """Grade 1 or 2, or grade 3 where the disability is intellectual or mental."""
        mental = self.person.disability in self.n.mental_categories and self.person.grade <= self.n.mental_grade
        return self.severe or mental


@clause(REVIEW, "10", "困难家庭中丧失劳动能力且单独立户的成年重度残疾人，可以单独提出申请")
def registered_apart(a: Asked) -> bool:
    """Of age, severely disabled, without any capacity, in a household book of his own, in a hardship family."""
    return (
        a.person.age(a.on) >= a.n.adult_age
        and a.severe
        and a.person.labour == "NONE"
        and a.person.registered_apart
        and a.y < exact(a.n.hardship_factor) * a.n.standard
    )


@clause(
    POVERTY_2018,
    "单人户",
    "未脱贫建档立卡户中靠家庭供养且无法单独立户的重度残疾人、重病患者等完全或部分丧失劳动能力的，参照单人户纳入",
)
def poverty_registry(a: Asked) -> bool:
    """In a household that is not yet out of the registry; cannot set up his own; not fully able."""
    return (
        a.facts.registry == "NOT_OUT"
        and (a.severe_or_mental or a.person.seriously_ill)
        and a.person.cannot_register_apart
        and a.person.labour != "FULL"
    )


@clause(NOTICE_2022, "一(四)", "低保边缘家庭中的重残人员、重病患者等，经本人申请，可参照单人户纳入")
@clause(ACT, "21", "边缘家庭中的重度残疾人、重病患者，可以纳入最低生活保障范围")
@clause(CONFIRMATION, "8", "低保边缘家庭中持证的一级、二级重度残疾人和三级智力、精神残疾人，重病患者，可以单独提出申请")
def in_margin_household(a: Asked) -> bool:
    """In a margin household: its income per head below the factor of the standard and its property within limits."""
    margin = a.within and bool(a.n.margin_factor) and a.y < exact(a.n.margin_factor) * a.n.standard
    return margin and (a.severe_or_mental or a.person.seriously_ill)


@clause(NOTICE_2022, "一(一)", "成年无业重度残疾人可以单独提出申请")
def adult_severely_disabled(a: Asked) -> bool:
    """Of age, without work, severely disabled, in whatever household."""
    return a.person.age(a.on) >= a.n.adult_age and not a.person.earns and a.severe


Basis = Literal["REGISTERED_APART", "POVERTY_REGISTRY", "MARGIN", "ADULT_SEVERELY_DISABLED"]
"""By which entry one member alone is insured."""
ENTRIES: dict[str, Callable[[Asked], bool]] = {
    "REGISTERED_APART": registered_apart,
    "POVERTY_REGISTRY": poverty_registry,
    "MARGIN": in_margin_household,
    "ADULT_SEVERELY_DISABLED": adult_severely_disabled,
}
"""Which of them a rule set knows stands in rule_sets.yaml."""


@clause(DESIGN, "§3.8 step 6", "家庭不符合条件的，其中符合单人户条件并由本人申请的成员单独纳入")
def single_entry(
    facts: Facts, household: Facts, n: Numbers, *, on: date, within: bool
) -> tuple[Facts | None, list[Finding]]:
    """The first member (by id) who asked, fits and is in need alone, as a unit of one; and what was found on each.

    `facts` as kept, with items; `household` as counted; `within`: its property keeps to the limits. Only own income
    and own property count. Nobody enters unasked: where a member would fit but did not ask, the finding says so.
    """
    y = per_capita(household)
    findings: list[Finding] = []
    for person in facts.unit:
        asked = Asked(person, facts, y, n, on, within)
        entry = next((ENTRIES[name] for name in n.single_entries if ENTRIES[name](asked)), None)
        if entry is None and not person.applies_alone:
            continue
        alone, because = _alone(asked, entry)
        cited: Callable[..., object] | Clause = entry or single_entry
        findings.append(finding(cited, alone is not None, because, rule_set=n.rule_set, documents=n.documents))
        if alone is not None:
            return alone, findings
    return None, findings


@clause(DESIGN, "§3.5 (named)", "按单人户纳入的，载明所依据的情形")
def basis_of(found: Finding, n: Numbers) -> Basis:
    """The entry by which one member alone is insured, from the finding by which `single_entry` let them in."""
    return cast(Basis, next(e for e in n.single_entries if cited_in(ENTRIES[e], n.documents) == found.clause))


def _alone(a: Asked, entry: Callable[[Asked], bool] | None) -> tuple[Facts | None, str]:
    if entry is None:
        return None, "本人申请按单人户纳入，但不符合单人户条件"
    if not a.person.applies_alone:
        return None, "有成员符合单人户条件，须由本人提出申请"
    own = income.own_income(a.facts, a.person.person_id, a.n)
    if own is None:
        return None, "本人收入未分项核实，不能按单人户认定"
    breaches = assets.own_breaches(a.facts, a.person.person_id, a.n)
    if breaches:
        return None, f"经核实，本人财产超出规定：{'、'.join(breaches)}"
    alone = replace(
        a.facts,
        unit=(a.person,),
        income_year=own,
        deductions_year=0,
        rigid_year=0,
        labour_missing=False,
        items=(),
        supporters=(),
        things=(),
    )
    y = per_capita(alone)
    if y >= a.n.standard:
        return None, f"本人月收入 {yuan(y)} 元，不低于标准 {yuan(a.n.standard)} 元"
    return alone, f"符合单人户条件，只计算本人月收入 {yuan(y)} 元，低于标准 {yuan(a.n.standard)} 元"
