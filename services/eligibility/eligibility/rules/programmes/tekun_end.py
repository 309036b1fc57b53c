"""民发〔2021〕43号 art. 24-27: when tekun ends (domain §7.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from doudi.calendar import Month
from doudi.law import Finding, clause, finding
from eligibility.rules.programmes.numbers import TEKUN, TekunNumbers
from eligibility.rules.programmes.tekun import (
    TekunFacts,
    no_able_supporter,
    no_labour_capacity,
    no_source_of_living,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TekunChange:
    """What is known of a tekun person now; days are ISO texts. `facts.held` is true."""

    facts: TekunFacts
    died_on: str | None = None
    """Also declared dead or missing by a court."""
    imprisoned: bool = False
    """Sentenced, and serving in prison."""
    regained_labour: bool = False
    asks_to_leave: bool = False

    def as_json(self) -> dict[str, Any]:
        """As kept with the decision."""
        return {
            "facts": self.facts.as_json(),
            "died_on": self.died_on,
            "imprisoned": self.imprisoned,
            "regained_labour": self.regained_labour,
            "asks_to_leave": self.asks_to_leave,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """What `as_json` made."""
        return cls(**{**kept, "facts": TekunFacts.from_json(kept["facts"])})


@dataclass(frozen=True, slots=True)
class TekunEnd:
    """Whether it ends, the findings for it, the last month that is paid, and for how many days it is posted before."""

    ends: bool
    findings: tuple[Finding, ...]
    last_month: Month | None
    posting_days: int


@clause(TEKUN, "24", "死亡、宣告死亡或宣告失踪，恢复劳动能力，服刑，自愿退出的，终止救助供养")
def circumstances_of_an_end(change: TekunChange) -> list[Finding]:
    """One finding for each circumstance that holds."""
    told = (
        (change.died_on is not None, "死亡、宣告死亡或者宣告失踪"),
        (change.regained_labour, "经过康复治疗恢复劳动能力"),
        (change.imprisoned, "依法被判处刑罚，且在监狱服刑"),
        (change.asks_to_leave, "自愿申请退出救助供养"),
    )
    return [finding(circumstances_of_an_end, True, words) for holds, words in told if holds]


@clause(TEKUN, "24", "收入和财产、义务人履行能力或者劳动能力不再符合条件的，应当终止")
def conditions_of_an_end(change: TekunChange, n: TekunNumbers, *, on: date) -> list[Finding]:
    """Each of the three conditions that is not fulfilled any more."""
    found = [
        no_labour_capacity(change.facts, n, on=on),
        no_source_of_living(change.facts, n),
        no_able_supporter(change.facts, n, on=on),
    ]
    return [
        finding(conditions_of_an_end, True, f.because).model_copy(update={"parameters": f.parameters})
        for f in found
        if not f.met
    ]


@clause(TEKUN, "26", "终止前公示7天，从作出终止决定的次月停发；死亡的发至死亡当月")
def end_of_tekun(change: TekunChange, n: TekunNumbers, *, on: date) -> TekunEnd:
    """The end that a decision of this day brings. A death ends with its month and is not posted.

    Where dibao or relief fits, the person is transferred at once (art. 27): the caller has to look, not to wait.
    """
    dead = change.died_on is not None
    findings = [*circumstances_of_an_end(change), *([] if dead else conditions_of_an_end(change, n, on=on))]
    if not findings:
        return TekunEnd(False, (), None, 0)
    last = Month.of(date.fromisoformat(change.died_on) if change.died_on else on)
    days = 0 if dead else n.end_posting_days
    posted = "不公示" if dead else f"终止前公示 {days} 天"
    findings.append(finding(end_of_tekun, True, f"{posted}，发至 {last}，自次月起停发"))
    told = tuple(f.model_copy(update={"rule_set": n.rule_set}) for f in findings)
    return TekunEnd(True, told, last, days)


@clause(TEKUN, "27", "终止后符合最低生活保障、临时救助等其他社会救助条件的，及时纳入相应救助范围")
def other_aid_to_look_at(change: TekunChange, end: TekunEnd) -> tuple[str, ...]:
    """What the window looks at for somebody whose tekun ends alive and outside prison; nothing is granted by it."""
    if not end.ends or change.died_on is not None or change.imprisoned:
        return ()
    return ("DIBAO", "RELIEF")
