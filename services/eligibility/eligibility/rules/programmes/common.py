"""What the programmes share: people and their certificates, and the answer of every determination."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, Self

from doudi.calendar import Month
from doudi.law import Finding, clause
from doudi.money import Money
from eligibility.rules.amount import Line
from eligibility.rules.numbers import DESIGN
from eligibility.rules.programmes.numbers import TEKUN, ProgrammeNumbers

Programme = Literal[
    "DIBAO_R", "DIBAO_U", "TEKUN", "LIVING_SUB", "CARE_SUB", "ORPHAN", "DEFACTO", "ELDER", "ELDER_2023", "MARGIN",
    "RIGID", "RELIEF", "PRICE_SUB", "ENTRUST", "SEVERE_CARE",
]  # fmt: skip
"""Every programme that one person may hold, or that concerns them through their household (domain §2.1)."""

WORDS: Mapping[str, str] = {
    "DIBAO_R": "农村低保",
    "DIBAO_U": "城市低保",
    "TEKUN": "特困人员救助供养",
    "LIVING_SUB": "困难残疾人生活补贴",
    "CARE_SUB": "重度残疾人护理补贴",
    "ORPHAN": "孤儿基本生活保障",
    "DEFACTO": "事实无人抚养儿童基本生活补贴",
    "ELDER": "高龄津贴",
    "ELDER_2023": "普惠型高龄津贴",
    "MARGIN": "低保边缘家庭",
    "RIGID": "刚性支出困难家庭",
    "RELIEF": "临时救助",
    "PRICE_SUB": "价格临时补贴",
    "ENTRUST": "低偿集中托养",
    "SEVERE_CARE": "重度残疾人照护托养",
}
CATEGORIES: Mapping[str, str] = {
    "VISUAL": "视力",
    "HEARING": "听力",
    "SPEECH": "言语",
    "LIMB": "肢体",
    "INTELLECTUAL": "智力",
    "MENTAL": "精神",
    "MULTIPLE": "多重",
}


@dataclass(frozen=True, slots=True)
class Disability:
    """A certificate's category and grade (1 is the heaviest); `parts` of a multiple one, as 残联 has them."""

    category: str
    grade: int
    parts: tuple[tuple[str, int], ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Disability | None:
        """What `asdict` made."""
        if kept is None:
            return None
        return cls(kept["category"], kept["grade"], tuple((c, g) for c, g in kept["parts"]))

    @property
    def words(self) -> str:
        """As people read it."""
        return f"{CATEGORIES[self.category]}{self.grade}级"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What every programme has to know of the person. Days are ISO texts, so that facts are plain JSON."""

    person_id: str
    born: str

    def age(self, on: date) -> int:
        """Full years on a day."""
        born = date.fromisoformat(self.born)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def as_json(self) -> dict[str, Any]:
        """As kept with the determination; the same after a way through JSON."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made; a subclass with parts of its own reads those."""
        read: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()}
        return cls(**read)


@dataclass(frozen=True, slots=True)
class ProgrammeDetermination:
    """What the rules say about one person and one programme. Money per month, from `starts`."""

    programme: Programme
    eligible: bool
    lines: tuple[Line, ...]
    amount: Money
    findings: tuple[Finding, ...]
    rule_set: str
    starts: Month

    def as_json(self) -> dict[str, Any]:
        """Canonical: the same determination gives the same text."""
        return {
            "programme": self.programme,
            "eligible": self.eligible,
            "lines": [[line.person_id, line.item, str(line.amount)] for line in self.lines],
            "amount": str(self.amount),
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "rule_set": self.rule_set,
            "starts": str(self.starts),
        }

    @property
    def sha256(self) -> str:
        """Of the canonical text: a recomputation must give the same."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@clause(DESIGN, "§2.1", "证件类别与等级在规定范围内；多重残疾含规定类别的亦在范围内")
def certified_within(disability: Disability | None, scope: Mapping[str, int]) -> bool:
    """Whether a certificate, or a part of a multiple one, is among the categories down to their lightest grade."""
    if disability is None:
        return False
    whole = ((disability.category, disability.grade), *disability.parts)
    return any(category in scope and grade <= scope[category] for category, grade in whole)


@clause(DESIGN, "§8.1", "批准后的次月起发放；按月计发，不计零头天数")
@clause(TEKUN, "17", "自作出确认决定之日的次月起给予救助供养待遇")
def month_after(on: date) -> Month:
    """The first month of a programme that starts with the month after the decision (domain §8.1)."""
    return Month.of(on).next()


@clause(DESIGN, "§8.2", "逐项列明认定结果：全部条件符合方可享受，金额按人按项")
def conclude(
    programme: Programme, findings: Sequence[Finding], lines: Sequence[Line], n: ProgrammeNumbers, starts: Month
) -> ProgrammeDetermination:
    """Eligible when every finding is met; money only then. Findings carry the rule set. Lines of nothing are left out.

    A programme of alternatives says so by one finding of its own, not by several of which some are unmet.
    """
    eligible = all(finding.met for finding in findings)
    paid = tuple(line for line in lines if line.amount) if eligible else ()
    return ProgrammeDetermination(
        programme=programme,
        eligible=eligible,
        lines=paid,
        amount=sum((line.amount for line in paid), Money.zero()),
        findings=tuple(f.model_copy(update={"rule_set": n.rule_set}) for f in findings),
        rule_set=n.rule_set,
        starts=starts,
    )


@clause(DESIGN, "§2.2 Δ", "已享受其他救助低于标准的，按差额补足")
def topped_up(found: ProgrammeDetermination, difference: Money) -> ProgrammeDetermination:
    """The same determination, paying only the difference to what is held already, as one TOP_UP line per person."""
    if difference == found.amount:
        return found
    person = found.lines[0].person_id
    lines = (Line(person, "TOP_UP", difference),) if difference else ()
    return replace(found, lines=lines, amount=difference)
