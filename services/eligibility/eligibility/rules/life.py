"""An award's life: review, change, hold, taper, stop, hearing, refused work (649号 art. 13, 45; 社会救助法 art. 48)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from doudi.calendar import MONTHS_A_YEAR, Calendar, DayKind, Month
from doudi.dated import MissingParameter
from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.facts import Class, Person
from eligibility.rules.numbers import ACT, CONFIRMATION, DESIGN, NOTICE_2022, RELIEF, REVIEW, integer
from eligibility.rules.procedure import review_due
from eligibility.rules.rule_sets import term

HOLD_REASONS = {
    "ACCOUNT_RETURNED": "账户退票，待更正",
    "PERSON_NOT_FOUND": "查找不到本人",
    "ALIVE_CHECK_MISSED": "未按期完成生存状况核验",
}
"""Why payment may be held without a decision (domain §4.2); the entitlement goes on."""

Effect = Literal["UNCHANGED", "RAISE", "REDUCE", "STOP"]
Hearing = Literal["HEARD", "DECLINED", "NO_ANSWER"]
Offer = Literal["ACCEPTED", "EXCUSED", "REFUSED"]


@clause(DESIGN, "§4.7", "核查周期：低保按类别，特困每年一次")
def next_review(programme: str, assistance_class: Class, on: date) -> date:
    """When an award is looked at again after a review (or grant) on a day: dibao by class, the others yearly."""
    if programme.startswith("DIBAO"):
        return review_due(assistance_class, on, "DIBAO_U" if programme == "DIBAO_U" else "DIBAO_R")
    return Month.of(on).plus(integer("review.months_other", on)).last_day


@clause(DESIGN, "§4.7 (near)", "核查期限临近时提醒")
def review_horizon(on: date) -> date:
    """Reviews due up to this day are near."""
    return on + timedelta(days=integer("review.near_days", on))


@clause(RELIEF, "13 (change)", "人口、收入、财产状况发生变化的，应当及时核查")
def review_after_change(reported_on: date) -> date:
    """The last day for looking at a household that reported a change."""
    return reported_on + timedelta(days=integer("review.change_days", reported_on))


@clause(RELIEF, "13", "发生变化的，应当及时决定增发、减发或者停发")
def effect(before: Money, after: Money, *, eligible: bool, same_lines: bool = True) -> Effect:
    """What a review leads to, from the amounts per month and from whether the household is still in need.

    The same sum in other lines is a change that takes nothing from the household. Below the line it stays in dibao,
    even where the difference rounds to nothing: only who is not in need any more is stopped (domain §3.11).
    """
    if not eligible:
        return "STOP"
    if after < before:
        return "REDUCE"
    return "UNCHANGED" if after == before and same_lines else "RAISE"


@clause(RELIEF, "13 (told)", "增发、减发的，书面说明理由；人均收入仍低于标准的，差额不足一分也不停发")
def told_changed(before: Money, after: Money, per_capita: str) -> str:
    """The reason that a proposal of a review gives: income per head as it was verified, and both amounts, per month."""
    told = f"经核查，家庭人均月收入 {per_capita} 元，每月保障金由 {before} 元调整为 {after} 元"
    return told if after.fen else f"{told}：家庭人均收入仍低于标准，差额不足一分，保障资格不变"


@clause(NOTICE_2022, "一(三) (death)", "成员死亡的，自死亡之日起3个月内完成复核和增减停")
def recheck_due(died_on: date, *, on: date) -> date | None:
    """The last day for settling an award after a member's death, by the number in force on `on`.

    None before the notice of 2022: no term was set.
    """
    try:
        months = integer("review.death_months", on)
    except MissingParameter:
        return None
    return Month.of(died_on).plus(months).same_day(died_on)


@clause(DESIGN, "§8.7", "多发：事由发生次月起，已发与应发之差")
def due_since(died_on: date, starts: Month, from_month: Month, before: Sequence[Line], after: Sequence[Line]) -> (
    Month | None
):  # fmt: skip
    """The month from which no more than `after` was due, when a death is known late: the month after it.

    None where nothing was paid since, or where somebody is given more: more is given from `from_month` only.
    """
    had = {(line.person_id, line.item): line.amount for line in before}
    more = any(line.amount > had.get((line.person_id, line.item), Money.zero()) for line in after)
    since = max(Month.of(died_on).next(), starts)
    return None if more or since >= from_month else since


@clause(NOTICE_2022, "一(三) (settled)", "成员死亡后的增发、减发、停发在3个月内办结")
def death_settled_in_time(died_on: date, *, on: date) -> Finding | None:
    """Whether an award that is settled on a day is settled in the term after the death; None where no term is set."""
    due = recheck_due(died_on, on=on)
    if due is None:
        return None
    met = on <= due
    because = f"成员 {died_on} 死亡，应于 {due} 前办结，{'已于' if met else '逾期至'} {on} 办结"
    return finding(death_settled_in_time, met, because, due_on=due)


@clause(DESIGN, "§4.2 SUSPENDED", "暂停发放只限所列操作性原因，暂停的是发放而不是资格")
def hold_is_grounded(reason: str) -> Finding:
    """Whether payment may be held without a decision for this reason."""
    met = reason in HOLD_REASONS
    return finding(hold_is_grounded, met, HOLD_REASONS[reason] if met else f"{reason} 不是暂停发放的理由")


@clause(DESIGN, "§4.2 SUSPENDED (limit)", "暂停最长3个月，期满前须作出恢复、减发或者停发的决定")
def decide_by(held_from: Month, *, on: date) -> date:
    """The last day on which money may still be held."""
    return held_from.plus(integer("hold.max_months", on)).previous().last_day


@clause(DESIGN, "§4.2 SUSPENDED (near)", "暂停期限临近时要求作出决定")
def hold_horizon(on: date) -> date:
    """Holds that end up to this day are near their end."""
    return on + timedelta(days=integer("hold.near_days", on))


@clause(DESIGN, "§4.2 SUSPENDED (owed)", "恢复后补发暂停期间的保障金")
def months_owed(held_from: Month, resumed_on: date) -> list[Month]:
    """The months that were held, up to the month before the resumption."""
    count = (resumed_on.year - held_from.year) * MONTHS_A_YEAR + resumed_on.month - held_from.month
    return [held_from.plus(i) for i in range(count)]


@clause(ACT, "48", "减少或者终止救助前，应当听取当事人的陈述和申辩")
def hearing_obligatory(on: date) -> bool:
    """Whether the person must be heard before a decision of this day that makes an award less."""
    return bool(term("hearing", on))


@clause(ACT, "48 (answer)", "告知后给予当事人陈述、申辩的期限")
def answer_by(noticed_on: date) -> date:
    """The last day on which the person may answer a notice that was served on a day."""
    return Calendar.load().period_end(noticed_on, integer("hearing.answer_days", noticed_on), DayKind.WORKING)


@clause(ACT, "48 (silence)", "逾期不陈述、不申辩的，视为放弃")
def silence_counts(due_on: date, *, on: date) -> Finding:
    """Whether the person may be taken to have nothing to say: only after the term."""
    met = on > due_on
    return finding(silence_counts, met, f"陈述申辩期限至 {due_on}" + ("，逾期未答复" if met else "，尚未届满"))


@clause(ACT, "48 (decision)", "减少或者终止救助的决定，须先告知、听取意见并说明理由")
def may_be_decided(*, noticed_on: date | None, hearing: str | None, reason: str, on: date) -> Finding:
    """Whether an award may be made less now: notice and reason in all rule sets, a hearing where the law demands it."""
    lacks = []
    if noticed_on is None:
        lacks.append("尚未书面告知当事人")
    if not reason.strip():
        lacks.append("未说明理由")
    if hearing is None and hearing_obligatory(on):
        lacks.append("尚未听取当事人意见")
    return finding(may_be_decided, not lacks, "；".join(lacks) or "已告知当事人、听取意见并说明理由")


@clause(RELIEF, "45 (whom)", "有劳动能力但未就业的成员，应当接受介绍的工作")
def may_be_offered_work(person: Person, *, on: date) -> Finding:
    """Whether a member is able to work and has none: of working age, no student, with some capacity, not earning."""
    age = person.age(on)
    of_age = integer("dibao.labour_age_from", on) <= age <= integer("dibao.labour_age_to", on)
    met = of_age and person.labour != "NONE" and not (person.student or person.earns)
    because = f"{age} 周岁，{'属于' if met else '不属于'}有就业能力但未就业的成员"
    return finding(may_be_offered_work, met, because)


@clause(RELIEF, "45", "连续3次拒绝接受介绍的与其健康状况、劳动能力等相适应的工作的，减发或者停发其本人的低保金")
@clause(CONFIRMATION, "34", "无正当理由连续3次拒绝接受介绍的工作的，减发或者停发其本人的低保金")
def refuses_work(offers: Sequence[Offer], *, on: date) -> Finding:
    """Whether the last offers were refused in a row without good reason. A refusal with one breaks the row."""
    limit = integer("work.refusals_in_a_row", on)
    row = sum(1 for _ in takewhile(lambda offer: offer == "REFUSED", reversed(offers)))
    return finding(refuses_work, row >= limit, f"无正当理由连续拒绝介绍的工作 {row} 次（{limit} 次）", limit=limit)


@clause(RELIEF, "45 (own)", "减发或者停发的只是其本人的部分")
def own_part(lines: Sequence[Line], person_id: str, keeps: Money) -> tuple[Line, ...]:
    """The lines after one person's own part was cut to `keeps` per month (none: it is stopped); the others' stay.

    Ten percent more of a part that is cut goes with it, since it is a share of money that is not paid.
    """
    others = tuple(line for line in lines if line.person_id != person_id)
    return (*others, Line(person_id, "BASE", keeps)) if keeps.fen else others


@clause(REVIEW, "33 (split)", "家庭分户或者并户的，每名成员只在一户认定，不得遗漏")
def everybody_once(unit: Sequence[str], groups: Sequence[Sequence[str]]) -> Finding:
    """Whether the new households hold each member of the old ones exactly once."""
    named = [person for group in groups for person in group]
    met = sorted(named) == sorted(unit) and all(groups)
    because = f"原家庭 {len(unit)} 人，新家庭 {len(groups)} 户共 {len(named)} 人"
    return finding(everybody_once, met, because + ("" if met else "，成员有遗漏、重复或者外加"))
