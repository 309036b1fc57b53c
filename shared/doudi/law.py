"""A clause, and what a rule found by it. A rule without its citation does not load."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """One sentence of the law: document, number, and what it demands in short."""

    document: str
    number: str
    sentence: str

    @property
    def id(self) -> str:
        """How it is cited: `卫民发〔2019〕21号 二(一)4`."""
        return f"{self.document} {self.number}"


@dataclass(frozen=True, slots=True)
class RegisteredClause:
    """A clause with the rule that stands for it."""

    clause: Clause
    rule: str
    file: str
    line: int


_REGISTERED: dict[tuple[str, str, str], RegisteredClause] = {}


def clause(document: str, number: str, sentence: str) -> Callable[[F], F]:
    """Cites the law on a rule. One rule may cite several clauses; the same clause twice on one rule is an error."""
    if not (document.strip() and number.strip() and sentence.strip()):
        raise TypeError("a clause is cited by document, number and sentence")
    cited = Clause(document, number, sentence)

    def mark(rule: F) -> F:
        name = f"{rule.__module__}.{rule.__qualname__}"
        key = (document, number, name)
        code = inspect.unwrap(rule).__code__
        entry = RegisteredClause(cited, name, code.co_filename, code.co_firstlineno)
        if key in _REGISTERED and _REGISTERED[key].line != entry.line:
            raise TypeError(f"{name} cites {cited.id} twice, or two rules have this name")
        if any((c.document, c.number) == (document, number) for c in getattr(rule, "__clauses__", ())):
            raise TypeError(f"{name} cites {cited.id} twice")
        _REGISTERED[key] = entry
        rule.__clauses__ = (cited, *getattr(rule, "__clauses__", ()))  # type: ignore[attr-defined]
        return rule

    return mark


def clauses() -> list[RegisteredClause]:
    """Every clause that a loaded rule cites, in the order of document, number and rule."""
    return sorted(_REGISTERED.values(), key=lambda r: (r.clause, r.rule))


def mirrors(*rules: Callable[..., Any]) -> Callable[[F], F]:
    """Marks what says these rules again in SQL, for sets. A test holds both to each other; the index follows the mark.

    Raises TypeError for a rule that cites no clause.
    """
    for rule in rules:
        cited_by(rule)

    def mark(query: F) -> F:
        return query

    return mark


def cited_by(rule: Callable[..., Any]) -> Clause:
    """The first clause that a rule cites; raises TypeError when it cites none."""
    found: tuple[Clause, ...] = getattr(rule, "__clauses__", ())
    if not found:
        raise TypeError(f"{rule.__qualname__} cites no clause")
    return found[0]


class Finding(BaseModel):
    """What a rule found: the clause, whether it is met, and why, in Chinese for the applicant with the figures."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    clause: str
    met: bool
    because: str
    rule_set: str | None = None
    parameters: dict[str, str] = {}


@cache
def cited_in(rule: Callable[..., Any], documents: tuple[str, ...]) -> str:
    """The clause that a rule cites in the first of these documents that it cites at all, else its first clause."""
    cited_by(rule)
    clauses: tuple[Clause, ...] = rule.__clauses__  # type: ignore[attr-defined]
    ranked = {document: rank for rank, document in enumerate(documents)}
    return min(clauses, key=lambda c: ranked.get(c.document, len(ranked))).id


def finding(
    source: Callable[..., Any] | Clause,
    met: bool,
    because: str,
    *,
    rule_set: str | None = None,
    documents: tuple[str, ...] = (),
    **parameters: object,
) -> Finding:
    """A finding by a clause, or by a rule: its clause in the documents that are in force, else its first clause."""
    return Finding(
        clause=source.id if isinstance(source, Clause) else cited_in(source, documents),
        met=met,
        because=because,
        rule_set=rule_set,
        parameters={k: str(v) for k, v in parameters.items()},
    )
