"""国务院令649号 art. 10 and domain §2.4, §3.9, §5.4, §7.3: what another standard does to those who are on an award."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal
from uuid import UUID

from doudi.calendar import MONTHS_A_YEAR, Month
from doudi.law import Finding, clause, finding
from doudi.money import Money, round_half_up
from eligibility.rules.amount import Line
from eligibility.rules.determine import Choice, Determination, determine
from eligibility.rules.facts import Facts
from eligibility.rules.numbers import DESIGN, RELIEF, SEED, Numbers, Programme, integer, yuan
from eligibility.rules.programmes.common import WORDS, ProgrammeDetermination
from eligibility.rules.rule_sets import term
from eligibility.rules.standards.numbers import FloorNumbers

LAW = "社会救助法"
SUBSIDY = "宁财〔社〕发〔2015〕250号"
TEKUN = "民发〔2016〕115号"

StandardKey = Literal[
    "dibao.rural", "dibao.urban", "income.rural_disposable", "living.amount", "living.registered_poor_top_up",
    "care_sub.amount", "child.community", "child.institution", "child.defacto", "elder.rural", "elder.urban",
    "elder.old", "dibao.min_payment", "tekun.basic_centralised", "tekun.basic_scattered",
]  # fmt: skip
"""The numbers that a county or city sets by a document of its own. A minimum payment of a fen is none (§3.9)."""
DibaoStandard = Literal["dibao.rural", "dibao.urban"]
"""Those that a redetermination applies."""
YEARLY = ("dibao.rural", "dibao.urban", "income.rural_disposable")
"""Those of them that may be set per year; the others are per month."""
PROGRAMMES: Mapping[Programme, DibaoStandard] = {"DIBAO_R": "dibao.rural", "DIBAO_U": "dibao.urban"}
"""The programmes that this version determines anew, each with its standard."""

Outcome = Literal["GAINS", "LOSES", "LEAVES", "SAME"]
Form = Literal["CENTRALISED", "SCATTERED"]
FORMS: Mapping[Form, str] = {"CENTRALISED": "集中供养", "SCATTERED": "分散供养"}


@dataclass(frozen=True, slots=True)
class Change:
    """What the rules say now, beside what is paid. Money in fen per month."""

    outcome: Outcome
    old_fen: int
    new_fen: int
    obstacles: tuple[str, ...]
    """What the law demands of an approval and this household does not meet, in Chinese: a person has to look."""

    @property
    def difference(self) -> int:
        """Fen per month more (less)."""
        return self.new_fen - self.old_fen


@clause(RELIEF, "10", "最低生活保障标准适时调整：按调整后的标准重新核定")
def compare(paid: Sequence[Line], made: Determination) -> Change:
    """Who gains, loses, leaves or stays as he is: the lines that are paid against the new determination."""
    old, new = sum(line.amount.fen for line in paid), made.amount.fen
    if not made.eligible:
        return Change("LEAVES", old, 0, tuple(f.because for f in made.findings if not f.met))
    outcome: Outcome = "GAINS" if new > old else "LOSES" if new < old else "SAME"
    return Change(outcome, old, new, tuple(f.because for f in made.obstacles))


@clause(DESIGN, "§5.4 (person)", "标准调整的，单人项目按调整后的标准一并重新核定")
def compare_person(paid: Money, made: ProgrammeDetermination) -> Change:
    """Who of those on an award of one person gains, loses, leaves or stays: what is paid against what is determined."""
    if not made.eligible:
        return Change("LEAVES", paid.fen, 0, tuple(f.because for f in made.findings if not f.met))
    outcome: Outcome = "GAINS" if made.amount > paid else "LOSES" if made.amount < paid else "SAME"
    return Change(outcome, paid.fen, made.amount.fen, ())


@clause(DESIGN, "§5.4 (told)", "因标准调整增发的，书面告知调整前后的金额和依据")
def told_person(programme: str, change: Change, document: str) -> str:
    """The reason that the person's notice gives, with both amounts per month and the document."""
    old, new = yuan(change.old_fen), yuan(change.new_fen)
    moved = f"由每月 {old} 元调整为每月 {new} 元" if old != new else f"每月 {new} 元，差额补发"
    return f"{WORDS[programme]}按{document}重新核定，{moved}"


@clause(DESIGN, "§2.4", "提高标准不得减少任何家庭的救助金，也不停止任何家庭")
def a_rise_lowers_nobody(change: Change, *, raised: bool) -> Finding:
    """Where the standard did not fall, whoever would get less or leave is looked at by a person and keeps his money."""
    met = not raised or change.difference >= 0
    because = "标准未降低，重新核定金额低于现发金额，须人工核查" if not met else "未因提高标准而减少"
    return finding(a_rise_lowers_nobody, met, because, old=yuan(change.old_fen), new=yuan(change.new_fen))


@clause(RELIEF, "13", "不再符合条件的，决定停止并书面说明理由")
def a_change_stops_nobody(change: Change) -> Finding:
    """Nobody is stopped by a change of the standard itself: who no longer qualifies is listed for a review."""
    met = change.outcome != "LEAVES"
    because = "仍符合条件" if met else f"新标准下不再符合条件，列入核查：{'；'.join(change.obstacles)}"
    return finding(a_change_stops_nobody, met, because)


