"""民发〔2012〕220号 art. 26: what of anybody's case could be different: figures on which one goes step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Literal

from doudi.division import Division
from doudi.law import clause
from doudi.money import Money
from eligibility.rules.numbers import REVIEW
from eligibility.rules.programmes import WORDS, Disability, Holding, PersonFacts, ProgrammeNumbers, change, settle
from eligibility.rules.programmes.common import CATEGORIES, ProgrammeDetermination

GRADES = ("一", "二", "三", "四")
"""The grades of a certificate in words; the first is the heaviest."""
_NO_GRADE = len(("none", *GRADES))
_FLAGS: dict[str, tuple[Any, str]] = {
    "work_injury_pay": (False, "不享受工伤保险护理费或者生活津贴"),
    "serving_sentence": (False, "不在服刑"),
    "in_dibao": (True, "系低保家庭成员"),
    "adopted": (False, "未被收养"),
    "has_elder": (False, "不享受低收入高龄津贴"),
    "enterprise_supplement": (False, "不享受企业退休人员高龄补贴"),
    "registered_poor": (True, "系建档立卡对象"),
    "long_term_care": (True, "有长期照料护理需求"),
    "paid_already": (False, "当月尚未通过其他渠道发放"),
    "at_school": (True, "仍在校就读"),
}
Unit = Literal["FEN", "DAY", "COUNT"]


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a determination of one person rests on and that could be different."""

    facts: PersonFacts
    circumstances: tuple[str, ...] = ()
    held: tuple[Holding, ...] = ()

    def with_facts(self, **changed: Any) -> Situation:
        """The same with other facts."""
        return replace(self, facts=replace(self.facts, **changed))


@dataclass(frozen=True, slots=True)
class Step:
    """One figure that would have to be `value` instead of `now`: fen, a day's ordinal, or a count (of what is in the
    way, of months, of a grade; a yes is one). `among`: which category of disability it speaks of."""

    dimension: str
    value: int
    now: int
    put: Callable[[Situation, int], Situation]
    words: Callable[[int], str]
    unit: Unit = "COUNT"
    among: str = ""

    @property
    def towards(self) -> int:
        """One step from now to the value."""
        return 1 if self.value > self.now else -1

    def applied(self, of: Situation) -> Situation:
        """The situation with the value, just enough of it."""
        return self.put(of, self.value)

    def one_less(self, of: Situation) -> Situation:
        """With one step less: a fen, a day, a month, a grade beside the bound, or one thing still in the way."""
        return self.put(of, self.value - self.towards)

    @classmethod
    def flag(cls, dimension: str, text: str, **to: Any) -> Step:
        """That these facts are others: a yes instead of a no."""
        return cls(dimension, 1, 0, lambda of, value: of.with_facts(**to) if value else of, lambda _: text)

    @classmethod
    def field(cls, name: str, value: int, now: int, words: Callable[[int], str], unit: Unit = "COUNT") -> Step:
        """That the fact of this name is another figure."""
        return cls(name.upper(), value, now, lambda of, to: of.with_facts(**{name: to}), words, unit)

    @classmethod
    def gone(cls, name: str, things: Iterable[Any], text: str) -> Iterator[list[Step]]:
        """That none of these is among the facts of this name any more; nothing where there is none."""
        bad = list(things)

        def put(of: Situation, left: int) -> Situation:
            rest, kept = bad[left:], []
            for one in getattr(of.facts, name):
                if one in rest:
                    rest.remove(one)
                else:
                    kept.append(one)
            return of.with_facts(**{name: tuple(kept)})

        if bad:
            yield [cls(name.upper(), 0, len(bad), put, lambda _: text)]


@clause(REVIEW, "26 (steps)", "告知申请人何种情况不同时即符合条件（单人项目）：年龄、所列情形、已享受的其他项目")
def general(
    of: Situation, n: ProgrammeNumbers, found: ProgrammeDetermination, *, on: date, division: str
) -> list[list[Step]]:
    """What could be different in every programme, each with the far values that could be enough, nearest first."""
    return [*_ages(of.facts, n, on), *_flags(of.facts), *_circumstances(of, found), *_holdings(of, found, on, division)]


def _turned(age: int, on: date) -> date:
    """The last day of birth of those who are this old on a day."""
    try:
        return on.replace(year=on.year - age)
    except ValueError:  # the 29th of February
        return (on - timedelta(days=1)).replace(year=on.year - age)


