"""卫民发〔2019〕21号 二(三)8-10: beds for tekun first, with the person's consent; others when nobody of them waits."""

from __future__ import annotations

from datetime import date
from typing import Literal

from care_institutions.rules.numbers import DESIGN, SEED
from care_institutions.rules.staffing import Grade
from doudi.law import Finding, clause, finding

Group = Literal["TEKUN", "SEVERE_CARE", "ENTRUST", "OTHER"]
ORDER = (
    "TEKUN_DISABLED",
    "TEKUN_PARTLY_DISABLED",
    "TEKUN_HARSH_PLACE",
    "TEKUN",
    "SEVERE_CARE",
    "ENTRUST",
    "OTHER",
)
_NAMES = {"SEVERE_CARE": "重度残疾托养人员", "ENTRUST": "代养人员", "OTHER": "其他人员"}


@clause(SEED, "二(三)9", "优先对失能半失能特困人员提供集中供养服务，做到应养尽养")
@clause(SEED, "二(三)8", "将生活在环境恶劣、不宜居住地区的分散供养对象，及时动员搬迁到敬老院集中供养")
def place_in_order(group: Group, grade: Grade | None, harsh_place: bool) -> int:
    """The place in the order of admission, 1 first (domain §7.5)."""
    if group != "TEKUN":
        return ORDER.index(group) + 1
    if grade in ("DISABLED", "PARTLY_DISABLED"):
        return ORDER.index(f"TEKUN_{grade}") + 1
    return ORDER.index("TEKUN_HARSH_PLACE" if harsh_place else "TEKUN") + 1


@clause(SEED, "二(三)10", "在满足特困人员集中供养需求的前提下…提供低偿的集中托养服务")
def in_turn(group: Group, tekun_waiting: int) -> Finding:
    """Whether it is this group's turn: tekun always, others only while no tekun of the county waits."""
    if group == "TEKUN":
        return finding(in_turn, True, "特困人员优先")
    because = f"本县（区）尚有{tekun_waiting}名特困人员轮候，{_NAMES[group]}不得先行入住"
    return finding(in_turn, tekun_waiting == 0, because if tekun_waiting else "无特困人员轮候")


@clause(DESIGN, "§7.8", "入住人数不得超过床位数")
def bed_is_free(residents: int, beds: int) -> Finding:
    """Whether one more fits."""
    return finding(bed_is_free, residents < beds, f"床位{beds}张，已入住{residents}人")


@clause("国务院令649号", "19", "特困供养人员可以自行选择供养形式")
def has_consented(consented_on: date, *, on: date) -> Finding:
    """Whether the consent, of the person or the guardian, was there before the move."""
    met = consented_on <= on
    return finding(
        has_consented, met, f"{consented_on}已同意入住" if met else f"同意日期{consented_on}晚于入住日期{on}"
    )


@clause(DESIGN, "§7.8", "登记证照有效期和消防验收日期")
def papers_in_order(licence_until: date | None, fire_accepted_on: date | None, *, on: date) -> list[Finding]:
    """Whether licence and fire acceptance stand on a day."""
    licence = licence_until is not None and on <= licence_until
    fire = fire_accepted_on is not None and fire_accepted_on <= on
    return [
        finding(papers_in_order, licence, f"证照有效期至{licence_until}" if licence_until else "未登记证照有效期"),
        finding(papers_in_order, fire, f"消防验收{fire_accepted_on}" if fire_accepted_on else "未登记消防验收"),
    ]
