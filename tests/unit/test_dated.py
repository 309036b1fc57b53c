"""The law's numbers by day and division, each with its source (design §5)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doudi.dated import MissingParameter, Parameter, Parameters, parameter
from doudi.division import Division
from doudi.money import Money

TABLE = """
dibao.rural:
  - {from: 2015-04-01, division: "64", value: "2400.00", period: YEAR, source: C17, status: confirmed}
  - {from: 2020-01-01, division: "64", value: "4560.00", period: YEAR, source: C19, status: confirmed}
  - {from: 2019-06-01, division: "640522", value: "4000.00", period: YEAR, source: 海原县, status: example}
c.min_insured:
  - {from: 2019-03-11, value: 2, source: "卫民发〔2019〕21号 二(一)4", status: seed}
rigid.ratio:
  - {from: 2019-03-11, value: "1.2", source: domain §12, status: design}
"""
HAIYUAN, LIWANG = Division.parse("640522000000"), Division.parse("640522101000")
ZHONGNING = Division.parse("640521000000")


def load(tmp_path: Path, text: str) -> Parameters:
    path = tmp_path / "parameters.yaml"
    path.write_text(text, encoding="utf-8")
    return Parameters.load(path)


@pytest.fixture(name="numbers")
def _numbers(tmp_path: Path) -> Parameters:
    return load(tmp_path, TABLE)


def override(day: date, value: str, division: str = "640522") -> Parameter:
    row = {
        "from": day,
        "division": division,
        "value": value,
        "period": "YEAR",
        "source": "县政府",
        "status": "confirmed",
    }
    return parameter("dibao.rural", row)


@pytest.mark.parametrize(
    ("on", "division", "value"),
    [
        (date(2015, 4, 1), HAIYUAN, "2400.00"),
        (date(2019, 5, 31), HAIYUAN, "2400.00"),
        (date(2019, 6, 1), HAIYUAN, "4000.00"),
        (date(2019, 6, 1), LIWANG, "4000.00"),  # a township has its county's
        (date(2019, 6, 1), ZHONGNING, "2400.00"),
        (date(2019, 12, 31), ZHONGNING, "2400.00"),
        (date(2020, 1, 1), ZHONGNING, "4560.00"),
        (date(2020, 1, 1), HAIYUAN, "4000.00"),  # the nearer division, though the region's is later
    ],
)
def test_the_latest_of_the_nearest_division(numbers: Parameters, on: date, division: Division, value: str) -> None:
    found = numbers.at("dibao.rural", on=on, division=division)
    assert (found.value, found.period) == (value, "YEAR")
    assert found.money == Money.yuan(value)
    assert found.valid_from <= on


@pytest.mark.parametrize(
    ("key", "on", "division"),
    [
        ("dibao.rural", date(2015, 3, 31), HAIYUAN),
        ("dibao.rural", date(2020, 1, 1), None),  # a regional number is nobody's without a division
        ("c.min_insured", date(2019, 3, 10), None),
        ("no.such", date(2020, 1, 1), None),
    ],
)
def test_a_number_that_is_not_in_force_is_not_guessed(
    numbers: Parameters, key: str, on: date, division: Division | None
) -> None:
    with pytest.raises(MissingParameter, match=key):
        numbers.at(key, on=on, division=division)


def test_numbers_are_exact(numbers: Parameters) -> None:
    on = date(2020, 3, 1)
    assert numbers.at("rigid.ratio", on=on).number == Decimal("1.2")
    assert numbers.at("c.min_insured", on=on, division=LIWANG).value == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"value": 1, "status": "design"}, "source"),
        ({"value": 1, "source": "", "status": "design"}, "source"),
        ({"value": 1, "source": "x"}, "status"),
        ({"value": 1, "source": "x", "status": "guess"}, "status"),
        ({"value": 1.2, "source": "x", "status": "design"}, "float"),
        ({"value": {"a": [1, 0.5]}, "source": "x", "status": "design"}, "float"),
        ({"source": "x", "status": "design"}, "value"),
        ({"value": 1, "source": "x", "status": "design", "from": "2020-01-01"}, "from"),
    ],
)
def test_a_bare_number_does_not_load(row: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parameter("key", row)


def test_two_values_for_one_day_and_division_do_not_load(tmp_path: Path) -> None:
    row = "  - {from: 2020-01-01, value: %d, source: x, status: design}\n"
    with pytest.raises(ValueError, match="two values"):
        load(tmp_path, "key:\n" + row % 1 + row % 2)


def test_a_number_that_was_set_wins_from_its_day_on(numbers: Parameters) -> None:
    day = date(2020, 7, 1)
    changed = numbers.with_overrides([override(day, "4800.00")])
    assert changed.at("dibao.rural", on=date(2020, 6, 30), division=LIWANG).value == "4000.00"
    assert changed.at("dibao.rural", on=day, division=LIWANG).value == "4800.00"
    assert numbers.at("dibao.rural", on=day, division=LIWANG).value == "4000.00"  # the first is as it was


def test_a_number_that_was_set_wins_over_a_later_one_of_the_file_for_the_same_division(numbers: Parameters) -> None:
    changed = numbers.with_overrides([override(date(2019, 1, 1), "4100.00")])
    assert changed.at("dibao.rural", on=date(2021, 1, 1), division=HAIYUAN).value == "4100.00"
    assert changed.at("dibao.rural", on=date(2018, 12, 31), division=HAIYUAN).value == "2400.00"


def test_of_those_set_the_latest_day_counts_and_one_is_replaced_by_its_like(numbers: Parameters) -> None:
    first = numbers.with_overrides([override(date(2021, 1, 1), "5000.00"), override(date(2020, 7, 1), "4800.00")])
    second = first.with_overrides([override(date(2021, 1, 1), "5100.00")])
    on = date(2021, 1, 1)
    assert first.at("dibao.rural", on=on, division=HAIYUAN).value == "5000.00"
    assert second.at("dibao.rural", on=on, division=HAIYUAN).value == "5100.00"
    assert second.at("dibao.rural", on=date(2020, 12, 31), division=HAIYUAN).value == "4800.00"


def test_a_whole_code_holds_for_all_below_it(numbers: Parameters) -> None:
    changed = numbers.with_overrides([override(date(2020, 7, 1), "4800.00", division="640522000000")])
    found = changed.at("dibao.rural", on=date(2020, 7, 1), division=LIWANG)
    assert (found.value, found.division) == ("4800.00", "640522")


def test_the_fingerprint_is_that_of_the_numbers(numbers: Parameters, tmp_path: Path) -> None:
    again = Parameters(reversed(list(numbers)))
    assert numbers.fingerprint() == again.fingerprint() == load(tmp_path, TABLE).fingerprint()
    assert numbers.fingerprint() != load(tmp_path, TABLE.replace("4560", "4561")).fingerprint()
    assert numbers.fingerprint() != load(tmp_path, TABLE.replace("C19", "C20")).fingerprint()
    assert numbers.fingerprint() != numbers.with_overrides([override(date(2020, 7, 1), "4800.00")]).fingerprint()
    assert len(numbers.fingerprint()) == 64
