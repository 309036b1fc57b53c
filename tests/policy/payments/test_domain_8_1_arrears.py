"""domain §8.1, §8.8: a standard that is dated back is made good in one line, due less what was actually put in."""

import pytest

from doudi.money import Money
from payments import rules


def yuan(*texts):
    return [tuple(Money.yuan(part) for part in text.split("/")) for text in texts]


@pytest.mark.parametrize(
    ("months", "owed"),
    [
        (("440.00/380.00",) * 3, "180.00"),  # Ningxia 2016 (C18): 60 a month from April on, paid in June: 60 x 3
        ((), "0.00"),
        (("440.00/440.00",), "0.00"),
        (("440.00/439.99",), "0.01"),
        (("440.00/0.00", "440.00/380.00"), "500.00"),  # a month that was never put in is owed whole
        (("440.00/440.01", "440.00/439.99"), "0.01"),  # too much in one month is not set off against another here
    ],
)
def test_8_8_arrears_are_due_less_actually_paid(months, owed):
    assert str(rules.arrears(yuan(*months))) == owed
