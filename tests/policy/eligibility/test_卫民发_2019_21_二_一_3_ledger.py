"""卫民发〔2019〕21号 二(一)3: who must be found, who comes first, by when the counties are done; nothing is decided."""

from datetime import date

import pytest

from eligibility.rules.ledger import (
    Registered,
    action,
    decides_nothing,
    group_of,
    milestones,
    must_be_found,
    priority,
)

ON, STANDARD = date(2020, 2, 28), 456_000
ADULT = date(1980, 1, 1)


def home(*labours, births=None, marks=(), income=500_000, status="NOT_OUT"):
    return Registered(status, labours, tuple(births or [ADULT] * len(labours)), frozenset(marks), income)


@pytest.mark.parametrize(
    ("labours", "marks", "income", "met"),
    [
        (["NONE", "NONE"], [], 500_000, True),  # (a) fully without labour
        (["NONE", "FULL"], [], 500_000, False),  # partly, but there is a way out
        (["NONE", "FULL"], ["NO_WAY_OUT"], 500_000, True),  # (b)
        (["PARTIAL", "PARTIAL"], ["NO_WAY_OUT"], 500_000, True),
        (["PARTIAL", "PARTIAL"], [], 500_000, False),
        (["FULL"], ["NO_WAY_OUT"], 500_000, False),  # nobody lost labour
        ([None], ["NO_WAY_OUT"], 500_000, False),  # not recorded is not lost
        (["FULL"], [], 455_999, True),  # (c) below the line
        (["FULL"], [], 456_000, False),  # at the line is not below it
        (["FULL"], [], None, False),  # an income that is not recorded proves nothing
        ([], [], 0, False),  # nobody lives there any more
    ],
)
def test_二_一_3_who_must_be_found(labours, marks, income, met):
    found = must_be_found(home(*labours, marks=marks, income=income), STANDARD)
    assert (found.met, found.clause) == (met, "卫民发〔2019〕21号 二(一)3")


@pytest.mark.parametrize(("status", "met"), [("NOT_OUT", True), ("RETURNED", True), ("OUT", False)])
def test_二_一_3_only_those_who_are_not_out_are_screened(status, met):
    assert must_be_found(home("NONE", status=status), STANDARD).met is met


def born(years, days=0):
    return date.fromordinal(date(ON.year - years, ON.month, ON.day).toordinal() + days)


@pytest.mark.parametrize(
    ("births", "marks", "met"),
    [
        ([ADULT], ["ILLNESS"], True),
        ([ADULT], ["DISABILITY"], True),
        ([ADULT], ["SUDDEN"], True),
        ([ADULT], [], False),
        ([born(60)], [], True),  # sixty today
        ([born(60, 1)], [], False),  # sixty tomorrow
        ([born(60), born(70)], [], True),  # 双老户
        ([born(60), born(70), born(80)], [], False),  # three are no 单老双老户
        ([born(60), born(59)], [], False),
        ([ADULT, born(18)], [], False),  # eighteen today: no minor
        ([ADULT, born(18, 1)], [], True),
        ([born(60), None], [], False),  # whose day of birth is not recorded is not taken for old, nor for young
        ([None], [], False),
    ],
)
def test_二_一_3_who_comes_first(births, marks, met):
    assert priority(home(*["NONE"] * len(births), births=births, marks=marks), STANDARD, ON).met is met


def test_二_一_3_where_no_day_of_birth_is_known_nobody_is_taken_for_old():
    assert not priority(Registered("NOT_OUT", ("NONE",), ()), STANDARD, ON).met


def test_二_一_3_only_who_qualifies_comes_first():
    assert not priority(home("FULL", marks=["ILLNESS"]), STANDARD, ON).met


def test_二_一_3_the_poverty_office_acts_on_those_who_are_not_registered_and_civil_affairs_on_those_not_covered():
    assert action("CA_ONLY", date(2020, 3, 2)) == ("POVERTY_OFFICE", date(2020, 3, 30))
    assert action("PR_ONLY_LIKELY", date(2020, 3, 2)) == ("CIVIL_AFFAIRS", date(2020, 3, 16))


def test_二_一_3_milestones_of_the_counties():
    found = [(m.division.code, m.on, m.strength) for m in milestones()]
    assert found == [
        ("640522000000", date(2019, 6, 30), "AIM"),
        ("640502000000", date(2019, 9, 30), "MUST"),
        ("640521000000", date(2019, 9, 30), "MUST"),
    ]
    assert [m.division.code for m in milestones("640521")] == ["640521000000"]
    assert all("二(一)3" in m.source for m in milestones())


@pytest.mark.parametrize("code", ["BOTH", "PR_ONLY_LIKELY", "EXITED_STILL_CA", "DUPLICATE_CA", "STOPPED_STILL_POOR"])
def test_二_一_3_a_comparison_decides_nothing(code):
    found = decides_nothing(code)
    assert not found.met
    assert "申请审核审批程序" in found.because


@pytest.mark.parametrize(
    ("programme", "group"),
    [
        ("DIBAO_R", "DIBAO_R"),
        ("TEKUN", "TEKUN"),
        ("ELDER", "ELDER"),
        ("ELDER_2023", "ELDER"),
        ("ORPHAN", "ORPHAN"),
        ("DIBAO_U", None),
        ("DEFACTO", None),
        ("LIVING_SUB", None),
        ("CARE_SUB", None),
    ],
)
def test_二_一_3_the_four_groups_are_rural_dibao_tekun_elders_and_orphans(programme, group):
    assert group_of(programme, ON) == group
