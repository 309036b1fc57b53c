"""民发〔2012〕220号 art. 26, 29 and 国务院令649号 art. 13: what a notice (通知书) says, for each kind of decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from doudi.law import Finding, clause
from doudi.money import Money
from eligibility.rules import appeal
from eligibility.rules.numbers import DESIGN, RELIEF, REVIEW
from eligibility.rules.programmes.common import WORDS

_OUR_KEY = re.compile(r"（C[0-9]+）| \([a-z' ]+\)")

Kind = Literal["APPROVAL", "REFUSAL", "CHANGE", "STOP"]

TITLES: dict[Kind, str] = {
    "APPROVAL": "批准通知书",
    "REFUSAL": "不予批准通知书",
    "CHANGE": "金调整通知书",
    "STOP": "金停发通知书",
}
PERSONAL_TITLES: dict[Kind, str] = {**TITLES, "CHANGE": "调整通知书", "STOP": "停发通知书"}
PROGRAMMES = {**WORDS, "DIBAO_R": "农村最低生活保障", "DIBAO_U": "城市最低生活保障"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice is about. Money per month; months as `2020-04`."""

    kind: Kind
    on: date
    findings: tuple[Finding, ...]
    because: str = ""
    amount: Money = field(default_factory=Money.zero)
    before: Money | None = None
    from_month: str | None = None
    last_month: str | None = None
    programme: str = "DIBAO_R"
    person: bool = False
    """It is about one person's programme, not about a household."""

    @property
    def named(self) -> str:
        """The programme as people call it."""
        return PROGRAMMES[self.programme]

    @property
    def title(self) -> str:
        """The headline."""
        return self.named + (PERSONAL_TITLES if self.person else TITLES)[self.kind]

    @property
    def whom(self) -> str:
        """Whom it speaks to."""
        return "你" if self.person else "你户"

    @property
    def money(self) -> str:
        """What is paid, as people call it."""
        return self.named if self.person else f"{self.named}金"


@dataclass(frozen=True, slots=True)
class Wording:
    """A notice in words: title, what was decided, the reasons each with its clause, the rights."""

    title: str
    lead: str
    reasons: tuple[str, ...]
    clauses: tuple[str, ...]
    rights: str
    hotline: str

    @property
    def text(self) -> str:
        """As plain text, without addressee, office and day."""
        return "\n".join([self.lead, *self.reasons, self.rights])


def _month(text: str | None) -> str:
    year, _, month = (text or "").partition("-")
    return f"{year}年{int(month)}月" if month else "当月"


@clause(REVIEW, "26 (words)", "通知书用申请人能看懂的文字写明依据")
def in_words(cited: str) -> str:
    """A clause as a family reads it, without our keys of sources (`C24`) and of sentences (`48 (decision)`): where law
    and seed are silent, it is the county's practice (办理口径)."""
    return _OUR_KEY.sub("", cited.replace(DESIGN, "办理口径"))


@clause(REVIEW, "29", "对批准给予保障的，告知金额和起发月份")
def approval(told: Told) -> str:
    """How much, and since when."""
    of = "家庭人口、收入、财产状况" if not told.person else "本人及家庭的有关情况"
    paid = f"，每月 {told.amount} 元，自{_month(told.from_month)}起发放" if told.amount else "（提供服务，不发放现金）"
    return f"经审核，批准{told.whom}享受{told.named}{paid}。{of}发生变化的，应当及时报告。"


@clause(REVIEW, "26", "不予批准的，通知书写明理由")
def refusal(told: Told) -> str:
    """That it was refused, and why."""
    asked = f"{told.named}申请" if told.person else "申请"
    return f"经审核，{told.whom}的{asked}不予批准。理由：{told.because}"


@clause(RELIEF, "13", "家庭状况发生变化的，及时决定增发、减发最低生活保障金")
def change(told: Told) -> str:
    """From which month another amount is paid, and why."""
    before = "" if told.before is None else f"由每月 {told.before} 元"
    lead = f"经重新核定，{told.whom}的{told.money}自{_month(told.from_month)}起"
    return f"{lead}{before}调整为每月 {told.amount} 元。理由：{told.because}"


@clause(RELIEF, "13", "决定停发最低生活保障金的，应当书面说明理由")
def stop(told: Told) -> str:
    """Which month is the last, and why."""
    return f"经重新核定，{told.whom}的{told.money}发放至{_month(told.last_month)}，此后停发。理由：{told.because}"


_LEADS: dict[Kind, Callable[[Told], str]] = {
    "APPROVAL": approval,
    "REFUSAL": refusal,
    "CHANGE": change,
    "STOP": stop,
}


@clause(REVIEW, "26", "通知书写明依据的条款和救济途径")
def wording(told: Told) -> Wording:
    """The whole notice. An approval and a change give the reasons that carry them, a refusal and a stop all."""
    carried: Sequence[Finding] = [f for f in told.findings if f.met or told.kind in ("REFUSAL", "STOP")]
    return Wording(
        title=told.title,
        lead=_LEADS[told.kind](told),
        reasons=tuple(f"（{in_words(f.clause)}）{f.because}" for f in carried),
        clauses=tuple(f.clause for f in carried),
        rights=appeal.rights(told.on),
        hotline=appeal.hotline(told.on),
    )
