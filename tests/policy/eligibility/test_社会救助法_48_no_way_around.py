"""社会救助法 art. 48: the model's verbs are the only way to make an award less; no code and no SQL goes around them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from doudi.testing import ROOT

PACKAGE = ROOT / "services" / "eligibility" / "eligibility"
PLACES = {
    "Permit": {"model/intervention.py"},
    "of_death": {"handlers/death.py"},
    "taper_ends": {"handlers/deadlines.py"},
    "_end": {"model/award.py"},
}
"""Where each way to make an award less may be called: a permit is made by a decision, a death's by a death."""
IN_SETS = {"store/settlement.py": "a changed standard lowers nobody by itself, which has a policy test of its own"}
"""SQL that changes what awards pay, and why it takes nothing from anybody."""
_CHANGES = re.compile(
    r"UPDATE award\b(?:(?!UPDATE).)*?\b(?:status|amount_fen|held_from|taper_until|last_month) =", re.S
)


def sources() -> Iterator[tuple[str, str]]:
    return ((str(p.relative_to(PACKAGE)), p.read_text(encoding="utf-8")) for p in sorted(PACKAGE.rglob("*.py")))


def calls(texts: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    """The files that call each of the ways."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, text in texts:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in PLACES:
                    found[name].add(path)
    return found


def statements(texts: Iterable[tuple[str, str]]) -> set[str]:
    """The files with SQL that changes what awards pay."""
    return {path for path, text in texts if _CHANGES.search(text)}


def test_permits_come_from_a_decision_or_a_death_and_from_nowhere_else():
    assert calls(sources()) == PLACES


def test_no_sql_makes_an_award_less():
    assert statements(sources()) <= IN_SETS.keys()


def test_a_way_around_is_found_out():
    assert calls([("a.py", "award.stop(m, Permit.of_death(x))")]) == {"of_death": {"a.py"}}
    for sql in ("UPDATE award SET status = 'STOPPED'", "UPDATE award a SET version = 1, amount_fen = 0"):
        assert statements([("a.py", f"tx.execute({sql!r})")]) == {"a.py"}
    for sql in ("UPDATE award_line SET to_month = $1", "UPDATE award SET version = 2"):
        assert statements([("a.py", f"tx.execute({sql!r})")]) == set()
