"""国办发〔2010〕54号: orphans (ORPHAN)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.programmes.common import PersonFacts, ProgrammeDetermination, conclude, month_after
from eligibility.rules.programmes.numbers import ORPHANS, OrphanNumbers

LOST = ("DEAD", "DECLARED_DEAD", "DECLARED_MISSING", "NOT_FOUND")
"""What makes a parent lost; PRESENT is the other state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanFacts(PersonFacts):
    """The child, what is known of both natural parents, and where it lives."""

    parents: tuple[str, str]
    placement: str
    """INSTITUTION or COMMUNITY."""
    adopted: bool = False
    at_school: bool = False
    held: bool = False
    """Gets orphan money already."""


@clause(ORPHANS, "一", "孤儿是失去父母、查找不到生父母的未满18周岁的未成年人")
def has_lost_both_parents(facts: OrphanFacts) -> Finding:
    """Both are dead, declared dead or missing, or cannot be found; adoption gives parents again."""
    met = all(parent in LOST for parent in facts.parents) and not facts.adopted
    because = "父母双方死亡、失踪或查找不到" if met else "已被收养" if facts.adopted else "父母至少一方健在"
    return finding(has_lost_both_parents, met, because)


@clause(ORPHANS, "二(三)", "孤儿成年后仍在校就读的，继续享有相应政策")
def is_a_child_or_still_learns(facts: OrphanFacts, n: OrphanNumbers, *, on: date) -> Finding:
    """Under eighteen; or already an orphan of the programme and still at school."""
    age = facts.age(on)
    met = age < n.age or (facts.held and facts.at_school)
    told = f"{age} 周岁，未满 {n.age} 周岁" if age < n.age else f"{age} 周岁，{'仍在校就读' if met else '不再享有'}"
    return finding(is_a_child_or_still_learns, met, told)


@clause(ORPHANS, "二(一)", "机构抚养孤儿养育标准高于散居孤儿养育标准")
def determine_orphan(facts: OrphanFacts, n: OrphanNumbers, *, on: date) -> ProgrammeDetermination:
    """The line of a home or of the community, from the next month. Nothing of it is posted (domain §4.3)."""
    findings = [has_lost_both_parents(facts), is_a_child_or_still_learns(facts, n, on=on)]
    amount = Money(n.institution if facts.placement == "INSTITUTION" else n.community)
    return conclude("ORPHAN", findings, [Line(facts.person_id, "BASE", amount)], n, month_after(on))
