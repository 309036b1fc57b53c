"""卫民发〔2019〕21号 二(一)1 and 二(一)4: whole households, classes A, B and C, and how many members are insured."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from doudi.law import Finding, clause, finding
from eligibility.rules.facts import Class, Facts, Person
from eligibility.rules.numbers import DESIGN, NOTICE_2022, SEED, Numbers, exact

SPECIAL_CASES = {
    "OTHERS_PROVIDED": "其他成员均为特困、孤儿，或被监禁、外出十二个月以上且有独立收入",
    "TREATED_AS_SINGLE": "按单人户纳入",
    "COLLECTIVE_DECISION": "县级集体研究决定",
}
"""Why one person of a C household may be insured alone (domain §3.7, D-13); signed at county level."""


def _able(person: Person, n: Numbers, on: date) -> bool:
    """Full capacity: no student and, where the rules look at age, from 16 to 59 whatever was recorded (domain §3.6)."""
    child = n.labour_by_age and person.age(on) < n.labour_age_from
    old = 0 < n.full_labour_to < person.age(on)
    return person.labour == "FULL" and not (person.student or child or old)


def _weak(person: Person, n: Numbers, on: date) -> bool:
    """A member who by himself would qualify: not fully able, or still learning, and without earnings (D-03)."""
    return not person.earns and not _able(person, n, on)


@clause(SEED, "二(一)1", "家庭成员中大多数符合低保条件的生活困难家庭，整户纳入")
def most_members_qualify(facts: Facts, n: Numbers, *, on: date) -> Finding:
    """More than the share of members, not just the share."""
    weak = sum(_weak(person, n, on) for person in facts.unit)
    share = exact(n.majority_share)
    met = weak * share.denominator > share.numerator * len(facts.unit)
    because = f"家庭成员 {len(facts.unit)} 人，其中 {weak} 人符合条件，{'超过' if met else '未超过'}半数"
    return finding(
        most_members_qualify,
        met,
        because,
        majority_share=n.majority_share,
        rule_set=n.rule_set,
        documents=n.documents,
    )


@clause(SEED, "二(一)1", "家中主要劳动力缺失的生活困难家庭，整户纳入")
def main_labour_missing(facts: Facts, n: Numbers, *, on: date) -> Finding:
    """Nobody of working age with full capacity is there, or the sole earner is lost (domain §3.4 b)."""
    able = [
        p
        for p in facts.unit
        if p.labour == "FULL" and not p.student and n.labour_age_from <= p.age(on) <= n.labour_age_to
    ]
    met = facts.labour_missing or not able
    because = "主要劳动力缺失" if met else f"有 {len(able)} 名有劳动能力的成员"
    return finding(main_labour_missing, met, because, rule_set=n.rule_set, documents=n.documents)


@clause(SEED, "二(一)4", "完全丧失劳动能力、无收入来源、处于重度贫困、靠自身条件无法改变的，列为重点保障对象")
def key_guarantee(facts: Facts, n: Numbers, *, on: date) -> Finding:
    """Class A: nobody but minors and students has any capacity, and nobody earns (D-01).

    Somebody must be without: a child is (domain §3.6), a student of working age only has no work for now.
    """
    grown = [p for p in facts.unit if not p.student and p.age(on) >= n.labour_age_from]
    child = n.child_without_labour and any(p.age(on) < n.labour_age_from for p in facts.unit)
    without = bool(grown) or child
    met = without and all(p.labour == "NONE" for p in grown) and not any(p.earns for p in facts.unit)
    because = "成员均完全丧失劳动能力且无收入来源" if met else "有成员具备劳动能力或有劳动收入"
    return finding(key_guarantee, met, because, rule_set=n.rule_set, documents=n.documents)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a class follows from: the two tests for whole households, and whether all are key objects."""

    majority: Finding
    labour_missing: Finding
    key: Finding


@clause(DESIGN, "§3.7", "划分类别前的三项认定")
def evidence(facts: Facts, n: Numbers, *, on: date) -> Evidence:
    """All three, once."""
    return Evidence(
        most_members_qualify(facts, n, on=on), main_labour_missing(facts, n, on=on), key_guarantee(facts, n, on=on)
    )


Classifier = Callable[[Evidence, Fraction, Numbers], Class]