def _turns(born: date, age: int) -> date:
    """The day on which somebody is this old."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # the 29th of February
        return (born + timedelta(days=1)).replace(year=born.year + age)


def _ages(facts: PersonFacts, n: ProgrammeNumbers, on: date) -> Iterator[list[Step]]:
    if not facts.born:
        return
    now = date.fromisoformat(facts.born)
    ages = [
        getattr(n, f.name)
        for f in fields(n)
        if (f.name == "age" or f.name.endswith("_age")) and not f.name.startswith("supporter")
    ]
    days = {_turned(age, on) for age in ages} | {_turned(age, on) + timedelta(days=1) for age in ages}

    def put(of: Situation, day: int) -> Situation:
        return of.with_facts(born=date.fromordinal(day).isoformat())

    def older(day: int) -> str:
        age = PersonFacts(person_id="", born=date.fromordinal(day).isoformat()).age(on)
        until = _turns(now, age)
        born = f"即出生日期不晚于 {date.fromordinal(day)}"
        return f"年满 {age} 周岁，{born}（本人于 {until} 年满，距认定之日 {(until - on).days} 天）"

    def younger(day: int) -> str:
        age = PersonFacts(person_id="", born=date.fromordinal(day).isoformat()).age(on) + 1
        over = (date.fromordinal(day) - now).days
        return f"未满 {age} 周岁，即出生日期不早于 {date.fromordinal(day)}（相差 {over} 天）"

    for name, words, sign in (("OLDER", older, -1), ("YOUNGER", younger, 1)):
        far = sorted((d.toordinal() for d in days if (d - now).days * sign > 0), reverse=sign < 0)
        yield [Step(name, day, now.toordinal(), put, words, "DAY") for day in far]


def _flags(facts: PersonFacts) -> Iterator[list[Step]]:
    for name, (value, text) in _FLAGS.items():
        if getattr(facts, name, value) != value:
            yield [Step.flag(name.upper(), text, **{name: value})]


def _circumstances(of: Situation, found: ProgrammeDetermination) -> Iterator[list[Step]]:
    bad = tuple(name for name in of.circumstances if change.ended_by(found, [name]) is not found)
    others = tuple(name for name in of.circumstances if name not in bad)
    words = "、".join(change.CIRCUMSTANCES[name] for name in bad)

    def put(of: Situation, left: int) -> Situation:
        return replace(of, circumstances=(*others, *bad[:left]))

    if bad:
        yield [Step("CIRCUMSTANCES", 0, len(bad), put, lambda _: f"不再有下列情形：{words}")]


def _holdings(of: Situation, found: ProgrammeDetermination, on: date, division: str) -> Iterator[list[Step]]:
    """What is held and may stand in the way: by its being held at all, or by its amount."""
    one, where = Money(1), Division(division)

    def stands(holding: Holding, amount: Money) -> bool:
        held = replace(holding, amount=amount)
        return settle([held], found.programme, one, on=on, division=where).stands

    for index, holding in enumerate(of.held):
        name = WORDS[holding.programme]
        if not stands(holding, Money.zero()):

            def leave(of: Situation, left: int, at: Holding = holding) -> Situation:
                return of if left else replace(of, held=tuple(h for h in of.held if h is not at))

            def left(_: int, w: str = name) -> str:
                return f"不再享受{w}"

            yield [Step(f"HOLDING_{index}", 0, 1, leave, left)]
        elif not stands(holding, max(holding.amount, one)) and holding.amount:

            def lower(of: Situation, fen: int, at: int = index) -> Situation:
                kept = tuple(replace(h, amount=Money(fen)) if i == at else h for i, h in enumerate(of.held))
                return replace(of, held=kept)

            def says(fen: int, w: str = name) -> str:
                return f"已享受的{w}每月不超过 {Money(fen)} 元"

            yield [Step(f"HOLDING_AMOUNT_{index}", 0, holding.amount.fen, lower, says, "FEN")]


@clause(REVIEW, "26 (grade)", "残疾类别和等级的表述")
def grade_words(category: str, grade: int) -> str:
    """A grade of a category, or heavier, as people read it."""
    return f"{CATEGORIES[category]}残疾{GRADES[grade - 1]}级" + ("或者更重" if grade > 1 else "")


@clause(REVIEW, "26 (certificate)", "告知申请人何种残疾类别、等级时即符合条件")
def grades(held: Disability | None) -> Iterator[list[Step]]:
    """A heavier grade of the certificate that there is, else a valid certificate of each category."""
    now = held.grade if held else _NO_GRADE
    for category in [held.category] if held else list(CATEGORIES):

        def put(of: Situation, grade: int, as_: Disability = held or Disability(category, 1)) -> Situation:
            new = {} if held or not hasattr(of.facts, "valid_until") else {"valid_until": None}
            return of if grade >= now else of.with_facts(disability=replace(as_, grade=grade), **new)

        def words(grade: int, of: str = category) -> str:
            return f"持有{grade_words(of, grade)}的残疾人证"

        if now > 1:
            yield [Step("GRADE", 1, now, put, words, among=category)]
