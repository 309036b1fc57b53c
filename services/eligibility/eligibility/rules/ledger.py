"""卫民发〔2019〕21号 二(一)3-5 and domain §5: what follows when two registers are laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from doudi.calendar import Calendar, DayKind, Month
from doudi.dated import Parameters
from doudi.division import Division
from doudi.law import Finding, clause, finding
from eligibility.rules.numbers import DESIGN, NOTICE_2022, SEED, yuan

LEDGER = Parameters.load(Path(__file__).with_name("ledger.yaml"))
DIBAO, TEKUN = "DIBAO_R", "TEKUN"
OUT, NOT_OUT, RETURNED = "OUT", "NOT_OUT", "RETURNED"
NORMAL = "NORMAL"


@dataclass(frozen=True, slots=True)
class Registered:
    """A household of the counterpart register, as far as it is screened: people who live there now.

    `labours` NONE, PARTIAL, FULL or None (not recorded); `marks` what the register says of the household; `income_year`
    per person and year in fen, cut to the fen, None when it is not recorded.
    """

    status: str
    labours: tuple[str | None, ...]
    births: tuple[date | None, ...]
    marks: frozenset[str] = frozenset()
    income_year: int | None = None


def _number(key: str, on: date) -> int:
    return int(LEDGER.at(key, on=on).number)


@clause(SEED, "二(一)3", "将农村低保、特困、高龄、孤儿四类民政对象与建档立卡贫困户比对")
@clause(NOTICE_2022, "三(三)", "与防止返贫监测对象比对")
def group_of(programme: str, on: date) -> str | None:
    """Which of the four groups the people of a programme belong to, or None: these are not compared."""
    groups: dict[str, str] = LEDGER.at("ledger.groups", on=on).value
    return groups.get(programme)


@clause(DESIGN, "§5.2", "重合度 = |A∩B| / |A∪B|")
def overlap(shared: int, left: int, right: int) -> Fraction:
    """How far two households have the same people: exact; nobody on either side is no overlap."""
    together = left + right - shared
    return Fraction(shared, together) if together else Fraction(0)


@clause(DESIGN, "§5.3", "MEMBER_GAP：同一家庭，登记的成员不同")
def members_differ(shared: int, left: int, right: int) -> Finding:
    """The two registers do not name the same people of one household."""
    found = overlap(shared, left, right)
    because = (
        f"共同成员 {shared} 人，民政登记 {left} 人，对方登记 {right} 人，重合度 {found.numerator}/{found.denominator}"
    )
    return finding(members_differ, found != 1, because)


@clause(DESIGN, "§5.3", "STATUS_CONFLICT：仅一方登记为死亡、迁出或服刑")
def one_says_gone(left: str, right: str) -> Finding:
    """Dead, moved or in custody in one register only; money is held only after proof, never by this."""
    met = (left == NORMAL) != (right == NORMAL)
    return finding(one_says_gone, met, f"民政登记 {left}，对方登记 {right}")


@clause(DESIGN, "§5.3", "STOPPED_STILL_POOR：最近12个月内退出低保而仍未脱贫")
def stopped_lately(stopped_on: date | None, status: str, on: date) -> Finding:
    """Taken off dibao within twelve months before the snapshot, and still registered as not out of poverty."""
    met = stopped_on is not None and stopped_since(on) < stopped_on <= on and status == NOT_OUT
    return finding(stopped_lately, met, f"退出低保日期 {stopped_on or '无'}，对方状态 {status}")


@clause(DESIGN, "§5.3", "最近12个月自比对日向前推算")
def stopped_since(on: date) -> date:
    """The day after which a stop counts as lately: the same day of the month twelve months before, or its last."""
    return Month.of(on).plus(-_number("ledger.stopped_months", on)).same_day(on)


@clause(DESIGN, "§2.2", "DUPLICATE_CA：同一人不得同时享受互相排斥的两项救助")
def conflict(one: str, other: str, on: date) -> Finding:
    """Two programmes that one person does not hold together; the same one twice never. The order does not count."""
    pairs = [frozenset(pair) for pair in LEDGER.at("ledger.conflicts", on=on).value]
    met = one == other or frozenset((one, other)) in pairs
    return finding(conflict, met, f"{one} 与 {other} {'不得同时享受' if met else '可以同时享受'}")


@clause(
    SEED, "二(一)3", "主动发现未脱贫建档立卡户中完全丧失劳动能力、部分丧失且无法依靠产业就业脱贫及其他符合低保条件的"
)
def must_be_found(h: Registered, standard_year: int) -> Finding:
    """Registered and not out, and (a) fully without labour, (b) partly and no way out by work, or (c) below the line.

    `standard_year`: the rural standard per person and year in fen. An income at the line is not below it.
    """
    lost = [labour for labour in h.labours if labour in ("NONE", "PARTIAL")]
    fully = bool(h.labours) and all(labour == "NONE" for labour in h.labours)
    partly = bool(lost) and not fully and "NO_WAY_OUT" in h.marks
    below = h.income_year is not None and h.income_year < standard_year
    reasons = [
        text
        for text, holds in (
            ("完全丧失劳动能力", fully),
            ("部分丧失劳动能力且无法依靠产业就业脱贫", partly),
            (f"人均年收入 {yuan(h.income_year or 0)} 元，低于标准 {yuan(standard_year)} 元", below),
        )
        if holds
    ]
    met = bool(reasons) and bool(h.labours) and h.status != OUT
    return finding(must_be_found, met, "；".join(reasons) if met else "未达到主动发现的筛查条件")


@clause(SEED, "二(一)3", "因大病、因重残、因突发事件致贫，单老双老户和未成年人中符合低保条件的优先纳入")
def priority(h: Registered, standard_year: int, on: date) -> Finding:
    """Who comes first among those who qualify."""
    elder, minor = born_by("ledger.elder_age", on), born_by("ledger.adult_age", on)
    few = 0 < len(h.births) <= _number("ledger.elder_household_most", on)
    old = few and all(born is not None and born <= elder for born in h.births)
    young = any(born is not None and born > minor for born in h.births)
    reasons = [
        text
        for text, holds in (
            ("因大病致贫", "ILLNESS" in h.marks),
            ("因重残致贫", "DISABILITY" in h.marks),
            ("因突发事件致贫", "SUDDEN" in h.marks),
            ("单老双老户", old),
            ("有未成年人", young),
        )
        if holds
    ]
    met = bool(reasons) and must_be_found(h, standard_year).met
    return finding(priority, met, "优先纳入：" + "、".join(reasons) if met else "不属于优先纳入范围")


@clause(DESIGN, "§5.4", "老年人、未成年人按比对日的周岁计算")
def born_by(key: str, on: date) -> date:
    """Who was born on this day or before has reached the age of `key` on `on`; 29 February counts on 1 March."""
    return Month(on.year - _number(key, on), on.month).same_day(on)


@clause(SEED, "二(一)4", "完全丧失劳动能力、无收入来源、深度贫困且自身无法改变的，作为重点保障对象全额保障")
def key_guarantee(h: Registered) -> Finding:
    """Fully without labour, no source of income, in deep poverty, cannot change it: all four, in the full amount."""
    fully = bool(h.labours) and all(labour == "NONE" for labour in h.labours)
    met = fully and {"NO_INCOME", "DEEP_POVERTY", "CANNOT_CHANGE"} <= h.marks and h.status != OUT
    return finding(key_guarantee, met, "属于重点保障对象，应全额保障" if met else "不属于重点保障对象")


@clause(SEED, "二(一)4", "核对低保类别与重点保障对象是否一致")
def class_needs_check(assistance_class: str | None, *, key: bool) -> Finding:
    """A household in both registers whose class is not known, or is not what the register lets expect (A = key)."""
    met = assistance_class is None or (assistance_class == "A") != key
    known = f"{assistance_class}类" if assistance_class else "类别未登记"
    return finding(class_needs_check, met, f"{known}，{'属于' if key else '不属于'}重点保障对象")


@clause(SEED, "二(一)5", "宣布脱贫后收入仍低于低保标准的可继续享受低保（脱贫不脱保）；渐退期内继续享受")
def exited_keeps(income_year: int | None, standard_year: int, *, in_taper: bool) -> Finding:
    """Out of poverty is not off dibao: kept below the line or in the taper; else it is reviewed, not stopped."""
    below = income_year is not None and income_year < standard_year
    met = below or in_taper
    shown = "收入未登记" if income_year is None else f"人均年收入 {yuan(income_year)} 元，标准 {yuan(standard_year)} 元"
    return finding(
        exited_keeps, met, f"{shown}{'，处于渐退期' if in_taper else ''}，{'继续享受' if met else '应当复核'}"
    )


@clause(SEED, "二(一)5", "建档立卡动态调整以低保、特困为重点，低保动态调整以因病、因残的建档立卡家庭为重点")
def looked_at_first(h: Registered) -> Finding:
    """Whom the next adjustment of dibao looks at first: registered, and poor through illness or disability."""
    met = bool(h.marks & {"ILLNESS", "DISABILITY"}) and h.status != OUT
    return finding(looked_at_first, met, "因病、因残，低保动态调整的重点" if met else "非因病、因残")


@clause(DESIGN, "§5.3", "各类比对结果的责任单位和办理期限")
def action(code: str, on: date) -> tuple[str, date]:
    """Who acts on a difference of this kind that was found on a day, and by when (working days)."""
    value: dict[str, Any] = LEDGER.at(f"ledger.action.{code}", on=on).value
    return str(value["owner"]), Calendar.load().period_end(on, int(value["working_days"]), DayKind.WORKING)


@clause(DESIGN, "§5.3", "PR_ONLY_UNLIKELY：记录原因和下次筛查日期")
def next_screening(on: date) -> date:
    """When a household that did not pass is screened again: the first day of a month."""
    return Month.of(on).plus(_number("ledger.next_screening_months", on)).first_day


@clause(SEED, "二(一)3", "按低保申请审核审批程序纳入农村低保")
def decides_nothing(code: str) -> Finding:
    """A difference between two registers is a question: it grants nothing and stops nothing."""
    return finding(decides_nothing, False, f"比对结果 {code} 仅供核查，须按申请审核审批程序办理")


@dataclass(frozen=True, slots=True)
class Milestone:
    """When a county has to be done, and how firmly: AIM (争取) or MUST (必须)."""

    division: Division
    on: date
    strength: str
    source: str


@clause(SEED, "二(一)3", "海原县争取在6月底前完成，中宁县、沙坡头区必须在第三季度全面完成")
def milestones(within: str = "") -> list[Milestone]:
    """The counties' days, by county, below a division's prefix."""
    rows = [row for row in LEDGER if row.key == "ledger.milestone" and row.division.startswith(within)]
    found = [Milestone(_county(row.division), row.value["by"], str(row.value["strength"]), row.source) for row in rows]
    return sorted(found, key=lambda m: (m.on, m.division))


def _county(prefix: str) -> Division:
    return next(d for d in Division.known() if d.prefix == prefix)


@clause(DESIGN, "§5.5", "进度 = 已办结事项 ÷ 全部应办事项")
def progress(closed: int, total: int) -> Fraction:
    """Closed ÷ all of what has to be acted on; with nothing to do, all is done."""
    return Fraction(closed, total) if total else Fraction(1)
