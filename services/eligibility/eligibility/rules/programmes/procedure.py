"""domain.md §4.3, §4.9, §8.3: the steps of programmes of one person: posting, terms, visits, payee, review."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from doudi.calendar import Calendar, DayKind, Month
from doudi.law import Finding, clause, finding
from eligibility.rules.numbers import DESIGN, PARAMETERS, integer
from eligibility.rules.programmes.numbers import DEFACTO, TEKUN


@clause(TEKUN, "15", "乡镇初审意见在村（社区）公示七天；儿童类项目和残疾人两项补贴不公示")
def posting_days(programme: str, *, on: date) -> int:
    """For how many calendar days the township's opinion hangs; 0 where the law has no posting."""
    return int(PARAMETERS.at("programmes.posting_days", on=on).value.get(programme, 0))


@clause(TEKUN, "15", "公示七天，自公示次日起算")
def posting_ends(programme: str, posted_on: date) -> date:
    """The last day of the posting."""
    days = posting_days(programme, on=posted_on)
    return Calendar.load().period_end(posted_on, days, DayKind.CALENDAR)


@clause(TEKUN, "15", "公示有异议的，十五个工作日内重新调查核实，再次公示")
def objection_answer_due(objected_on: date) -> date:
    """The last day for looking again."""
    days = integer("programmes.objection_days", objected_on)
    return Calendar.load().period_end(objected_on, days, DayKind.WORKING)


@clause(TEKUN, "16 (share)", "县级民政部门随机抽查的比例不低于百分之三十")
def sample_rate(programme: str, *, on: date) -> Fraction:
    """The share of a township's applications in a quarter that the county draws; 0 where the law sets none."""
    return Fraction(PARAMETERS.at("programmes.sample_rate", on=on).value.get(programme, "0"))


@clause(TEKUN, "16", "县级民政部门随机抽查核实；近亲属备案的一律入户")
def county_visit(*, near_relative: bool, drawn: bool) -> Finding:
    """Whether the county has to visit: where the sample drew the case, and always where kin is filed."""
    reasons = [words for words, holds in (("近亲属备案", near_relative), ("抽中入户抽查", drawn)) if holds]
    told = f"须入户调查：{'、'.join(reasons)}" if reasons else "未抽中入户抽查"
    return finding(county_visit, bool(reasons), told)


@clause(TEKUN, "16", "县级民政部门在规定工作日内提出确认意见")
def county_due(programme: str, received_on: date) -> date | None:
    """The last day for the county's decision; None where the law sets none."""
    days = PARAMETERS.at("programmes.county_days", on=received_on).value.get(programme)
    return None if days is None else Calendar.load().period_end(received_on, int(days), DayKind.WORKING)


@clause(TEKUN, "18", "不予确认的，三个工作日内书面告知并说明理由")
def refusal_notice_due(decided_on: date) -> date:
    """The last day for the written refusal."""
    days = integer("programmes.refusal_notice_days", decided_on)
    return Calendar.load().period_end(decided_on, days, DayKind.WORKING)


@clause(DEFACTO, "四(三)", "补贴资金发放到监护人账户")
def payee_is_lawful(age: int, *, own_account: bool, on: date) -> Finding:
    """A minor's money goes to the guardian's account, an adult's to their own or that of an agent."""
    minor = age < integer("programmes.guardian_age", on)
    because = "未成年人，应发放至监护人账户" if minor and own_account else "收款人符合规定"
    return finding(payee_is_lawful, not (minor and own_account), because)


@clause(DESIGN, "§4.7", "单人项目每年复核一次")
def next_review(decided_on: date) -> date:
    """When the person is looked at again."""
    return Month.of(decided_on).plus(integer("programmes.review_months", decided_on)).last_day


@clause(DESIGN, "§8.1", "停发自决定次月起；死亡的，发至死亡当月")
def last_month_of(starts: Month, *, decided_on: date | None = None, died_on: date | None = None) -> Month:
    """The last month that is paid after a decision or a death; the month before the first when nothing is due."""
    day = died_on or decided_on
    assert day is not None
    return max(Month.of(day), starts.previous())
