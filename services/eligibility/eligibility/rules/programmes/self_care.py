"""民发〔2021〕43号 art. 20-23: six items of self-care, three grades (domain §7.2). They held in RS2019 too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from doudi.calendar import Calendar, DayKind
from doudi.law import Finding, clause, finding
from eligibility.rules.numbers import integer
from eligibility.rules.programmes.numbers import TEKUN, TekunNumbers

ITEMS = {
    "EAT": "吃饭",
    "DRESS": "穿衣",
    "IN_OUT_OF_BED": "上下床",
    "TOILET": "如厕",
    "WALK_INDOORS": "室内行走",
    "BATHE": "洗澡",
}
Grade = Literal["SELF", "HALF", "FULL"]
GRADES = {"SELF": "具备生活自理能力", "HALF": "部分丧失生活自理能力", "FULL": "完全丧失生活自理能力"}


@clause(TEKUN, "22", "六项指标全部达到为具备，一至三项未达到为部分丧失，四项以上未达到为完全丧失（供养待遇）")
def self_care_grade(failed: Collection[str], n: TekunNumbers) -> Grade:
    """The grade by how many of the six items are not achieved; it sets the care standard."""
    count = len(set(failed))
    if count >= n.full_items:
        return "FULL"
    return "HALF" if count >= n.half_items else "SELF"


@clause(TEKUN, "20", "照料护理标准档次依据生活自理能力评估结果确定")
def self_care_assessed(failed: Collection[str] | None, n: TekunNumbers) -> Finding:
    """Somebody assessed the six items. Without it care cannot be set, and nothing is granted."""
    if failed is None:
        return finding(self_care_assessed, False, "尚未进行生活自理能力评估")
    items = "、".join(words for item, words in ITEMS.items() if item in failed)
    told = f"未达到：{items}" if items else "六项指标全部达到"
    return finding(self_care_assessed, True, f"{told}；{GRADES[self_care_grade(failed, n)]}")


@clause(TEKUN, "23", "生活自理能力发生变化的，自接到报告之日起十个工作日内重新评估，并调整照料护理标准")
def reassessment_due(reported_on: date) -> date:
    """The last day for assessing anew and for setting the care standard by it."""
    days = integer("tekun.reassessment_days", reported_on)
    return Calendar.load().period_end(reported_on, days, DayKind.WORKING)