@clause(RELIEF, "13", "减少救助金的，决定并书面说明理由")
def a_change_lowers_nobody_by_itself(change: Change) -> Finding:
    """Whoever would get less is listed: a reduction has its own procedure, and a change of standard is none."""
    met = change.outcome != "LOSES"
    because = f"新标准下应减至每月 {yuan(change.new_fen)} 元，须按减发程序告知并说明理由"
    return finding(a_change_lowers_nobody_by_itself, met, "未减少" if met else because)


@clause(RELIEF, "13 (standard)", "因标准调整增发的，书面告知调整前后的标准和理由")
def told_because(before: Numbers, after: Numbers) -> str:
    """The reason that the notice of a changed standard gives, with both standards per person and month."""
    name = "城市" if after.programme == "DIBAO_U" else "农村"
    old, new = yuan(before.standard), yuan(after.standard)
    changed = f"由每人每月 {old} 元调整为" if old != new else "为"
    return f"{name}低保标准{changed}每人每月 {new} 元，重新核定"


@clause(LAW, "48", "减少或者停止救助前应当告知并听取意见")
def heard_before_less(change: Change, *, on: date) -> Finding:
    """From 2026-07-01 nobody gets less before he was heard: such awards are listed."""
    obligatory = bool(term("hearing", on))
    met = not obligatory or change.difference >= 0
    return finding(heard_before_less, met, "无须听取意见" if met else "减少救助金前须听取当事人意见")


@clause(DESIGN, "§8.1", "标准向前生效的，自生效月起调整，差额一次补发")
def effective_month(from_month: Month, *, starts: Month, lines_began: Month | None) -> tuple[Month, Finding]:
    """From which month an award is adjusted: not before it started, nor before the facts that its lines rest on.

    Not met where months before that were paid on other facts: they are settled by a person.
    """
    effective = max(from_month, starts, lines_began or starts)
    met = effective == max(from_month, starts)
    because = "自调整月起按新标准核定" if met else f"{from_month}至{effective.previous()}按其他情况核定，须人工结算"
    return effective, finding(effective_month, met, because)


@clause(SEED, "二(三)9", "集中供养、分散供养分别不低于上年农村居民人均可支配收入的80%、60%")
def income_floor(form: Form, n: FloorNumbers) -> Fraction:
    """The share of last year's rural income, fen per month, exact."""
    share = n.share_centralised if form == "CENTRALISED" else n.share_scattered
    return Fraction(share) * Fraction(n.income_year, MONTHS_A_YEAR)


@clause(TEKUN, "1", "特困人员基本生活标准不低于当地低保标准的1.3倍")
def dibao_floor(standard: Fraction, n: FloorNumbers) -> Fraction:
    """A multiple of the dibao standard, fen per month, exact."""
    return Fraction(n.times_dibao) * standard


@clause(DESIGN, "§7.3", "基本生活标准取两项下限中较高者")
def tekun_holds(form: Form, before: Numbers, after: Numbers, n: FloorNumbers) -> Finding:
    """Whether the tekun standard is still lawful by the dibao standard after: the published one where there is one,
    else the one that was lawful by the dibao standard before."""
    published = n.basic_centralised if form == "CENTRALISED" else n.basic_scattered
    lawful = max(income_floor(form, n), dibao_floor(before.standard, n))
    basic = round_half_up(lawful) if published is None else Money(published)
    floor = round_half_up(max(income_floor(form, n), dibao_floor(after.standard, n)))
    met = basic >= floor
    where = "城市" if after.programme == "DIBAO_U" else ""
    because = f"{where}{FORMS[form]}基本生活标准 {basic} 元，{'不低于' if met else '低于'}下限 {floor} 元"
    return finding(tekun_holds, met, because, form=form, basic=basic, floor=floor)


@clause(SUBSIDY, "1", "城市、农村低保财政月人均补差分别不低于公布的水平")
def mean_subsidy_holds(total_fen: int, persons: int, n: FloorNumbers) -> Finding:
    """Money of a month over insured persons against the published floor; met where none is published or nobody is."""
    if n.mean_fen is None or not persons:
        return finding(mean_subsidy_holds, True, "未公布月人均补差下限" if persons else "无保障对象")
    mean = Fraction(total_fen, persons)
    met = mean >= n.mean_fen
    whose = "城市低保" if n.programme == "DIBAO_U" else ""
    because = f"{whose}月人均补差 {yuan(mean)} 元，{'不低于' if met else '低于'}下限 {yuan(n.mean_fen)} 元"
    return finding(
        mean_subsidy_holds, met, because, mean=yuan(mean), floor=yuan(n.mean_fen), published_by=n.mean_source
    )


@clause(DESIGN, "§5.4", "标准提高时，重新筛查近期不予批准的家庭")
def refused_since(on: date) -> date:
    """Refusals signed after this day are recent."""
    return Month.of(on).plus(-integer("rescreen.months", on)).same_day(on)


@clause(SEED, "二(一)3", "新标准下符合条件的，及时纳入筛查")
def rescreened(households: Mapping[UUID, Facts], n: Numbers, *, on: date) -> dict[UUID, Determination]:
    """Who of a table of households would qualify under these numbers; somebody calls on them, nothing is granted."""
    found = {id_: determine(facts, n, on=on, choice=Choice()) for id_, facts in households.items() if facts.unit}
    return {id_: made for id_, made in found.items() if made.eligible and made.amount > Money.zero()}
