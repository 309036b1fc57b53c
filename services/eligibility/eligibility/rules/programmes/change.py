"""domain.md §2.1 (ends when), §7.6 and 社会救助法 art. 48: when an award of one person changes or ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.numbers import ACT, DESIGN, PARAMETERS
from eligibility.rules.programmes.common import ProgrammeDetermination

Outcome = Literal["UNCHANGED", "ADJUSTED", "ENDED"]
CIRCUMSTANCES: Mapping[str, str] = {
    "ASKS_TO_LEAVE": "本人自愿申请退出",
    "IMPRISONED": "依法被判处刑罚，且在监狱服刑",
    "REGAINED_LABOUR": "恢复劳动能力",
    "MOVED_AWAY": "户籍迁出本区",
}
_ENDS: Mapping[str, Collection[str]] = {
    "TEKUN": ("ASKS_TO_LEAVE", "IMPRISONED", "REGAINED_LABOUR", "MOVED_AWAY"),
    "CARE_SUB": ("ASKS_TO_LEAVE", "IMPRISONED", "MOVED_AWAY"),
}
_ALWAYS = ("ASKS_TO_LEAVE", "MOVED_AWAY")


@clause(DESIGN, "§2.1", "自愿退出、服刑、恢复劳动能力、户籍迁出等情形下终止")
def ended_by(found: ProgrammeDetermination, circumstances: Collection[str]) -> ProgrammeDetermination:
    """The determination after what is reported of the person; a circumstance that does not end this programme is not
    a finding."""
    ends = [name for name in CIRCUMSTANCES if name in circumstances and name in _ENDS.get(found.programme, _ALWAYS)]
    if not ends:
        return found
    told = [finding(ended_by, False, CIRCUMSTANCES[name], rule_set=found.rule_set) for name in ends]
    return replace(found, eligible=False, lines=(), amount=Money.zero(), findings=(*found.findings, *told))


@clause(DESIGN, "§4.7", "复核后继续、增减或者停发")
def outcome_of(found: ProgrammeDetermination, lines: Collection[tuple[str, Money]]) -> Outcome:
    """What a determination means for an award that pays these items."""
    if not found.eligible:
        return "ENDED"
    return "UNCHANGED" if sorted((x.item, x.amount) for x in found.lines) == sorted(lines) else "ADJUSTED"


@clause(ACT, "48", "减发或者停发社会救助前，应当听取本人的陈述（单人项目）")
def was_heard(
    before: Money, found: ProgrammeDetermination, *, heard: bool, circumstances: Collection[str], on: date
) -> Finding:
    """Since RS2026 the person is heard before less or nothing is paid; who asks to leave has spoken."""
    less = not found.eligible or found.amount < before
    needed = bool(PARAMETERS.at("programmes.hearing", on=on).value) and less and "ASKS_TO_LEAVE" not in circumstances
    because = "减发或者停发前尚未听取本人陈述" if needed and not heard else "已听取陈述，或者无须听取"
    return finding(was_heard, heard or not needed, because)
