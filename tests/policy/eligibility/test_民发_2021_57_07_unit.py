"""民发〔2021〕57号 art. 7 beside 民发〔2012〕220号 art. 5: who is in the unit, by the rule set of the day."""

import pytest
from tests.policy.eligibility.households import ON, RS2021, RS2022, RS2026
from tests.services.eligibility_county import forwarded, member

from eligibility import rules
from eligibility.rules.unit import counted_members, in_the_unit, may_be_named, programme_of, unit_of

LATER = (RS2021, RS2022, RS2026)


def household(*members, **more):
    return forwarded(list(members), "0.00", on=ON, **more).household


def one(**more):
    return household(member(1, "1980-01-01"), member(2, "1950-01-01", **more)).members[1]


def found(on, **more):
    return in_the_unit(one(**more), on=on).met


@pytest.mark.parametrize(
    ("lives_apart", "relation", "in_2019", "since_2021"),
    [
        (False, "PARENT", True, True),
        (True, "PARENT", True, False),  # the one difference that the two articles make
        (True, "SPOUSE", True, True),
        (True, "CHILD", True, True),
        (False, "OTHER", True, True),
    ],
)
def test_七_parents_count_only_where_they_live_in_the_household(lives_apart, relation, in_2019, since_2021):
    of = {"relation": relation, "lives_apart": lives_apart}
    assert found(ON, **of) is in_2019
    assert [found(on, **of) for on in LATER] == [since_2021] * 3


@pytest.mark.parametrize(
    ("reason", "in_2019", "since_2021"),
    [
        ("RELIGIOUS_THREE_YEARS", False, False),
        ("IN_CUSTODY", False, False),
        ("OTHER_BY_PROVINCE", False, False),
        ("NO_LEGAL_DUTY", False, False),
        ("DECLARED_MISSING", True, False),  # named from 2021 only
        ("TEKUN", False, False),
        ("ORPHAN", False, False),
        ("DEFACTO", False, False),
    ],
)
def test_七_whom_the_law_leaves_out(reason, in_2019, since_2021):
    of = {"in_unit": False, "out_reason": reason}
    assert found(ON, **of) is in_2019
    assert [found(on, **of) for on in LATER] == [since_2021] * 3


@pytest.mark.parametrize("reason", ["TEKUN", "ORPHAN", "DEFACTO"])
def test_七_who_is_looked_after_by_another_programme_is_split_off_even_where_intake_counts_him(reason):
    assert not found(ON, out_reason=reason)


def test_七_the_finding_cites_the_article_of_its_day_and_says_why():
    away = one(in_unit=False, out_reason="IN_CUSTODY")
    assert [in_the_unit(away, on=on).clause for on in (ON, *LATER)] == [
        "民发〔2012〕220号 5",
        *["民发〔2021〕57号 7"] * 3,
    ]
    assert in_the_unit(away, on=ON).because == "不计入：服刑或者强制隔离戒毒"


def test_七_religious_staff_who_apply_for_themselves_are_their_own_household():
    monk = member(1, "1980-01-01", in_unit=False, out_reason="RELIGIOUS_THREE_YEARS")
    assert counted_members(household(monk), on=ON)
    assert [m.relation for m in counted_members(household(member(2, "1980-01-01"), monk), on=ON)] == ["HEAD"]


def test_七_without_a_day_the_members_stand_as_intake_placed_them():
    missing = member(2, "1980-01-01", in_unit=False, out_reason="DECLARED_MISSING")
    event = forwarded([member(1, "1980-01-01"), missing], "0.00", on=ON)
    assert [len(unit_of(event.household, event.means, on=on).unit) for on in (None, ON, RS2021)] == [1, 2, 1]


@pytest.mark.parametrize(("hukou", "programme"), [("RURAL", "DIBAO_R"), ("URBAN", "DIBAO_U")])
def test_六_rural_or_urban_by_the_hukou(hukou, programme):
    of = household(member(1, "1980-01-01")).model_copy(update={"hukou": hukou})
    assert programme_of(of) == programme


@pytest.mark.parametrize(("born", "named"), [("2003-08-02", True), ("2003-08-03", False), ("2010-01-01", False)])
def test_四_三_no_childs_name_hangs(born, named):
    assert may_be_named(household(member(1, born)).members[0], on=RS2021) is named


def test_3_8_everything_that_the_township_itemised_is_in_the_facts():
    who = member(1, "1980-01-01", disability={"category": "LIMB", "grade": 2}, applies_alone=True)
    means = {
        "items": [{"kind": "WAGES", "amount": "100.00", "person_id": who["person_id"]}],
        "supporters": [{"per_capita_month": "900.00", "supported": 2, "supported_here": 1}],
        "assets": [{"kind": "CAR", "verified": True}],
    }
    event = forwarded([who], "0.00", on=ON, means=means)
    facts = unit_of(event.household, event.means, on=ON)
    assert (facts.registry, facts.unit[0].disability, facts.unit[0].grade) == ("NOT_OUT", "LIMB", 2)
    assert facts.items == (rules.Item("WAGES", who["person_id"], 10_000),)
    assert facts.supporters == (rules.Support(90_000, 2, 1),)
    assert facts.things == (rules.Thing("CAR", "", 0, True),)
    assert rules.Facts.from_json(facts.as_json()) == facts