@clause(DESIGN, "§3.7 D-01", "A、B、C类的划分")
def class_by_capacity(found: Evidence, y: Fraction, n: Numbers) -> Class:
    """A by key guarantee; B by a whole-household test or a gap of at least the share of the standard; else C."""
    if found.key.met:
        return "A"
    whole = found.majority.met or found.labour_missing.met
    return "B" if whole or n.standard - y >= exact(n.class_b_gap_share) * n.standard else "C"


@clause(DESIGN, "§3.7", "A、B、C类按补助占标准的比例划分")
def class_by_share(found: Evidence, y: Fraction, n: Numbers) -> Class:
    """By the share of the standard that the aid makes up (呼和浩特): A from 90 %, B from 50 %, else C."""
    gap = n.standard - y
    if gap >= exact(n.class_a_share) * n.standard:
        return "A"
    return "B" if gap >= exact(n.class_b_share) * n.standard else "C"


CLASSIFIERS: dict[str, Classifier] = {"BY_CAPACITY": class_by_capacity, "BY_SHARE": class_by_share}
"""By parameter `dibao.classifier`; the bureau's own table, when it comes, is one more entry (D-01)."""


@clause(SEED, "二(一)4", "对A类和B类对象的家庭，要全面按户施保")
def whole_household_insured(assistance_class: Class, facts: Facts, insured: Collection[str], n: Numbers) -> Finding:
    """Every member of an A or B household is insured."""
    met = assistance_class == "C" or {p.person_id for p in facts.unit} == set(insured)
    because = f"{assistance_class}类家庭 {len(facts.unit)} 人，保障 {len(insured)} 人"
    return finding(
        whole_household_insured,
        met,
        because,
        rule="whole_household_insured",
        rule_set=n.rule_set,
        documents=n.documents,
    )


@clause(NOTICE_2022, "一(一)", "申请家庭符合条件的，不得仅将个别家庭成员纳入低保范围")
def nobody_left_out(facts: Facts, insured: Collection[str], n: Numbers) -> Finding:
    """From RS2022 every member of an eligible household is insured, whatever its class and whatever the reason.

    One who enters as a single person is a household of one and is not meant.
    """
    met = {p.person_id for p in facts.unit} == set(insured)
    because = f"家庭 {len(facts.unit)} 人，保障 {len(insured)} 人"
    if not met:
        because += "；不得仅将个别家庭成员纳入，不得批准"
    return finding(nobody_left_out, met, because, rule="nobody_left_out", rule_set=n.rule_set, documents=n.documents)


@clause(SEED, "二(一)4", "C类家庭除特殊情况和单人户外，每户至少保2人以上")
def enough_insured(
    assistance_class: Class, facts: Facts, insured: Collection[str], special_case: str | None, n: Numbers
) -> Finding:
    """A C household of two or more insures at least two, unless a special case is recorded; somebody always.

    Nobody is added by us.
    """
    size = len(facts.unit)
    alone = size == 1 or special_case is not None
    met = assistance_class != "C" or len(insured) >= n.c_min_insured or (alone and len(insured) > 0)
    because = f"{assistance_class}类家庭 {size} 人，保障 {len(insured)} 人，每户至少保 {n.c_min_insured} 人"
    if special_case is not None:
        because += f"；特殊情况：{special_case}"
    if not met:
        because += "；未登记特殊情况，不得批准" if insured else "；无人纳入保障，不得批准"
    return finding(
        enough_insured,
        met,
        because,
        c_min_insured=n.c_min_insured,
        rule="enough_insured",
        rule_set=n.rule_set,
        documents=n.documents,
    )


@clause(DESIGN, "§3.9 D-04", "C类部分保障时，困难程度较重的成员在先")
def needier_first(facts: Facts, *, on: date) -> list[str]:
    """Members in the order in which an officer might insure them: severely disabled, ill, without capacity, young or
    old, then those who earn; a suggestion only."""

    def rank(person: Person) -> tuple[bool, bool, bool, bool, int, str]:
        return (
            person.earns,
            not person.severely_disabled,
            not person.seriously_ill,
            person.labour == "FULL" and not person.student,
            -person.age(on),
            person.person_id,
        )

    return [person.person_id for person in sorted(facts.unit, key=rank)]
