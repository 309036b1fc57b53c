"""domain §5.2: how a person of one register is found again in another."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from eligibility.rules.ledger import overlap
from eligibility.rules.matching import fallback, name_of, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("640522188001010019", "640522188001010019"),
        (" 640522188001010019\t", "640522188001010019"),
        ("'640522188001010019", "640522188001010019"),  # a spreadsheet's apostrophe
        ("６４０５２２１８８００１０１００１９", "640522188001010019"),
        ("11010519491231002x", "11010519491231002X"),
        ("440524800101001", "440524198001010013"),  # 15 digits
        ("64052218800101001941", "640522188001010019"),  # a disability number without its last two digits
        ("64052218800101001941B1", "640522188001010019"),
        ("640522188001010018", None),  # wrong check character
        ("64052218800101001", None),
        ("640522188013010019", None),  # no 13th month
        ("6405221880010100194", None),
        ("", None),
    ],
)
def test_五_二_1_an_id_number_in_every_writing(text, number):
    found = number_of(text)
    assert (found and found.value) == number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("马 建国", "马建国", True),
        ("买买提·艾力", "买买提艾力", True),
        ("Ａli", "ali", True),
        ("马建国", "马建军", False),
    ],
)
def test_五_二_2_a_name_in_every_writing(one, other, same):
    assert (name_of(one) == name_of(other)) is same


def test_五_二_2_the_fallback_needs_all_four():
    full = ("马建国", date(1960, 1, 2), "M", "640522105201")
    assert fallback(*full) == "马建国|1960-01-02|M|640522105201"
    for place in range(4):
        parts: list[Any] = [None if i == place else part for i, part in enumerate(full)]
        assert fallback(*parts) is None


@pytest.mark.parametrize(
    ("shared", "left", "right", "share"),
    [(3, 3, 3, Fraction(1)), (3, 3, 4, Fraction(3, 4)), (1, 2, 2, Fraction(1, 3)), (0, 2, 1, Fraction(0)),
     (0, 0, 0, Fraction(0))],
)  # fmt: skip
def test_五_二_3_overlap_is_shared_over_together(shared, left, right, share):
    assert overlap(shared, left, right) == share
