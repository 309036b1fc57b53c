"""国务院令649号 art. 45: suitable work refused three times in a row costs the person's own part."""

from datetime import date

import pytest
from tests.policy.eligibility.households import person

from doudi.money import Money
from eligibility.rules import Line
from eligibility.rules.life import may_be_offered_work, own_part, refuses_work

ON = date(2020, 3, 2)
R, E, A = "REFUSED", "EXCUSED", "ACCEPTED"


@pytest.mark.parametrize(
    ("offers", "met"),
    [
        ([], False),
        ([R, R], False),
        ([R, R, R], True),
        ([R, R, A, R], False),
        ([R, R, E, R], False),  # a good reason breaks the row
        ([A, E, R, R, R], True),
        ([R, R, R, A], False),  # who took the next offer works
        ([R, R, R, R], True),
    ],
)
def test_四十五_three_in_a_row_without_good_reason(offers, met):
    assert refuses_work(offers, on=ON).met is met


@pytest.mark.parametrize(
    ("born", "labour", "more", "met"),
    [
        ("1980-01-01", "FULL", {}, True),
        ("1980-01-01", "PARTIAL", {}, True),
        ("1980-01-01", "NONE", {}, False),
        ("1980-01-01", "FULL", {"student": True}, False),
        ("1980-01-01", "FULL", {"earns": True}, False),  # 有就业能力但未就业
        ("2004-03-02", "FULL", {}, True),  # 16 today
        ("2004-03-03", "FULL", {}, False),
        ("1960-03-03", "FULL", {}, True),
        ("1960-03-02", "FULL", {}, False),  # 60 today
    ],
)
def test_四十五_work_is_offered_to_who_is_able_and_has_none(born, labour, more, met):
    assert may_be_offered_work(person("x", born, labour, **more), on=ON).met is met


PARTS = (("a", "BASE", "200.00"), ("b", "BASE", "200.00"), ("b", "EXTRA", "20.00"))
LINES = [Line(person, item, Money.yuan(amount)) for person, item, amount in PARTS]


@pytest.mark.parametrize(
    ("keeps", "left"),
    [("0.00", [("a", "200.00")]), ("50.00", [("a", "200.00"), ("b", "50.00")])],
)
def test_四十五_only_the_own_part_is_cut(keeps, left):
    cut = own_part(LINES, "b", Money.yuan(keeps))
    assert [(line.person_id, str(line.amount)) for line in cut] == left
