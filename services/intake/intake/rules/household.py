"""民发〔2012〕220号 第二章 资格条件: who is in the unit, and which hukou."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from doudi.law import Finding, clause, finding
from intake.rules.numbers import C2, age, integer

_ALWAYS = frozenset(
    {"RELIGIOUS_THREE_YEARS", "IN_CUSTODY", "DECLARED_MISSING", "OTHER_BY_PROVINCE", "TEKUN", "ORPHAN", "DEFACTO"}
)
_REASONS = {
    "RELIGIOUS_THREE_YEARS": "连续三年以上脱离家庭独立生活的宗教教职人员",
    "IN_CUSTODY": "在监狱、劳动教养场所内服刑、劳动教养",
    "DECLARED_MISSING": "宣告失踪",
    "TEKUN": "特困人员，另行救助供养",
    "ORPHAN": "孤儿，另行保障",
    "DEFACTO": "事实无人抚养儿童，另行保障",
    "OTHER_BY_PROVINCE": "省级民政部门认定的其他不计入人员",
    "NO_LEGAL_DUTY": "成年且独立生活，或者无法定赡养、扶养、抚养义务关系",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Someone's place in a household, as declared. `reason`: why left out of the unit, None when in it."""

    relation: str
    birth_date: date
    student: bool
    reason: str | None


@clause(
    C2,
    "5",
    "共同生活的家庭成员包括：配偶；父母和未成年子女；已成年但不能独立生活的子女，包括在校接受本科及其以下学历教育的成年子女",
)
def place_in_unit(place: Place, *, on: date) -> Finding:
    """Whether the declared place is lawful. Nobody of the core is left out of the unit on paper (拆户保)."""
    reason = place.reason
    if reason is None:
        return finding(place_in_unit, True, "计入共同生活的家庭成员")
    if reason in _ALWAYS:
        return finding(place_in_unit, True, f"不计入：{_REASONS[reason]}")
    core = place.relation in {"HEAD", "SPOUSE", "PARENT"}
    adult = age(place.birth_date, on) >= integer("adult.age", on=on)
    dependent_child = place.relation == "CHILD" and (not adult or place.student)
    met = not (core or dependent_child)
    because = f"不计入：{_REASONS[reason]}" if met else "配偶、父母、未成年子女和在校成年子女应当计入共同生活的家庭成员"
    return finding(place_in_unit, met, because)


@clause(C2, "6", "持有农业户口的居民，可以申请农村低保；持有非农业户口的居民，可以申请城市低保")
def dibao_of(hukou: str) -> Literal["DIBAO_R", "DIBAO_U"]:
    """Rural or urban dibao: nobody chooses, the household's hukou says it."""
    return "DIBAO_U" if hukou == "URBAN" else "DIBAO_R"


@clause("民发〔2018〕90号", "单人户 (户籍)", "无法单独立户的，以未单独立户为前提")
def registered_or_unable(registered_apart: bool, cannot: bool) -> Finding:
    """Whether what is said of a member's household book can be: who has one of his own was able to set it up."""
    met = not (registered_apart and cannot)
    return finding(registered_or_unable, met, "户籍情况可信" if met else "已单独立户的成员不属于无法单独立户的人员")


@clause(C2, "10", "困难家庭中的成年重度残疾人可以单独提出申请（参照单人户须由本人申请）")
def applies_in_own_name(relation: str | None, in_unit: bool, size: int) -> Finding:
    """Whether a member may ask to be treated as a single person: one of a unit of several.

    `relation`: the place in the household, None: none; `size`: living members of the unit. Whether the law lets this
    person in alone is the county's decision and is not asked here.
    """
    if relation is None or not in_unit:
        return finding(applies_in_own_name, False, "申请人不在共同生活的家庭成员之内")
    if size <= 1:
        return finding(applies_in_own_name, False, "该户只有一人，以户主名义申请即可")
    return finding(applies_in_own_name, True, "由本人申请，按单人户办理")
