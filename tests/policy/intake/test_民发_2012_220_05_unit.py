"""民发〔2012〕220号 art. 5: who is in the unit."""

from datetime import date

import pytest

from intake import rules

ON = date(2020, 3, 2)
ADULT_TODAY = date(2002, 3, 2)
ADULT_TOMORROW = date(2002, 3, 3)


@pytest.mark.parametrize(
    ("relation", "birth", "student", "reason", "lawful"),
    [
        ("HEAD", date(1970, 1, 1), False, None, True),
        ("HEAD", date(1970, 1, 1), False, "NO_LEGAL_DUTY", False),
        ("SPOUSE", date(1970, 1, 1), False, "NO_LEGAL_DUTY", False),
        ("SPOUSE", date(1970, 1, 1), False, "IN_CUSTODY", True),
        ("PARENT", date(1945, 1, 1), False, "NO_LEGAL_DUTY", False),
        ("PARENT", date(1945, 1, 1), False, "RELIGIOUS_THREE_YEARS", True),
        ("CHILD", ADULT_TOMORROW, False, "NO_LEGAL_DUTY", False),
        ("CHILD", ADULT_TODAY, False, "NO_LEGAL_DUTY", True),
        ("CHILD", ADULT_TODAY, True, "NO_LEGAL_DUTY", False),
        ("SIBLING", date(1975, 1, 1), False, "NO_LEGAL_DUTY", True),
        ("OTHER", date(1975, 1, 1), False, "OTHER_BY_PROVINCE", True),
        ("SPOUSE", date(1970, 1, 1), False, "DECLARED_MISSING", True),
        ("PARENT", date(1945, 1, 1), False, "TEKUN", True),
        ("CHILD", ADULT_TOMORROW, False, "ORPHAN", True),
    ],
)
def test_五_nobody_of_the_core_is_left_out_of_the_unit_on_paper(relation, birth, student, reason, lawful):
    assert rules.place_in_unit(rules.Place(relation, birth, student, reason), on=ON).met is lawful
