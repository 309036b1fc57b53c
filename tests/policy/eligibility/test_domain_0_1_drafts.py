"""domain §0.1, issue 模拟: what may stand in the place of a number, a list or a table while it is tried out."""

import pytest

from eligibility import rules
from eligibility.rules.draft import NoSuchValue, bears_on_money, draft_value

KNOWN = {p.key: p.value for p in rules.PARAMETERS}
MODES = {"A": "FULL", "B": "BAND", "C": "BAND"}


@pytest.mark.parametrize(
    ("key", "value", "taken"),
    [
        ("dibao.extra_rate", "0.2", "0.2"),
        ("dibao.c_min_insured", "1", 1),
        ("dibao.classifier", "BY_SHARE", "BY_SHARE"),
        ("dibao.labour_by_age", False, False),
        ("dibao.amount_mode", MODES, MODES),
        ("dibao.bands", {"A": "380.00", "B": "300", "C": "200"}, {"A": "380.00", "B": "300", "C": "200"}),
        ("dibao.vehicle_kinds", ["CAR"], ["CAR"]),
        ("income.kind.SCHOLARSHIP", "COUNTED", "COUNTED"),
        ("care_sub.disability", {"MENTAL": "2"}, {"MENTAL": 2}),
        ("tekun.care_centralised", {"SELF": "1/10", "HALF": "1/6", "FULL": "1/2"}, None),
    ],
)
def test_0_1_a_value_of_the_same_kind_is_taken(key, value, taken):
    assert draft_value(key, value, KNOWN[key]) == (value if taken is None else taken)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dibao.extra_rate", "BY_SHARE"),
        ("dibao.extra_rate", "1/3"),
        ("dibao.extra_rate", True),
        ("dibao.c_min_insured", "1.5"),
        ("dibao.classifier", "BY_MOOD"),
        ("dibao.classifier", "0.5"),
        ("dibao.labour_by_age", "false"),
        ("dibao.amount_mode", {"A": "FULL", "B": "BAND"}),
        ("dibao.amount_mode", {**MODES, "C": "ALL"}),
        ("dibao.bands", {"A": "380.00"}),
        ("dibao.bands", {"A": "1", "B": "1", "C": "a lot"}),
        ("dibao.vehicle_kinds", ["a car"]),
        ("dibao.vehicle_kinds", "CAR"),
        ("income.kind.SCHOLARSHIP", "FORGOTTEN"),
        ("care_sub.disability", {"SADNESS": "2"}),
        ("care_sub.disability", {"MENTAL": "heavy"}),
    ],
)
def test_0_1_another_is_not(key, value):
    with pytest.raises(NoSuchValue):
        draft_value(key, value, KNOWN[key])


@pytest.mark.parametrize(
    ("key", "bears"),
    [("dibao.rural", True), ("living.amount", True), ("income.kind.TAX", True), ("tekun.floor_dibao", True),
     ("hold.max_months", False), ("procedure.posting_days", False), ("dibao.no_labour_grades", False)],
)  # fmt: skip
def test_0_1_what_bears_on_money_may_be_tried(key, bears):
    assert bears_on_money(key) is bears
