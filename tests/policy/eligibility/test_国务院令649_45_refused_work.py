"""国务院令649号 art. 45: suitable work refused three times in a row costs the person's own part."""

from datetime import date

import pytest

from doudi.money import Money
from eligibility.rules import Line
from eligibility.rules.life import own_part, refuses_work

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


PARTS = (("a", "BASE", "200.00"), ("b", "BASE", "200.00"), ("b", "EXTRA", "20.00"))
LINES = [Line(person, item, Money.yuan(amount)) for person, item, amount in PARTS]


@pytest.mark.parametrize(
    ("keeps", "left"),
    [("0.00", [("a", "200.00")]), ("50.00", [("a", "200.00"), ("b", "50.00")])],
)
def test_四十五_only_the_own_part_is_cut(keeps, left):
    cut = own_part(LINES, "b", Money.yuan(keeps))
    assert [(line.person_id, str(line.amount)) for line in cut] == left
