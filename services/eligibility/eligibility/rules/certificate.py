"""domain §0.1, issue of a decision certificate: everything a decision was made from, how, and what would turn it.

A certificate is canonical JSON (UTF-8, keys sorted, one line). What stands under `given` is what the file knew; all the
rest follows from it by the rules, so that anybody can make it again without a database and gets the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from doudi.dated import Parameter, Parameters
from doudi.division import Division
from doudi.law import cited_in, clause
from doudi.money import Money
from eligibility.rules import amount, counterfactual, coverage, income, need, unit_of
from eligibility.rules.determine import Choice, Determination, determine
from eligibility.rules.facts import Facts
from eligibility.rules.numbers import DESIGN, Numbers

KIND = "doudi.eligibility.decision-certificate.v1"
_HERE = Path(__file__).parent
_IN_THE_FILE = "见案卷"


def _hash_of(*suffixes: str) -> str:
    """Over the text of every file below `rules/` with one of these endings, and its name."""
    total = hashlib.sha256()
    for path in sorted(p for p in _HERE.rglob("*") if p.suffix in suffixes):
        total.update(f"{path.relative_to(_HERE).as_posix()}\n{path.read_text(encoding='utf-8')}\n".encode())
    return total.hexdigest()


CODE = {"version": metadata.version("doudi-eligibility"), "sha256": _hash_of(".py", ".yaml")}
"""The version of the package, and a hash over all rules and numbers."""
PARAMETERS_SHA256 = _hash_of(".yaml")
"""A hash over the numbers alone."""


class Unreadable(ValueError):
    """这不是一份可读取的决定凭证 / this is not a readable decision certificate"""


class Read(Parameters):
    """Parameters that remember what was asked of them: the numbers that a decision was made with, and no others."""

    def __init__(self, whole: Parameters) -> None:
        super().__init__(())
        self._whole = whole
        self.seen: dict[str, Parameter] = {}

    def at(self, key: str, *, on: date, division: Division | None = None) -> Parameter:
        """The value in force; raises MissingParameter."""
        self.seen[key] = found = self._whole.at(key, on=on, division=division)
        return found


@dataclass(frozen=True, slots=True)
class Given:
    """What a certificate is made from. No name and no ID number is in it; persons are person ids."""

    decision: dict[str, Any]
    """Its id, application, division, outcome, days of the procedure; whatever identifies it."""
    on: date
    """The day of the determination, by whose rules it was made."""
    facts: Facts
    numbers: Numbers
    choice: Choice
    sources: dict[str, list[str | None]] = field(default_factory=dict)
    """Whence the file has its facts: kind of fact → [source, day]."""
    parameters: tuple[dict[str, str | None], ...] = ()
    """Every number that was read, with the day it holds from, its source and standing."""
    parameters_sha256: str = PARAMETERS_SHA256
    code: dict[str, str] = field(default_factory=lambda: dict(CODE))

    def as_json(self) -> dict[str, Any]:
        """As it stands in the file. What an officer wrote in his own words stays in the county's file."""
        choice = self.choice.as_json()
        choice["extras"] = [{**e, "reason": _IN_THE_FILE if e["reason"].strip() else ""} for e in choice["extras"]]
        own = {"facts": self.facts.as_json(), "numbers": self.numbers.as_json(), "choice": choice}
        return {**asdict(self), **own, "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Given:
        """What `as_json` made; raises Unreadable."""
        try:
            return cls(
                decision=dict(kept["decision"]),
                on=date.fromisoformat(kept["on"]),
                facts=Facts.from_json(kept["facts"]),
                numbers=Numbers(**kept["numbers"]),
                choice=Choice.from_json(kept["choice"]),
                sources=dict(kept["sources"]),
                parameters=tuple(kept["parameters"]),
                parameters_sha256=kept["parameters_sha256"],
                code=dict(kept["code"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Unreadable(Unreadable.__doc__) from error


@clause(DESIGN, "§0.1", "参数均注明来源和状态")
def parameter_rows(read: Read) -> tuple[dict[str, str | None], ...]:
    """The numbers that were read, by key, as a certificate lists them."""
    return tuple(
        {
            "key": p.key,
            "value": str(p.value),
            "period": p.period,
            "from": p.valid_from.isoformat(),
            "division": p.division,
            "source": p.source,
            "status": p.status,
        }
        for _, p in sorted(read.seen.items())
    )


@clause(DESIGN, "§0.1", "决定按决定日的规则版本作出、说明和重算")
def certify(given: Given) -> dict[str, Any]:
    """The certificate: what was given, and all that follows from it; the last is the hash of the rest."""
    kept = given.as_json()
    of, n, choice = given.facts, given.numbers, Choice.from_json(kept["choice"])
    made = determine(of, n, on=given.on, choice=choice)
    out = counterfactual.income_out(of, n, on=given.on, choice=choice)
    ways = counterfactual.ways_in(of, n, on=given.on, choice=choice)
    whole: dict[str, Any] = {
        "certificate": KIND,
        "given": kept,
        "rule_set": made.rule_set,
        "facts": _facts(given),
        "steps": _steps(of, n, made),
        "result": made.as_json(),
        "result_sha256": made.sha256,
        "counterfactual": {
            "would_qualify_if": [[c.as_json() | {"says": c.text} for c in way.changes] for way in ways],
            "no_longer_from_income_year": None if out is None else str(Money(out)),
        },
    }
    return {**whole, "sha256": hashlib.sha256(canonical(whole).encode()).hexdigest()}


@clause(DESIGN, "§0.1", "凭证为规范文本：UTF-8、键有序、一行")
def canonical(certificate: dict[str, Any]) -> str:
    """The certificate's text."""
    return json.dumps(certificate, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _facts(given: Given) -> list[dict[str, Any]]:
    """Each fact with its source and day, as far as the file has them."""
    of = given.facts.as_json()
    rows = [("unit", person["person_id"], person) for person in of["unit"]]
    rows += [(name, name, value) for name, value in of.items() if name != "unit"]
    found = []
    for kind, name, value in rows:
        coarse = given.sources.get("unit" if kind == "unit" else "means", [None, None])
        source, day = given.sources.get(kind, coarse)
        found.append({"fact": name, "value": _plain(name, value), "source": source, "date": day})
    return found


def _plain(name: str, value: Any) -> Any:
    """Money in yuan; everything else as it is."""
    if type(value) is int and (name.endswith("_year") or name == "deposits"):
        return str(Money(value))
    return {k: v for k, v in value.items() if k != "person_id"} if isinstance(value, dict) else value


def _steps(of: Facts, n: Numbers, made: Determination) -> list[dict[str, Any]]:
    """Every rule in its order (domain §3.8): what went in, what came out."""

    def step(rule: Any, went_in: dict[str, Any], came_out: dict[str, Any]) -> dict[str, Any]:
        return {"clause": cited_in(rule, n.documents), "in": went_in, "out": came_out}

    counted, _ = income.as_counted(of, n)
    means = {"income_year": str(Money(counted.income_year)), "deductions_year": str(Money(counted.deductions_year))}
    people = [p.person_id for p in of.unit]
    steps = [
        step(unit_of, {"people": people}, {"size": made.size}),
        step(need.per_capita, {**means, "size": made.size}, {"per_capita_income": made.per_capita_income}),
    ]
    steps += [
        {"clause": f.clause, "in": dict(f.parameters), "out": {"met": f.met, "because": f.because}}
        for f in made.findings
    ]
    if made.eligible:
        lines = [[line.person_id, line.item, str(line.amount)] for line in made.lines]
        steps += [
            step(
                coverage.CLASSIFIERS[n.classifier],
                {"per_capita_income": made.per_capita_income, "standard": str(made.standard)},
                {"class": made.assistance_class, "insured": list(made.insured)},
            ),
            step(amount.base_lines, {"insured": list(made.insured)}, {"lines": lines, "amount": str(made.amount)}),
        ]
    return [{"step": number, **step} for number, step in enumerate(steps, 1)]
