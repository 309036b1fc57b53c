"""domain.md §2.2: which programmes one person may hold in one month, as data; which money stands, as one function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from doudi.dated import Parameter, Parameters, parameter
from doudi.division import Division
from doudi.law import Finding, clause, finding
from doudi.money import Money
from eligibility.rules.numbers import DESIGN, RELIEF
from eligibility.rules.programmes.common import WORDS, Programme, ProgrammeDetermination, topped_up
from eligibility.rules.rule_sets import rule_set

Relation = Literal["TOGETHER", "NOT_TOGETHER", "HIGHER", "TOP_UP", "SERVICE"]
PROGRAMMES: tuple[str, ...] = get_args(Programme)


class MatrixError(ValueError):
    """项目衔接表不对称、不完整或有误 / the compatibility matrix is not symmetric, not complete, or wrong"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What holds between two programmes on a day: who pays the difference, and what holds beside its whole line."""

    relation: Relation
    by: str | None
    full: Relation | None
    local: bool
    source: str


class Matrix:
    """Every pair, by day and division."""

    def __init__(self, table: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Raises MatrixError for an unknown programme or relation, a missing pair, or a pair said twice differently."""
        self._more: dict[tuple[str, date, str], Mapping[str, Any]] = {}
        rows: list[Parameter] = []
        read: dict[str, Sequence[Mapping[str, Any]]] = {}
        for name, listed in table.items():
            key = _key(*name.split("/"))
            if read.setdefault(key, listed) != listed:
                raise MatrixError(f"{name}: the two directions differ")
        missing = {_key(*pair) for pair in combinations_with_replacement(PROGRAMMES, len("ab"))} ^ read.keys()
        if missing:
            raise MatrixError(f"no relation, or of unknown programmes: {', '.join(sorted(missing))}")
        for key, listed in read.items():
            for given in listed:
                rows.append(_row(key, given))
                self._more[(key, rows[-1].valid_from, rows[-1].division)] = given
        self._rows = Parameters(rows)

    @classmethod
    def load(cls, path: Path) -> Matrix:
        """From a file."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def at(self, one: str, other: str, *, on: date, division: Division | None = None) -> Cell:
        """The relation of two programmes, whichever is named first. Raises MissingParameter before the first day."""
        key = _key(one, other)
        row = self._rows.at(key, on=on, division=division)
        more = self._more[(key, row.valid_from, row.division)]
        return Cell(row.value, more.get("by"), more.get("full"), bool(more.get("local")), row.source)


def _key(one: str, *other: str) -> str:
    return "/".join(sorted((one, *other)))


def _row(key: str, given: Mapping[str, Any]) -> Parameter:
    relations = get_args(Relation)
    if given.get("value") not in relations or given.get("full", relations[0]) not in relations:
        raise MatrixError(f"{key}: a relation is one of {', '.join(relations)}")
    if (given["value"] == "TOP_UP") != (given.get("by") in key.split("/")):
        raise MatrixError(f"{key}: a top-up names the one of the two that pays the difference, nothing else does")
    return parameter(key, given)


MATRIX = Matrix.load(Path(__file__).with_name("compatibility.yaml"))


@dataclass(frozen=True, slots=True)
class Holding:
    """One programme that the person holds, in whatever county: the person's own money of it per month.

    `whole`: the money is the programme's whole line, not a difference. `gives_way`: the person asks that what is
    proposed takes its place; it ends with the same decision.
    """

    programme: str
    amount: Money
    division: str
    award_id: str
    whole: bool = True
    gives_way: bool = False

    def as_json(self) -> dict[str, Any]:
        """As kept with a decision."""
        return {
            "programme": self.programme,
            "amount": str(self.amount),
            "division": self.division,
            "award_id": self.award_id,
            "whole": self.whole,
            **({"gives_way": True} if self.gives_way else {}),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Holding:
        """What `as_json` made."""
        return cls(**{**kept, "amount": Money.yuan(kept["amount"])})


@dataclass(frozen=True, slots=True)
class Settlement:
    """What stands: the proposed programme's money, the holdings that end for it, those that are lowered, and why."""

    stands: bool
    amount: Money
    ends: tuple[Holding, ...]
    lowered: tuple[tuple[Holding, Money], ...]
    findings: tuple[Finding, ...]


@clause(DESIGN, "§2.2", "同一人同一月份各项目能否同时享受、择高享受或者补差享受")
@clause(RELIEF, "15", "特困供养与低保、孤儿保障等制度的衔接")
def settle(
    held: Sequence[Holding],
    programme: str,
    amount: Money,
    *,
    on: date,
    division: Division | None = None,
    matrix: Matrix = MATRIX,
) -> Settlement:
    """Which money stands when a programme with this full amount is proposed beside what is held anywhere.

    Not together: refused, by the name of what is held. The higher: the held one ends, or the proposed one is refused;
    of two equal ones the held one stays. Top-up: only the difference is paid, by whichever of the two tops up.
    """
    judged = [_beside(h, programme, amount, matrix.at(h.programme, programme, on=on, division=division)) for h in held]
    rest = amount - sum((j.off for j in judged), Money.zero())
    findings = [j.finding for j in judged]
    if rest.fen <= 0 and any(j.off for j in judged):
        findings.append(finding(settle, False, f"已享受的救助不低于{WORDS[programme]}标准 {amount} 元，无须补差"))
    stands = all(f.met for f in findings)
    lowered = tuple((h, j.left) for h, j in zip(held, judged, strict=True) if stands and j.left is not None and j.left)
    ends = (h for h, j in zip(held, judged, strict=True) if stands and (j.ends or (j.left is not None and not j.left)))
    return Settlement(
        stands=stands,
        amount=rest if stands else Money.zero(),
        ends=tuple(ends),
        lowered=lowered,
        findings=tuple(f.model_copy(update={"rule_set": rule_set(on)}) for f in findings),
    )


@clause(DESIGN, "§2.2", "认定结果按项目衔接规定确定实际享受的金额")
def settled(found: ProgrammeDetermination, settlement: Settlement) -> ProgrammeDetermination:
    """The determination as it stands beside what is held: refused with the reasons, or with the money that stands."""
    findings = (*found.findings, *settlement.findings)
    if not settlement.stands:
        return replace(found, eligible=False, lines=(), amount=Money.zero(), findings=findings)
    return replace(topped_up(found, settlement.amount), findings=findings)


@clause(DESIGN, "§2.2", "先认定本项目条件，再与已享受项目衔接")
def beside(
    found: ProgrammeDetermination, held: Sequence[Holding], *, on: date, division: str
) -> ProgrammeDetermination:
    """A determination beside what the person holds; one that is refused by its own conditions stays as it is."""
    if not found.eligible:
        return found
    stays, given_up = [h for h in held if not h.gives_way], [h for h in held if h.gives_way]
    made = settled(found, settle(stays, found.programme, found.amount, on=on, division=Division(division)))
    chosen = chosen_is_higher(given_up, made.programme, made.amount, on=on, division=division)
    if not made.eligible or chosen is None:
        return made
    told = (*made.findings, chosen)
    if chosen.met:
        return replace(made, findings=told)
    return replace(made, eligible=False, lines=(), amount=Money.zero(), findings=told)


@clause(DESIGN, "§2.2 (choice)", "择高享受的，选择较高的一项接替前者，不间断、不重复")
def chosen_is_higher(
    given_up: Sequence[Holding], programme: str, amount: Money, *, on: date, division: str
) -> Finding | None:
    """Whether what takes the place of these holdings is more than each that only the higher may be held beside.

    None where no such pair is among them: then the choice is free.
    """
    where = Division(division)
    cells = [(h, MATRIX.at(h.programme, programme, on=on, division=where)) for h in given_up]
    higher = [h for h, cell in cells if cell.relation == "HIGHER"]
    if not higher:
        return None
    most = max(higher, key=lambda h: h.amount)
    met = amount > most.amount
    because = f"{WORDS[programme]} {amount} 元{'高于' if met else '不高于'}本人{WORDS[most.programme]} {most.amount} 元"
    because += "，选择前者，后者转出" if met else "，择高享受，不予转入"
    return finding(chosen_is_higher, met, because, rule_set=rule_set(on), relation="HIGHER")


_NOTHING = Money.zero()


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one holding means for the proposal: `off` it, the holding ends, or is lowered to `left`."""

    finding: Finding
    off: Money = _NOTHING
    ends: bool = False
    left: Money | None = None


def _beside(held: Holding, programme: str, amount: Money, cell: Cell) -> _Judged:
    relation = cell.full if cell.full and held.programme == cell.by and held.whole else cell.relation
    told = f"已享受{WORDS[held.programme]}（{held.division}，{held.amount} 元），与{WORDS[programme]}"
    if relation == "NOT_TOGETHER":
        return _Judged(_found(False, f"{told}不得同时享受", cell))
    if relation == "HIGHER":
        wins = amount > held.amount
        after = f"{WORDS[programme]} {amount} 元较高，应先停发前者" if wins else "择高享受，前者不低于后者"
        return _Judged(_found(wins, f"{told}择高享受：{after}" if wins else f"{told}{after}", cell), ends=wins)
    if relation == "TOP_UP" and cell.by == programme:
        return _Judged(_found(True, f"{told}按差额补足", cell), off=held.amount)
    if relation == "TOP_UP":
        left = Money(max(0, held.amount.fen - amount.fen))
        return _Judged(_found(True, f"{told}合计不超过标准，前者减为 {left} 元", cell), left=left)
    return _Judged(_found(True, f"{told}可以同时享受", cell))


def _found(met: bool, because: str, cell: Cell) -> Finding:
    return finding(settle, met, because, relation=cell.relation, relation_source=cell.source)
