"""民发〔2012〕220号 art. 26: what could be different in the facts of each programme of one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from doudi.law import clause
from doudi.money import Money
from eligibility.rules.numbers import REVIEW
from eligibility.rules.personal_steps import Situation, Step, general, grade_words, grades
from eligibility.rules.programmes import ProgrammeDetermination, ProgrammeNumbers
from eligibility.rules.programmes.care import CareFacts
from eligibility.rules.programmes.defacto import DefactoFacts
from eligibility.rules.programmes.elder import INCOMES, ElderFacts
from eligibility.rules.programmes.entrust import EntrustFacts
from eligibility.rules.programmes.numbers import (
    CareNumbers,
    DefactoNumbers,
    ElderNumbers,
    EntrustNumbers,
    TekunNumbers,
)
from eligibility.rules.programmes.orphan import LOST, OrphanFacts
from eligibility.rules.programmes.subsidies import SubsidyFacts
from eligibility.rules.programmes.tekun import TekunFacts, no_able_supporter


@clause(REVIEW, "26 (options)", "告知申请人何种情况不同时即符合条件（单人项目）：各项目的条件")
def options(
    of: Situation, n: ProgrammeNumbers, found: ProgrammeDetermination, *, on: date, division: str
) -> list[list[Step]]:
    """What could be different, each with the far values that could be enough, the nearest first."""
    facts = of.facts
    found_steps = general(of, n, found, on=on, division=division)
    if isinstance(facts, TekunFacts) and isinstance(n, TekunNumbers):
        found_steps += [*grades(facts.disability), *_tekun(facts, n, on)]
    if isinstance(facts, EntrustFacts) and isinstance(n, EntrustNumbers):
        found_steps += _entrust(facts, n)
    if isinstance(facts, SubsidyFacts):
        found_steps += [*grades(facts.disability), *_certificate(facts, on)]
    if isinstance(facts, CareFacts) and isinstance(n, CareNumbers):
        found_steps += _care(facts, n)
    if isinstance(facts, OrphanFacts):
        found_steps += _orphan(facts)
    if isinstance(facts, DefactoFacts) and isinstance(n, DefactoNumbers):
        found_steps += [step for number in range(len(facts.parents)) for step in _parent(facts, n, number)]
    if hasattr(facts, "hukou") and hasattr(n, "region"):
        rest = facts.hukou[len(n.region) :]
        found_steps.append([Step.flag("HUKOU", "户籍在本区", hukou=n.region + rest)])
    if isinstance(facts, ElderFacts) and isinstance(n, ElderNumbers):
        fixed = [kind for kind in facts.incomes if kind not in n.not_fixed]
        named = "、".join(INCOMES.get(kind, kind) for kind in fixed)
        found_steps += Step.gone("incomes", fixed, f"没有固定收入（{named}）")
    return found_steps


def _tekun(facts: TekunFacts, n: TekunNumbers, on: date) -> Iterator[list[Step]]:
    other = tuple((kind, fen) for kind, fen in facts.incomes if kind in n.income_not_counted)
    counted = [(kind, fen) for kind, fen in facts.incomes if kind not in n.income_not_counted]
    total = sum(fen for _, fen in counted)

    def put(of: Situation, fen: int) -> Situation:
        return of.with_facts(incomes=(*other, (counted[0][0], fen)))

    if total > 0:
        yield [Step("INCOME", 0, total, put, lambda fen: f"计入的月收入不超过 {Money(fen)} 元", "FEN")]
    breaches = "、".join(facts.verified_breaches)
    yield from Step.gone("verified_breaches", facts.verified_breaches, f"没有经核实的财产超标情形（{breaches}）")
    able = [s for s in facts.supporters if not no_able_supporter(replace(facts, supporters=(s,)), n, on=on).met]
    yield from Step.gone("supporters", able, f"没有有履行能力的法定义务人（现有 {len(able)} 人）")
    if facts.failed_items is None:
        yield [Step.flag("FAILED_ITEMS", "完成生活自理能力评估", failed_items=())]
    if facts.held and facts.school not in n.kept_schools:
        yield [Step.flag("SCHOOL", "仍在义务教育、普通高中或者中等职业学校就读", school=n.kept_schools[0])]


def _entrust(facts: EntrustFacts, n: EntrustNumbers) -> Iterator[list[Step]]:
    if facts.tekun_waiting:
        yield [Step.field("tekun_waiting", 0, facts.tekun_waiting, lambda _: "没有等候入住的特困人员")]
    if facts.household_kind not in n.household_kinds:
        yield [Step.flag("HOUSEHOLD_KIND", "系农村低保、低收入或者建档立卡家庭", household_kind=n.household_kinds[0])]


def _certificate(facts: SubsidyFacts, on: date) -> Iterator[list[Step]]:
    if facts.valid_until is None or facts.valid_until >= on.isoformat():
        return

    def put(of: Situation, day: int) -> Situation:
        return of.with_facts(valid_until=date.fromordinal(day).isoformat())

    def words(day: int) -> str:
        return f"残疾人证有效期不早于 {date.fromordinal(day)}"

    now = date.fromisoformat(facts.valid_until).toordinal()
    yield [Step("VALID_UNTIL", on.toordinal(), now, put, words, "DAY")]


def _care(facts: CareFacts, n: CareNumbers) -> Iterator[list[Step]]:
    months, nursing = facts.care_needed_months, facts.elder_nursing
    if months <= n.months_over:
        yield [Step.field("care_needed_months", n.months_over + 1, months, "需要照护的时间不少于 {} 个月".format)]
    if nursing:
        yield [Step.field("elder_nursing", 0, nursing, lambda fen: f"老年人护理补贴每月不超过 {Money(fen)} 元", "FEN")]


def _orphan(facts: OrphanFacts) -> Iterator[list[Step]]:
    there = [i for i, parent in enumerate(facts.parents) if parent not in LOST]

    def put(of: Situation, left: int) -> Situation:
        gone = there[left:]
        return of.with_facts(parents=tuple(LOST[-1] if i in gone else p for i, p in enumerate(facts.parents)))

    if there:
        yield [Step("PARENTS", 0, len(there), put, lambda _: "父母双方均死亡、失踪或者查找不到")]


def _parent(facts: DefactoFacts, n: DefactoNumbers, number: int) -> Iterator[list[Step]]:
    """What would make one living parent unable to raise the child; figures where there is something of the kind."""
    parent, name = facts.parents[number], f"父母{'甲乙'[number]}"
    if parent.gone:
        return

    def put(field: str) -> Callable[[Situation, int], Situation]:
        def changed(of: Situation, value: int) -> Situation:
            assert isinstance(of.facts, DefactoFacts)
            made: Any = bool(value) if field == "seriously_ill" else value
            if field == "disability":
                assert parent.disability is not None
                made = replace(parent.disability, grade=value)
            return of.with_facts(
                parents=tuple(replace(p, **{field: made}) if i == number else p for i, p in enumerate(of.facts.parents))
            )

        return changed

    for field, least, text in (
        ("custody_months", n.custody_months, "限制人身自由"),
        ("lost_months", n.lost_months, "失联"),
    ):
        if 0 < (now := getattr(parent, field)) < least:
            words = f"{name}{text}不少于 {{}} 个月"
            yield [Step(f"{field.upper()}_{number}", least, now, put(field), words.format)]
    if parent.disability and parent.disability.grade > 1:
        of = parent.disability.category

        def heavier(grade: int) -> str:
            return f"{name}持有{grade_words(of, grade)}的残疾人证"

        yield [Step(f"GRADE_{number}", 1, parent.disability.grade, put("disability"), heavier, among=of)]
    if not parent.seriously_ill:
        yield [Step(f"ILL_{number}", 1, 0, put("seriously_ill"), lambda _: f"{name}重残、重病、服刑在押或者失联等")]
