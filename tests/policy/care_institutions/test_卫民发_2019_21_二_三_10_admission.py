"""卫民发〔2019〕21号 二(三)8-10: tekun first, the others when none of them waits; by consent; a bed each."""

from datetime import date

import pytest

from care_institutions import rules


def test_二_三_8_9_the_order_of_admission():
    people: list[tuple[rules.Group, rules.Grade | None, bool]] = [
        ("OTHER", None, False),
        ("ENTRUST", "DISABLED", True),
        ("SEVERE_CARE", "DISABLED", False),
        ("TEKUN", "SELF_CARING", False),
        ("TEKUN", None, False),
        ("TEKUN", "SELF_CARING", True),
        ("TEKUN", "PARTLY_DISABLED", False),
        ("TEKUN", "DISABLED", True),
    ]
    assert [rules.place_in_order(*p) for p in people] == [7, 6, 5, 4, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("group", "waiting", "met"),
    [
        ("TEKUN", 0, True),
        ("TEKUN", 5, True),
        ("SEVERE_CARE", 0, True),
        ("SEVERE_CARE", 1, False),
        ("ENTRUST", 0, True),
        ("ENTRUST", 1, False),
        ("OTHER", 0, True),
        ("OTHER", 1, False),
    ],
)
def test_二_三_10_others_only_when_no_tekun_waits(group, waiting, met):
    assert rules.in_turn(group, waiting).met is met


@pytest.mark.parametrize(
    ("residents", "beds", "met"), [(0, 0, False), (39, 40, True), (40, 40, False), (41, 40, False)]
)
def test_7_8_no_more_residents_than_beds(residents, beds, met):
    assert rules.bed_is_free(residents, beds).met is met


@pytest.mark.parametrize(
    ("consented", "met"), [(date(2020, 3, 1), True), (date(2020, 3, 2), True), (date(2020, 3, 3), False)]
)
def test_国务院令_649_19_the_consent_precedes_the_move(consented, met):
    assert rules.has_consented(consented, on=date(2020, 3, 2)).met is met


@pytest.mark.parametrize(
    ("licence", "fire", "met"),
    [
        (date(2020, 3, 2), date(2020, 3, 2), [True, True]),
        (date(2020, 3, 1), date(2020, 3, 3), [False, False]),
        (None, None, [False, False]),
    ],
)
def test_7_8_licence_and_fire_acceptance(licence, fire, met):
    assert [f.met for f in rules.papers_in_order(licence, fire, on=date(2020, 3, 2))] == met
