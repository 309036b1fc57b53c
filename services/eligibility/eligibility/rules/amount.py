"""卫民发〔2019〕21号 二(一)4, 民发〔2012〕220号 art. 27, 民发〔2021〕57号 art. 23: full, differential, band, extra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from doudi.law import Finding, clause, finding
from doudi.money import Money, round_half_up, split
from eligibility.rules.facts import Class, Facts, Person
from eligibility.rules.numbers import ACT, CONFIRMATION, DESIGN, RELIEF, REVIEW, SEED, Numbers, exact

EXTRA_GROUPS = {
    "SEVERELY_DISABLED": "重度残疾人",
    "SERIOUSLY_ILL": "重病患者",
    "ELDERLY": "老年人",
    "MINOR": "未成年人",
    "OTHER_SPECIAL_HARDSHIP": "其他特殊困难对象",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person's money of one kind, per month."""

    person_id: str
    item: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Extra:
    """Who gets ten percent more, as which group, and why; the officer decides (可)."""

    person_id: str
    group: str
    reason: str


@clause(SEED, "二(一)4", "对重点保障对象严格按照低保标准给予全额保障")
def full_amount(insured: int, n: Numbers) -> Fraction:
    """Standard x insured, fen per month, exact."""
    return n.standard * insured


@clause(REVIEW, "27", "按家庭人均收入与标准的差额计算")
@clause(CONFIRMATION, "23", "按照审核确定的人均收入与标准的实际差额计算")
@clause(ACT, "18", "按照家庭人均收入低于标准的实际差额发放")
def differential(y: Fraction, insured: int, n: Numbers) -> Fraction:
    """(S - y) x insured, fen per month, exact; at least the county's minimum per person (D-04, domain §3.9)."""
    return max(n.standard - y, Fraction(n.min_payment)) * insured


@clause(CONFIRMATION, "23", "可以根据困难程度和人员情况分档计算")
@clause(ACT, "18", "可以分档定额发放")
def band(assistance_class: Class, insured: int, n: Numbers) -> Fraction:
    """The class's amount x insured, fen per month."""
    return Fraction(n.bands["ABC".index(assistance_class)] * insured)


@clause(DESIGN, "§3.9", "按类别采用全额、差额或者分档")
def exact_amount(assistance_class: Class, y: Fraction, insured: int, n: Numbers) -> Fraction:
    """The household's amount by the mode that the parameters give its class, fen per month, exact."""
    mode = n.amount_mode["ABC".index(assistance_class)]
    if mode == "FULL":
        return full_amount(insured, n)
    return band(assistance_class, insured, n) if mode == "BAND" else differential(y, insured, n)


@clause(DESIGN, "§8.8", "见角进元")
def rounded(fen: Fraction, n: Numbers) -> Money:
    """Half up to the fen; up to the whole yuan where the county does so."""
    if not n.round_to_yuan:
        return round_half_up(fen)
    a_yuan = Money.yuan("1").fen
    return Money(-(-fen // a_yuan) * a_yuan)


@clause(DESIGN, "§8.8", "户总额四舍五入一次，按最大余数分配到人")
def base_lines(assistance_class: Class, y: Fraction, insured: Sequence[str], n: Numbers) -> list[Line]:
    """The household's amount, rounded once, split among the insured so that the parts add up to it."""
    if not insured:
        return []
    total = rounded(exact_amount(assistance_class, y, len(insured), n), n)
    parts = split(total, [1] * len(insured))
    return [Line(person, "BASE", part) for person, part in zip(sorted(insured), parts, strict=True)]


@clause(SEED, "二(一)4", "生活仍有困难的重度残疾人、重病患者、老年人、未成年人等，可增发10%的低保金")
@clause(RELIEF, "12", "对老年人、未成年人、重度残疾人和重病患者采取必要措施给予生活保障")
@clause(REVIEW, "28", "对老年人、未成年人、重度残疾人和重病患者采取多种措施提高救助水平")
@clause(ACT, "20", "对有特殊困难的成员采取必要措施给予生活保障")
def extra_lines(base: Sequence[Line], extras: Sequence[Extra], n: Numbers) -> list[Line]:
    """Ten percent of a person's own dibao money, once, however many groups fit (D-05); half up to the fen."""
    if not extras:
        return []
    own: Mapping[str, Money] = {line.person_id: line.amount for line in base}
    people = sorted({extra.person_id for extra in extras} & own.keys())
    return [Line(p, "EXTRA", round_half_up(own[p].exact * exact(n.extra_rate))) for p in people]


def _by_person(extra: Extra) -> tuple[str, str]:
    return extra.person_id, extra.group


@clause(SEED, "二(一)4", "增发对象须为已获农村低保且生活仍有困难的五类对象之一")
def extra_is_reasoned(extras: Sequence[Extra], insured: Sequence[str], n: Numbers) -> Finding:
    """Each one is insured, belongs to a group, has a reason, and stands once."""
    people = [extra.person_id for extra in extras]
    met = (
        len(people) == len(set(people))
        and set(people) <= set(insured)
        and all(extra.group in EXTRA_GROUPS and extra.reason.strip() for extra in extras)
    )
    named = "、".join(EXTRA_GROUPS.get(extra.group, extra.group) for extra in sorted(extras, key=_by_person)) or "无"
    because = f"增发对象 {len(extras)} 人（{named}）"
    return finding(
        extra_is_reasoned, met, because, rule="extra_is_reasoned", rule_set=n.rule_set, documents=n.documents
    )


@clause(SEED, "二(一)4", "重度残疾人、重病患者、老年人、未成年人须与核实的情况相符")
def extra_fits_group(extras: Sequence[Extra], facts: Facts, n: Numbers, *, on: date) -> Finding:
    """Each belongs to the group by certificate, illness or age. Another special hardship is the officer's word."""
    people = {person.person_id: person for person in facts.unit}
    wrong = [e for e in extras if e.person_id in people and not _belongs(people[e.person_id], e.group, n, on)]
    named = "、".join(EXTRA_GROUPS[extra.group] for extra in sorted(wrong, key=_by_person))
    because = f"增发对象与核实的情况不符：{named}" if wrong else "增发对象与核实的情况相符"
    return finding(
        extra_fits_group, not wrong, because, rule="extra_fits_group", rule_set=n.rule_set, documents=n.documents
    )


def _belongs(person: Person, group: str, n: Numbers, on: date) -> bool:
    return {
        "SEVERELY_DISABLED": person.severely_disabled or 0 < person.grade <= n.severe_grade,
        "SERIOUSLY_ILL": person.seriously_ill,
        "ELDERLY": person.age(on) >= n.elder_age,
        "MINOR": person.age(on) < n.adult_age,
    }.get(group, True)
