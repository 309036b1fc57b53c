"""民发〔2019〕62号: children whom in fact nobody raises (DEFACTO; domain §2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.programmes.common import (
    Disability,
    PersonFacts,
    ProgrammeDetermination,
    certified_within,
    conclude,
    month_after,
)
from eligibility.rules.programmes.numbers import DEFACTO, DefactoNumbers

GONE = {"DEAD": "死亡", "DECLARED_DEAD": "宣告死亡", "DECLARED_MISSING": "宣告失踪"}


@dataclass(frozen=True, slots=True)
class Parent:
    """What is known of one parent. `gone`: a key of GONE, or None."""

    gone: str | None = None
    disability: Disability | None = None
    seriously_ill: bool = False
    """By the local list of serious illnesses."""
    custody_months: int = 0
    """For how long the sentence, the compulsory detox or other custody lasts."""
    lost_months: int = 0
    """For how long the parent has had no contact and gave no care."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefactoFacts(PersonFacts):
    """The child and both parents."""

    parents: tuple[Parent, Parent]
    adopted: bool = False

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made."""
        one, other = (Parent(**{**p, "disability": Disability.from_json(p["disability"])}) for p in kept["parents"])
        return cls(**{**kept, "parents": (one, other)})


@clause(DEFACTO, "一", "重残、重病、服刑在押、强制隔离戒毒、被执行其他限制人身自由的措施、失联的含义")
def cannot_raise(parent: Parent, n: DefactoNumbers) -> str | None:
    """Why a living parent cannot raise the child, in words; None when nothing of the law's list holds."""
    certified = parent.disability.words if parent.disability else ""
    told = (
        (certified_within(parent.disability, n.disability), f"重残（{certified}）"),
        (parent.seriously_ill, "重病"),
        (parent.custody_months >= n.custody_months, f"限制人身自由 {parent.custody_months} 个月"),
        (parent.lost_months >= n.lost_months, f"失联 {parent.lost_months} 个月"),
    )
    return next((words for holds, words in told if holds), None)


@clause(DEFACTO, "一", "父母双方均符合重残、重病、服刑、失联等情形之一，或者一方死亡、失踪而另一方符合情形之一")
def nobody_raises(facts: DefactoFacts, n: DefactoNumbers) -> Finding:
    """(bad and bad) or (gone and bad). Both gone is an orphan, who is not of this programme."""
    told = [GONE[p.gone] if p.gone else cannot_raise(p, n) for p in facts.parents]
    gone = sum(p.gone is not None for p in facts.parents)
    met = all(told) and gone < len(facts.parents) and not facts.adopted
    words = "；".join(f"父母{number}：{why or '无规定情形'}" for number, why in zip("甲乙", told, strict=True))
    if gone == len(facts.parents):
        words += "；双方均已死亡或失踪，应按孤儿认定"
    return finding(nobody_raises, met, f"{words}；已被收养" if facts.adopted else words)


@clause(DEFACTO, "一", "事实无人抚养儿童为未满18周岁的儿童")
def is_a_child(facts: DefactoFacts, n: DefactoNumbers, *, on: date) -> Finding:
    """Under eighteen."""
    age = facts.age(on)
    return finding(is_a_child, age < n.age, f"{age} 周岁，{'未满' if age < n.age else '已满'} {n.age} 周岁")


@clause(DEFACTO, "三(一)", "参照孤儿基本生活费标准发放；已享受低保等低于标准的，补差发放")
def determine_defacto(facts: DefactoFacts, n: DefactoNumbers, *, on: date) -> ProgrammeDetermination:
    """The whole line, from the next month; what is held already is taken off by `settle`. It is never posted."""
    findings = [nobody_raises(facts, n), is_a_child(facts, n, on=on)]
    return conclude("DEFACTO", findings, [Line(facts.person_id, "BASE", Money(n.line))], n, month_after(on))
