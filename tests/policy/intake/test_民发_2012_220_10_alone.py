"""民发〔2012〕220号 art. 10, 民发〔2018〕90号 (domain §3.5): one member of a household applies in his own name."""

import pytest

from intake import rules


@pytest.mark.parametrize(
    ("relation", "in_unit", "size", "met"),
    [
        ("CHILD", True, 2, True),
        ("CHILD", True, 1, False),  # there is nobody beside whom to be alone
        ("HEAD", True, 2, True),  # the head may be the one who is severely disabled
        ("CHILD", False, 3, False),  # left out of the unit, or dead
        (None, False, 3, False),  # a stranger
    ],
)
def test_十_a_member_of_a_unit_of_several_may_ask_in_his_own_name(relation, in_unit, size, met):
    assert rules.applies_in_own_name(relation, in_unit, size).met is met


@pytest.mark.parametrize(
    ("registered_apart", "cannot", "met"),
    [(True, False, True), (False, True, True), (False, False, True), (True, True, False)],
)
def test_单人户_who_has_a_book_of_his_own_is_not_unable_to_have_one(registered_apart, cannot, met):
    assert rules.registered_or_unable(registered_apart, cannot).met is met
