"""民发〔2012〕220号 第三章 申请及受理: who applies, what is to be on file, near relatives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from doudi.calendar import Calendar
from doudi.law import Finding, clause, finding
from intake.rules.numbers import C2, age, integer, words


@clause(C2, "9", "由户主或者其代理人以户主的名义向户籍所在地乡镇人民政府（街道办事处）提出书面申请")
def head_applies(relation: str | None) -> Finding:
    """Whether the applicant is the head; `relation` is the applicant's place in the household, None: none."""
    met = relation == "HEAD"
    return finding(head_applies, met, "户主提出申请" if met else "申请人不是户主")


@clause(C2, "9", "受申请人委托，村（居）民委员会可以代其提交低保书面申请及其相关材料")
def village_is_entrusted(channel: str, entrusted: bool) -> Finding:
    """Whether whoever carries the application may do so."""
    met = channel != "VILLAGE" or entrusted
    return finding(
        village_is_entrusted,
        met,
        "有申请人委托" if met else "村（居）委会代为提交，未见申请人委托",
    )


@dataclass(frozen=True, slots=True)
class Materials:
    """What is on file. `consents` and `adults` are ids of members of the unit."""

    signed: bool
    declared: bool
    truth_promised: bool
    relatives_declared: bool
    account: bool
    adults: Sequence[UUID]
    consents: Collection[UUID]


class Missing(NamedTuple):
    """One thing that is missing: a code for machines, a sentence for the applicant."""

    code: str
    because: str


@clause(
    C2,
    "12",
    "按规定提交相关材料，书面声明家庭收入和财产状况，并签字确认；履行授权核查家庭经济状况的相关手续；承诺所提供的信息真实、完整",
)
def missing_materials(materials: Materials) -> list[Missing]:
    """Everything that is missing, in the order of the law; empty when complete."""
    asked = [
        (materials.signed, Missing("SIGNATURE", "书面申请未签字确认")),
        (materials.declared, Missing("DECLARED_MEANS", "缺家庭收入和财产状况书面声明")),
        *(
            (adult in materials.consents, Missing(f"CONSENT:{adult}", "缺成年家庭成员的家庭经济状况核查授权书"))
            for adult in materials.adults
        ),
        (materials.truth_promised, Missing("TRUTH_PROMISE", "缺所提供信息真实、完整的承诺")),
        (materials.relatives_declared, Missing("RELATIVES", "缺与低保经办人员和村（居）委会成员近亲属关系的申明")),
        (materials.account, Missing("ACCOUNT", "缺低保金发放的银行账户")),
    ]
    return [missing for there, missing in asked if not there]


@clause(C2, "12", "履行授权核查家庭经济状况的相关手续")
def must_consent(birth_date: date, *, on: date) -> bool:
    """Whether this member's own authorisation is needed: every adult's (民法总则 art. 17)."""
    return age(birth_date, on) >= integer("adult.age", on=on)


@clause(C2, "13", "材料齐备的，予以受理；材料不齐备的，应当一次性告知补齐所有规定材料")
def complete(missing: Sequence[Missing]) -> Finding:
    """Whether the application is to be accepted."""
    because = "；".join(dict.fromkeys(m.because for m in missing)) or "申请材料齐备"
    return finding(complete, not missing, because)


@clause(C2, "13", "乡镇人民政府（街道办事处）应当及时受理低保申请")
def acceptance_due(submitted_on: date, calendar: Calendar) -> date:
    """The day by which an application is looked through. The law says "in time"; the days are a parameter."""
    return calendar.add_working_days(submitted_on, integer("acceptance.working_days", on=submitted_on))


@clause(C2, "13", "一次性告知申请人或者其代理人补齐所有规定材料（逾期未补正的处理期限）")
def correction_lapses(requested_on: date) -> date:
    """The last day to bring what is missing; afterwards the application counts as withdrawn (domain §4.2, design)."""
    return requested_on + timedelta(days=integer("correction.days", on=requested_on))


@clause(
    "宁民办〔2014〕51号",
    "近亲属范围",
    "近亲属包括配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女，以及宁夏规定的其他亲属",
)
def near_relative(relation: str, *, on: date) -> bool:
    """Whether a declared relation to an officer is filed. Ningxia's list is wider than art. 14's (domain §4.5)."""
    return relation in words("near_relative.relations", on=on)


@clause(C2, "14", "对低保经办人员和村（居）民委员会成员近亲属的低保申请，应当进行单独登记")
def files_apart(relations: Collection[str], *, on: date) -> bool:
    """Whether the application enters the separate register: at least one declared relation is a near one."""
    return any(near_relative(relation, on=on) for relation in relations)


@clause(C2, "14", "申请人与低保经办人员有近亲属关系的，应当如实申明（有关人员回避）")
def may_handle(officer: str, related: Collection[str]) -> Finding:
    """Whether the officer may act on the case (recusal: domain §4.5)."""
    met = officer not in related
    return finding(may_handle, met, "无近亲属关系" if met else "经办人员系申请家庭成员近亲属，应当回避")
