"""The rules of the house hold everywhere, and each check finds a bad example."""

from __future__ import annotations

import pytest

from doudi.testing import ROOT
from tests.architecture import checks, excused
from tests.architecture.sources import all_of, example, judged, rules_sources, sources

MONEY = ("shared/doudi/money.py", "shared/doudi/dated.py", "shared/doudi/law.py", "shared/doudi/events/")
NUMBERED = "/rules/numbers.py"

product = sources("shared", "services")
services = tuple(s for s in sources("services") if "/migrations/" not in s.path)
tests = sources("tests")
exact = (*services, *(s for s in product if s.path.startswith(MONEY)))
plumbing = tuple(s for s in sources("shared") if "/events/" not in s.path)
outside_models = tuple(s for s in services if "/model" not in s.path)

HOUSE = {
    "sizes": (checks.too_long, sources(), excused.TOO_LONG),
    "commits": (checks.commits, sources("shared", "services", "deploy/local"), excused.COMMITS),
    "mocks": (checks.mocks, tests, excused.MOCKS),
    "floats": (checks.floats, exact, excused.FLOATS),
    "numbers": (checks.numbers, tuple(rules_sources()), excused.NUMBERS),
    "clauses": (checks.uncited, tuple(rules_sources()), excused.UNCITED),
    "sleeps": (checks.sleeps, tests, excused.SLEEPS),
    "domain words": (checks.domain_words, plumbing, excused.DOMAIN_WORDS),
    "states": (checks.assigned_states, outside_models, excused.ASSIGNED_STATES),
    "environment": (checks.environment, product, excused.ENVIRONMENT),
}


@pytest.mark.parametrize("rule", HOUSE)
def test_it_holds_everywhere(rule):
    check, within, exceptions = HOUSE[rule]
    assert judged(all_of(check, within), exceptions) == []


BAD = [
    ("sizes", "x = 1\n" * 301),
    ("sizes", "def f():\n" + "    x = 1\n" * 40),
    ("commits", "async def f(session):\n    await session.commit()\n"),
    ("mocks", "from unittest.mock import patch\n"),
    ("mocks", "import unittest.mock\n"),
    ("mocks", "x = MagicMock()\n"),
    ("mocks", "def test_x(monkeypatch):\n    monkeypatch.setattr(a, 'b', 1)\n"),
    ("mocks", "with mock.patch('a.b'):\n    pass\n"),
    ("floats", "def f(x: float): ...\n"),
    ("floats", "x = 0.25\n"),
    ("numbers", "def f(x):\n    return x > 380\n"),
    ("numbers", "x = Decimal('1.5')\n"),
    ("numbers", "x = Fraction('2/3')\n"),
    ("clauses", "def f(x): ...\n"),
    ("clauses", "@cache\ndef f(x): ...\n"),
    ("sleeps", "async def test_x():\n    await asyncio.sleep(1)\n"),
    ("sleeps", "from time import sleep\nsleep(1)\n"),
    ("domain words", "def household_income(): ...\n"),
    ("domain words", "TITLE = '低保'\n"),
    ("states", "def f(case):\n    case.status = 'PAID'\n"),
    ("environment", "import os\nx = os.environ['A']\n"),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_check_finds_a_bad_example(rule, text):
    check, _, _ = HOUSE[rule]
    assert len(judged(check(example(text)), {})) == 1


GOOD = [
    ("numbers", "def f(x, n):\n    return x[-1] + 1 > n or x == 0\n"),
    ("numbers", "@clause('国务院令649号', '10', '…')\ndef f(x): ...\n"),
    ("clauses", "@clause('国务院令649号', '10', '…')\ndef f(x): ...\n\ndef _g(x): ...\n"),
    ("floats", "from fractions import Fraction\n"),
    ("states", "def f(case, on):\n    case.accept(on=on)\n"),
]


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_no_check_finds_what_is_right(rule, text):
    assert list(HOUSE[rule][0](example(text))) == []


def test_a_loader_of_numbers_finds_nothing():
    text = "from doudi.law import Finding\n"
    assert judged(checks.uncited(example(text, f"services/x/x{NUMBERED}")), {})
    assert not judged(checks.uncited(example("def integer(key): ...\n", f"services/x/x{NUMBERED}")), {})


def test_an_exception_needs_a_reason_and_an_offence():
    offence = checks.commits(example("session.commit()\n", "a.py"))
    assert judged(offence, {"a.py": "short"}) == ["a.py: this exception gives no reason"]
    assert judged(iter(()), {"a.py": "a reason that is long enough"}) == ["a.py: this exception is no longer needed"]


def modules_of(names: set[str]) -> set[str]:
    return {n.removesuffix(".py") for n in names} - {"__init__", "__pycache__", "data", "alembic"}


def test_doudi_has_at_most_twenty_modules():
    found = modules_of({p.name for p in (ROOT / "shared" / "doudi").iterdir()})
    assert set(excused.OUTSIDE_THE_COUNT) <= found
    assert len(found - set(excused.OUTSIDE_THE_COUNT)) <= 20
    assert len(found) > 20, "OUTSIDE_THE_COUNT is no longer needed"
