"""domain §3.6: labour capacity: the weaker of what the visit recorded and what the certificate proves."""

import pytest
from tests.policy.eligibility.households import ON, facts, person, px
from tests.services.eligibility_county import forwarded, member

from eligibility.rules.coverage import main_labour_missing, most_members_qualify
from eligibility.rules.unit import labour_capacity


def capacity(recorded="FULL", category=None, grade=1, **more):
    certificate = {"category": category, "grade": grade} if category else None
    event = forwarded([member(1, "1980-01-01", recorded, disability=certificate, **more)], "0.00", on=ON)
    return labour_capacity(event.household.members[0], on=ON)


@pytest.mark.parametrize(
    ("category", "last_without"),
    [("INTELLECTUAL", 3), ("MENTAL", 3), ("LIMB", 2), ("VISUAL", 1), ("HEARING", 0), ("SPEECH", 0), ("MULTIPLE", 0)],
)
def test_三_六_no_capacity_up_to_a_grade_and_partial_beyond(category, last_without):
    assert [capacity(category=category, grade=grade) for grade in (1, 2, 3, 4)] == [
        "NONE" if grade <= last_without else "PARTIAL" for grade in (1, 2, 3, 4)
    ]


def test_三_六_the_weaker_of_record_and_certificate_counts():
    assert capacity("NONE", "LIMB", 4) == "NONE"
    assert capacity("PARTIAL", "LIMB", 1) == "NONE"
    assert [capacity(recorded) for recorded in ("FULL", "PARTIAL", "NONE")] == ["FULL", "PARTIAL", "NONE"]


def test_三_六_an_illness_leaves_part_of_the_capacity():
    assert capacity(seriously_ill=True) == "PARTIAL"
    assert capacity("NONE", seriously_ill=True) == "NONE"


@pytest.mark.parametrize(("born", "weak"), [("2004-03-03", True), ("2004-03-02", False)])  # 15 and 16 today
def test_三_六_under_sixteen_there_is_no_capacity_whatever_was_recorded(born, weak):
    child = facts(person("x", born, "FULL"))
    assert most_members_qualify(child, px(), on=ON).met is weak
    assert main_labour_missing(child, px(), on=ON).met is weak
    assert not most_members_qualify(child, px(labour_by_age=False), on=ON).met  # as kept determinations were made


@pytest.mark.parametrize(("born", "weak"), [("1960-03-03", False), ("1960-03-02", True)])  # 59 and 60 today
def test_三_六_from_sixty_on_nobody_has_full_capacity_whatever_was_recorded(born, weak):
    old = facts(person("x", born, "FULL"))
    assert most_members_qualify(old, px(), on=ON).met is weak
    assert main_labour_missing(old, px(), on=ON).met is weak
    assert not most_members_qualify(old, px(full_labour_to=0), on=ON).met  # as kept determinations were made


def test_三_六_one_of_sixty_who_works_a_little_earns_and_does_not_qualify_by_himself():
    working = facts(person("x", "1955-01-01", "FULL", earns=True))
    assert not most_members_qualify(working, px(), on=ON).met
