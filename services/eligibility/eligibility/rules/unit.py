"""民发〔2012〕220号 art. 5 and 民发〔2021〕57号 art. 7: who is in the unit; what each is able to do (domain §3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from doudi.events.parts import Household, Means, Member
from doudi.law import Finding, clause, finding
from eligibility.rules.facts import Facts, Item, Person, Support, Thing
from eligibility.rules.numbers import CONFIRMATION, DESIGN, PARAMETERS, REVIEW, Programme, integer
from eligibility.rules.rule_sets import rules_of

OUT = {
    "RELIGIOUS_THREE_YEARS": "连续三年以上脱离家庭独立生活的宗教教职人员",
    "IN_CUSTODY": "服刑或者强制隔离戒毒",
    "DECLARED_MISSING": "宣告失踪",
    "OTHER_BY_PROVINCE": "省级民政部门认定的其他不计入人员",
    "NO_LEGAL_DUTY": "成年且独立生活，或者无法定赡养、扶养、抚养义务关系",
}
"""Whom the law leaves out; intake names the reason."""
PROVIDED = {"TEKUN": "特困人员", "ORPHAN": "孤儿", "DEFACTO": "事实无人抚养儿童"}
"""Who is looked after by another programme and is split off first (domain §3.8 step 1)."""
_SINCE_2021 = frozenset({"DECLARED_MISSING"})
_ABILITY = ("NONE", "PARTIAL", "FULL")


@clause(
    REVIEW, "5", "配偶、父母和未成年子女、不能独立生活的成年子女及长期共同居住的其他义务人；宗教教职、服刑人员不计入"
)
@clause(CONFIRMATION, "7", "配偶、未成年子女、不能独立生活的成年子女及长期共同居住的其他义务人；宣告失踪人员等不计入")
def in_the_unit(member: Member, *, on: date) -> Finding:
    """Whether a member counts on a day. A reason that the rule set does not know leaves nobody out.

    Parents are in under RS2019 wherever they live; from RS2021 only where they live in the household.
    """
    rules = rules_of(on)
    later = bool(rules.documents)
    reason = member.out_reason or ""
    if reason in PROVIDED:
        met, because = False, f"不计入：{PROVIDED[reason]}，另行救助供养"
    elif later and member.relation == "PARENT" and member.lives_apart:
        met, because = False, "不计入：未长期共同生活的父母"
    elif member.in_unit or (reason in _SINCE_2021 and not later):
        met, because = True, "计入共同生活的家庭成员"
    else:
        met, because = False, f"不计入：{OUT.get(reason, reason or '未共同生活')}"
    return finding(in_the_unit, met, because, rule_set=rules.name, documents=rules.documents)


@clause(DESIGN, "§3.5", "单独申请的宗教教职人员等自成一户")
def counted_members(household: Household, *, on: date | None) -> list[Member]:
    """Those who count. Religious staff who left their family count where they alone make up the household.

    Without a day the members stand as intake placed them.
    """
    if on is None:
        return [m for m in household.members if m.in_unit]
    if all(m.out_reason == "RELIGIOUS_THREE_YEARS" for m in household.members):
        return list(household.members)
    return [m for m in household.members if in_the_unit(m, on=on).met]


@clause(DESIGN, "§3.6", "劳动能力：完全丧失、部分丧失、有劳动能力")
def labour_capacity(member: Member, *, on: date) -> str:
    """What somebody is able to do: the weaker of what the visit recorded and what the certificate or illness says.

    `NONE`, `PARTIAL` or `FULL`. Age and school are looked at when a household is determined, since they change.
    """
    limits = PARAMETERS.at("dibao.no_labour_grades", on=on).value
    proven = "FULL"
    if member.disability is not None:
        heavy = member.disability.grade <= int(limits.get(member.disability.category, 0))
        proven = "NONE" if heavy else "PARTIAL"
    elif member.seriously_ill:
        proven = "PARTIAL"
    return min(member.labour, proven, key=_ABILITY.index)


@clause(REVIEW, "6", "城乡按户籍划分；不作城乡划分的，按城镇户籍且无承包土地、不参加集体收益分配")
def programme_of(household: Household) -> Programme:
    """Rural or urban dibao, by the household's hukou."""
    return "DIBAO_U" if household.hukou == "URBAN" else "DIBAO_R"


def _person(member: Member, on: date | None) -> Person:
    return Person(
        str(member.person_id),
        member.birth_date.isoformat(),
        member.labour if on is None else labour_capacity(member, on=on),
        member.student,
        member.earns,
        member.seriously_ill,
        member.disability is not None and member.disability.severe,
        "" if member.disability is None else member.disability.category,
        0 if member.disability is None else member.disability.grade,
        member.registered_apart,
        member.cannot_register_apart,
        member.applies_alone,
    )


@clause(DESIGN, "§4.3", "公示、公布不得出现未成年人的信息")
def may_be_named(member: Member, *, on: date) -> bool:
    """Whether a member's name may hang: only one who is of age on the day."""
    age = on.year - member.birth_date.year - ((on.month, on.day) < (member.birth_date.month, member.birth_date.day))
    return age >= integer("dibao.adult_age", on)


@clause(REVIEW, "5", "共同生活的家庭成员为认定单位")
def unit_of(household: Household, means: Means, *, on: date | None = None) -> Facts:
    """The assessment unit of a day: members whom the law does not leave out. The order of members means nothing.

    Without a day the members stand as intake placed and recorded them.
    """
    return facts_of([_person(m, on) for m in counted_members(household, on=on)], means, household.registry)


@clause(REVIEW, "16 (means)", "家庭收入和财产按核实的结果计入，以户为单位")
def facts_of(unit: Sequence[Person], means: Means, registry: str = "NONE") -> Facts:
    """A unit with the means that were verified of it as a whole. `registry`: its status in the poverty registry."""
    return Facts(
        unit=tuple(sorted(unit)),
        income_year=means.income_year.fen,
        deductions_year=means.deductions_year.fen,
        rigid_year=means.rigid_year.fen,
        rigid_cause=means.rigid_cause,
        deposits=means.deposits.fen,
        effective_assets=means.effective_assets,
        verified_breaches=tuple(means.verified_breaches),
        labour_missing=means.labour_missing,
        registry=registry,
        items=tuple(sorted((Item(i.kind, str(i.person_id), i.amount.fen) for i in means.items), key=_item)),
        supporters=tuple(
            sorted((Support(s.per_capita_month.fen, s.supported, s.supported_here) for s in means.supporters), key=repr)
        ),
        things=tuple(
            sorted((Thing(a.kind, str(a.person_id or ""), a.amount.fen, a.verified) for a in means.assets), key=repr)
        ),
    )


def _item(item: Item) -> tuple[str, str, int]:
    return item.person_id, item.kind, item.fen
