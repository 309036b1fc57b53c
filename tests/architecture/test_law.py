"""Clauses stand once, charters tell the truth, and every number of the law has its source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
import yaml

from doudi.dated import STANDINGS
from doudi.law import Clause, RegisteredClause, clauses
from doudi.testing import PACKAGES, ROOT, service_named
from tests.architecture import excused
from tests.architecture.sources import Offence, judged, yaml_files

HEADINGS = ("Decides", "Hears", "Says", "Does not")


def charter(docstring: str) -> dict[str, str]:
    """The four lines of a charter by heading; raises ValueError when one is missing, doubled or out of order."""
    found = re.findall(rf"^({'|'.join(HEADINGS)}): (.+)$", docstring, re.MULTILINE)
    if tuple(heading for heading, _ in found) != HEADINGS:
        raise ValueError(f"a charter has the lines {', '.join(HEADINGS)}, this one {[h for h, _ in found]}")
    return dict(found)


def names(line: str) -> set[str]:
    """The event names of a line; `nothing` is none."""
    return set() if line.strip(". ") == "nothing" else {name.strip(" .") for name in line.split(",")}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_charter_is_true(package):
    said, service = charter(import_module(package).__doc__ or ""), service_named(package)
    assert names(said["Hears"]) == {event.__name__ for event in service.hears}
    assert names(said["Says"]) == {event.__name__ for event in service.says}
    assert all(service.name == event.PUBLISHER for event in service.says)


def test_a_charter_without_a_line_is_no_charter():
    with pytest.raises(ValueError, match="Does not"):
        charter("x\n\nDecides: a\nHears: A, B\nSays: C\n")
    assert names("A, B") == {"A", "B"}
    assert names("nothing") == set()


def cited() -> list[RegisteredClause]:
    """Every clause that a service's rules cite."""
    for package in PACKAGES:
        rules = import_module(f"{package}.rules")
        for module in walk_packages(rules.__path__, f"{package}.rules."):
            import_module(module.name)
    return [entry for entry in clauses() if re.match(rf"(?:{'|'.join(PACKAGES)})\.rules\.", entry.rule)]


def cited_alike(entries: Iterable[RegisteredClause]) -> Iterator[Offence]:
    """Two rules that claim to be the same sentence of the same clause: one of them is not where it belongs."""
    rules: dict[Clause, list[str]] = defaultdict(list)
    for entry in entries:
        rules[entry.clause].append(entry.rule)
    for clause, claimed in rules.items():
        if len(claimed) > 1:
            yield Offence(f"{clause.id}「{clause.sentence}」", " and ".join(claimed))


def test_a_sentence_of_the_law_has_one_rule():
    found = cited()
    assert found
    assert judged(cited_alike(found), excused.SAME_CLAUSE) == []


def test_a_sentence_with_two_rules_is_found_out():
    one, other = Clause("国务院令649号", "10", "…"), Clause("国务院令649号", "10", "another sentence")
    entries = [
        RegisteredClause(one, "a", "f", 1),
        RegisteredClause(one, "b", "f", 2),
        RegisteredClause(other, "c", "f", 3),
    ]
    assert [o.what for o in cited_alike(entries)] == ["a and b"]


def unsourced(node: Any, where: str) -> Iterator[Offence]:
    """Values of a YAML file (mappings with `value` or `from`) that lack a source or a standing."""
    if isinstance(node, dict):
        if "value" in node or "from" in node:
            lacks = [] if node.get("source") else ["source"]
            lacks += [] if node.get("status") in STANDINGS else ["status"]
            if lacks:
                yield Offence(where, f"lacks {', '.join(lacks)}")
            return
        if not node:
            yield Offence(where, "is empty")
        for key, value in node.items():
            yield from unsourced(value, f"{where}:{key}")
    elif isinstance(node, list):
        for value in node:
            yield from unsourced(value, where)
    else:
        yield Offence(where, f"is a bare {node!r}")


def test_every_number_of_the_law_has_its_source_and_standing():
    files = list(yaml_files())
    assert files
    offences = (
        o for f in files for o in unsourced(yaml.safe_load(f.read_text(encoding="utf-8")), str(f.relative_to(ROOT)))
    )
    assert judged(offences, {}) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: [{from: 2019-01-01, value: 3, source: x}]",
        "a: [{from: 2019-01-01, value: 3, status: design}]",
        "a: [{from: 2019-01-01, value: 3, source: x, status: sure}]",
        "a: 3",
        "a: {}",
    ],
)
def test_a_bare_number_is_found_out(text):
    assert len(list(unsourced(yaml.safe_load(text), "f"))) == 1
    assert not list(unsourced(yaml.safe_load("a: [{from: 2019-01-01, value: 3, source: x, status: design}]"), "f"))
