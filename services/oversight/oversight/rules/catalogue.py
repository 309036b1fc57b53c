"""domain.md §9: the indicators that this version raises, each with its rule, severity and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oversight.rules.coverage import two_of_class_c, whole_household_of_a_and_b
from oversight.rules.flag import Severity
from oversight.rules.institutions import staffed_again_in_time
from oversight.rules.money import as_decided, checked_by_another, overpayment_followed, paid_once
from oversight.rules.people import death_followed, paid_to_the_living, without_a_vehicle
from oversight.rules.procedure import decided_after_posting, posted_long_enough
from oversight.rules.relief import (
    again_with_consent,
    at_the_floor,
    not_split,
    papers_in_time,
    urgent_in_measure,
    within_township_limit,
)
from oversight.rules.taper import paid_within_the_taper


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question that is asked. `severity`: the least; a reason may weigh more. `about_officials`: it points at those
    who handle cases (D-18)."""

    id: str
    name: str
    trigger: str
    severity: Severity
    rule: Callable[..., Any]
    parameters: tuple[str, ...] = ()
    about_officials: bool = False


INDICATORS: dict[str, Indicator] = {
    i.id: i
    for i in (
        Indicator("R01", "死亡仍领", "发放月份晚于死亡当月", "H", paid_to_the_living),
        Indicator(
            "R02", "死亡未处理", "死亡后30天未停发或调整；满3个月为H", "M", death_followed, ("r02.days", "r02.months")
        ),
        Indicator("R07", "有车", "有小轿车或货车，尚未核实", "H", without_a_vehicle, ("r07.kinds",)),
        Indicator(
            "R24", "C类1户保1人", "C类、2人及以上、保障少于2人、无特殊情况", "H", two_of_class_c, ("r24.min_insured",)
        ),
        Indicator("R25", "A、B类未整户保", "A、B类保障人数少于家庭人数", "H", whole_household_of_a_and_b),
        Indicator("R39", "渐退期超长", "渐退期超过规定月数，或期满仍发放", "H", paid_within_the_taper, ("r39.months",)),
        Indicator("R51", "未公示或公示不足", "缺少公示，或公示不足7天", "H", posted_long_enough, ("r51.posting_days",)),
        Indicator("R53", "公示未满先审批", "审批日期早于公示截止日", "H", decided_after_posting),
        Indicator("R71", "金额与决定不符", "发放金额与决定相差超过0.01元", "H", as_decided, ("r71.tolerance",)),
        Indicator("R72", "重复发放", "同一人员、月份、项目两笔发放，前一笔未退票", "H", paid_once),
        Indicator("R74", "制单与复核为同一人", "制单与复核为同一用户", "H", checked_by_another, (), True),
        Indicator("R79", "多发未追", "发现多发满30天未作出决定", "M", overpayment_followed, ("r79.days",)),
        Indicator("R80", "补办手续逾期", "超过补办手续期限", "H", papers_in_time),
        Indicator("R81", "超限额救助", "乡镇审批金额超过限额", "H", within_township_limit, ("r81.limit",)),
        Indicator(
            "R82",
            "拆分救助",
            "同一家庭30日内由乡镇两次以上救助，合计超过限额",
            "H",
            not_split,
            ("r81.limit", "r82.days"),
        ),
        Indicator(
            "R83",
            "同一事由重复救助",
            "同一事由12个月内再次救助而未经县级批准",
            "M",
            again_with_consent,
            ("r83.months",),
        ),
        Indicator("R84", "低于人均下限", "返贫人口人均救助低于上年度本县平均水平", "M", at_the_floor, ("r84.mean",)),
        Indicator(
            "R85",
            "先行救助过多",
            "乡镇本年先行救助占比超过40%",
            "M",
            urgent_in_measure,
            ("r85.share", "r85.least"),
        ),
        Indicator("R88", "人员配备不足", "人员不足超过7天", "H", staffed_again_in_time, ("r88.days",)),
    )
}
