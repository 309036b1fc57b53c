"""民发〔2012〕220号 art. 26: a person is told the least that would have to be different: a fen, a day, a grade."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.eligibility.programmes import HAIYUAN, ON, born, care, dis, living, numbers, tekun

from doudi.money import Money
from eligibility.rules import personal_counterfactual
from eligibility.rules import programmes as p
from eligibility.rules.certificate import canonical
from eligibility.rules.personal_certificate import PersonalGiven, certify_person, person_letter
from eligibility.rules.personal_counterfactual import Case, Way, told, ways_in
from eligibility.rules.personal_options import options
from eligibility.rules.personal_steps import Situation, general, grade_words, grades
from eligibility.rules.programmes.defacto import Parent
from eligibility.rules.programmes.tekun import Supporter
from eligibility.rules.verification import verify

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = [date(2020, 2, 29), ON, date(2021, 9, 1), date(2023, 3, 1), date(2024, 3, 1)]


def case_of(programme: str, on: date = ON) -> Case:
    return Case(programme, numbers(p.PROGRAMMES[programme].numbers, on), on, HAIYUAN.code)


def said(programme: str, facts: p.PersonFacts, *held: p.Holding, circumstances: tuple[str, ...] = ()) -> list[str]:
    """The ways in, in words."""
    ways = told(ways_in(case_of(programme), Situation(facts, circumstances, held)))
    return [" + ".join(step["says"] for step in way) for way in ways]


def elder(**more):
    kept = {"person_id": "e", "born": born(80), "hukou": HAIYUAN.code, "area": "RURAL", **more}
    return p.elder.ElderFacts(**kept)


def orphan(**more):
    kept = {"person_id": "c", "born": born(8), "parents": ("DEAD", "DEAD"), "placement": "COMMUNITY", **more}
    return p.orphan.OrphanFacts(**kept)


def defacto(one, other, **more):
    return p.defacto.DefactoFacts(**{"person_id": "c", "born": born(8), "parents": (one, other), **more})


@pytest.mark.parametrize(
    ("turned", "ways"),
    [
        (0, []),
        (-1, ["年满 80 周岁，即出生日期不晚于 1940-03-02（本人于 2020-03-03 年满，距认定之日 1 天）"]),
        (-366, ["年满 80 周岁，即出生日期不晚于 1940-03-02（本人于 2021-03-03 年满，距认定之日 366 天）"]),
    ],
)
def test_26_an_elder_is_told_the_day_on_which_the_age_is_reached(turned, ways):
    assert said("ELDER", elder(born=born(80, days=turned))) == ways


@pytest.mark.parametrize(
    ("turned", "ways"),
    [
        (-1, []),
        (0, ["未满 18 周岁，即出生日期不早于 2002-03-03（相差 1 天）"]),
        (400, ["未满 18 周岁，即出生日期不早于 2002-03-03（相差 401 天）"]),
    ],
)
def test_26_a_child_of_eighteen_is_told_by_how_many_days_it_is_too_old(turned, ways):
    assert said("ORPHAN", orphan(born=born(18, days=turned))) == ways


@pytest.mark.parametrize(
    ("fen", "ways"),
    [
        (37_999, []),
        (38_000, ["计入的月收入不超过 379.99 元"]),
        (99_999, ["计入的月收入不超过 379.99 元"]),
    ],
)
def test_26_income_at_most_a_fen_below_the_dibao_standard(fen, ways):
    assert said("TEKUN", tekun(incomes=(("WAGES", fen), ("BASIC_RESIDENT_PENSION", 50_000)))) == ways


def test_26_of_fifty_a_tekun_person_would_be_by_age_or_by_a_heavier_grade():
    assert said("TEKUN", tekun(born=born(50), disability=dis("LIMB", 3))) == [
        "年满 60 周岁，即出生日期不晚于 1960-03-02（本人于 2030-03-02 年满，距认定之日 3652 天）",
        "未满 16 周岁，即出生日期不早于 2004-03-03（相差 12420 天）",
        "持有肢体残疾一级的残疾人证",
    ]


def test_26_property_an_able_child_and_a_missing_assessment_all_have_to_change():
    facts = tekun(
        verified_breaches=("小轿车", "商品房"), supporters=(Supporter(born(30)), Supporter(born(75), tekun=True)),
        failed_items=None,
    )  # fmt: skip
    assert said("TEKUN", facts) == [
        "没有经核实的财产超标情形（小轿车、商品房） + 没有有履行能力的法定义务人（现有 1 人） + 完成生活自理能力评估"
    ]


@pytest.mark.parametrize(
    ("facts", "ways"),
    [
        (care(care_needed_months=7), []),
        (care(care_needed_months=6), ["需要照护的时间不少于 7 个月"]),
        (care(disability=dis("LIMB", 4)), ["持有肢体残疾二级或者更重的残疾人证"]),
        (care(elder_nursing=8_000), ["老年人护理补贴每月不超过 79.99 元"]),
        (care(valid_until="2020-03-01"), ["残疾人证有效期不早于 2020-03-02"]),
        (
            care(disability=None),
            ["持有视力、听力、言语、肢体、多重残疾二级或者更重的残疾人证", "持有智力、精神残疾四级或者更重的残疾人证"],
        ),
        (care(care_needed_months=0, serving_sentence=True), ["不在服刑 + 需要照护的时间不少于 7 个月"]),
    ],
)
def test_26_care_by_the_month_the_grade_the_fen_and_the_day(facts, ways):
    assert said("CARE_SUB", facts) == ways


def test_26_a_living_subsidy_needs_dibao():
    assert said("LIVING_SUB", living(in_dibao=False)) == ["系低保家庭成员"]


def test_26_a_parent_in_custody_for_five_months():
    facts = defacto(Parent(gone="DEAD"), Parent(custody_months=5, disability=dis("LIMB", 3)))
    assert said("DEFACTO", facts) == [
        "父母乙限制人身自由不少于 6 个月", "父母乙持有肢体残疾二级或者更重的残疾人证",
        "父母乙重残、重病、服刑在押或者失联等",
    ]  # fmt: skip


def test_26_an_orphan_is_not_told_that_a_living_parent_should_be_ill():
    assert said("DEFACTO", defacto(Parent(gone="DEAD"), Parent(gone="DECLARED_MISSING"))) == []
    assert said("ORPHAN", orphan(parents=("DEAD", "PRESENT"), adopted=True)) == [
        "未被收养 + 父母双方均死亡、失踪或者查找不到"
    ]


def test_26_what_is_held_stands_in_the_way_by_its_amount_or_at_all():
    more = p.Holding("CARE_SUB", Money(8_000), HAIYUAN.code, "a")
    assert said("CARE_SUB", care(), more) == ["不再享受重度残疾人护理补贴"]
    dibao = p.Holding("DIBAO_R", Money(99_900), HAIYUAN.code, "b")
    (way,) = said("DEFACTO", defacto(Parent(gone="DEAD"), Parent(seriously_ill=True)), dibao)
    assert way == "已享受的农村低保每月不超过 529.99 元"
    assert said("TEKUN", tekun(), circumstances=("ASKS_TO_LEAVE",)) == ["不再有下列情形：本人自愿申请退出"]


def kept(facts: p.PersonFacts, programme: str) -> PersonalGiven:
    n = numbers(p.PROGRAMMES[programme].numbers)
    decision = {"id": "d", "decided_on": "2020-03-02", "outcome": "REFUSED"}
    return PersonalGiven(decision, programme, HAIYUAN.code, ON.isoformat(), facts.as_json(), n.as_json(), [], [])


def test_26_certificate_and_letter_say_it_in_words_and_as_a_figure():
    made = certify_person(kept(tekun(incomes=(("WAGES", 38_000),)), "TEKUN"))
    assert made["counterfactual"]["would_qualify_if"] == [
        [{"dimension": "INCOME", "value": "379.99", "among": [], "says": "计入的月收入不超过 379.99 元"}]
    ]
    assert "  其他情况不变，如计入的月收入不超过 379.99 元，即符合条件。" in person_letter(made).splitlines()
    assert verify(canonical(made)).same
    fine = person_letter(certify_person(kept(tekun(), "TEKUN")))
    assert "各项条件均已符合" in fine


BORN = st.dates(date(1930, 1, 1), date(2020, 2, 28)).map(date.isoformat)
CERTIFICATES = st.none() | st.builds(dis, st.sampled_from(sorted(p.common.CATEGORIES)), st.integers(1, 4))
SUPPORTERS = st.builds(
    Supporter, born=BORN, disability=CERTIFICATES, tekun=st.booleans(), dibao=st.booleans(), low_means=st.booleans()
)
TEKUN = {
    "person_id": st.just("m"), "born": BORN, "form": st.just("SCATTERED"), "disability": CERTIFICATES,
    "incomes": st.lists(st.tuples(st.sampled_from(["WAGES", "BASIC_RESIDENT_PENSION"]), st.integers(0, 90_000)),
                        max_size=2).map(tuple),
    "verified_breaches": st.lists(st.sampled_from(["小轿车", "商品房"]), max_size=2).map(tuple),
    "supporters": st.lists(SUPPORTERS, max_size=2).map(tuple),
    "failed_items": st.none() | st.just(("EAT",)), "held": st.booleans(),
    "school": st.sampled_from(["NONE", "SENIOR_HIGH"]),
}  # fmt: skip
SUBSIDY = {
    "person_id": st.just("m"), "born": BORN, "applied_on": st.just("2020-02-01"), "disability": CERTIFICATES,
    "valid_until": st.none() | st.dates(date(2019, 1, 1), date(2025, 1, 1)).map(date.isoformat),
    "work_injury_pay": st.booleans(), "serving_sentence": st.booleans(), "registered_poor": st.booleans(),
}  # fmt: skip
PARENTS = st.builds(
    Parent, gone=st.none() | st.just("DEAD"), disability=CERTIFICATES, seriously_ill=st.booleans(),
    custody_months=st.integers(0, 7), lost_months=st.integers(0, 7),
)  # fmt: skip
CHILD = {"person_id": st.just("c"), "born": BORN, "adopted": st.booleans()}
ELDER = {"person_id": st.just("e"), "born": BORN, "hukou": st.sampled_from([HAIYUAN.code, "110101001001"])}
KINDS = st.lists(st.sampled_from(["PENSION", "WAGES", "VETERANS_PAY"]), max_size=3).map(tuple)
FACTS: dict[str, dict[str, Any]] = {
    "TEKUN": TEKUN,
    "ENTRUST": {**TEKUN, "household_kind": st.sampled_from(["DIBAO_R", "OTHER"]), "tekun_waiting": st.integers(0, 3)},
    "SEVERE_CARE": {**TEKUN, "registered_poor": st.booleans(), "long_term_care": st.booleans()},
    "LIVING_SUB": {**SUBSIDY, "in_dibao": st.booleans()},
    "CARE_SUB": {**SUBSIDY, "care_needed_months": st.integers(0, 9), "elder_nursing": st.integers(0, 20_000)},
    "ORPHAN": {**CHILD, "parents": st.tuples(*[st.sampled_from(["DEAD", "PRESENT"])] * 2),
               "placement": st.just("COMMUNITY"), "at_school": st.booleans(), "held": st.booleans()},
    "DEFACTO": {**CHILD, "parents": st.tuples(PARENTS, PARENTS)},
    "ELDER": {**ELDER, "area": st.sampled_from(["RURAL", "URBAN"]), "incomes": KINDS},
    "ELDER_2023": {**ELDER, "has_elder": st.booleans(), "enterprise_supplement": st.booleans()},
}  # fmt: skip


@st.composite
def people(draw):
    """A person's case of any programme, under any rule set, with what is held and reported."""
    programme = draw(st.sampled_from(sorted(FACTS)))
    on = draw(st.sampled_from(DAYS if programme != "ELDER_2023" else DAYS[3:]))
    held = draw(
        st.lists(
            st.builds(
                p.Holding, st.sampled_from(["DIBAO_R", "TEKUN", "CARE_SUB", "LIVING_SUB", "ELDER"]),
                st.integers(0, 120_000).map(Money), st.just(HAIYUAN.code), st.just("a"), st.booleans(),
            ),
            max_size=1,
        )
    )  # fmt: skip
    circumstances = draw(st.lists(st.sampled_from(["ASKS_TO_LEAVE", "IMPRISONED"]), max_size=1))
    facts = draw(st.builds(p.PROGRAMMES[programme].facts, **FACTS[programme]))
    return case_of(programme, on), Situation(facts, tuple(circumstances), tuple(held))


@PATIENT
@given(people())
def test_26_applying_a_way_in_turns_the_result_and_one_step_less_does_not(drawn):
    case, of = drawn
    ways = ways_in(case, of)
    assert not ways or not case.eligible(of)
    for way in ways:
        assert case.eligible(way.applied(of)), way
        assert way.one_less(of)
        assert not any(map(case.eligible, way.one_less(of))), way
    assert len(told(ways)) <= len(ways)


@PATIENT
@given(people().filter(lambda drawn: drawn[0].programme in ("TEKUN", "LIVING_SUB", "CARE_SUB", "ELDER", "ORPHAN")))
def test_26_whoever_is_refused_by_these_programmes_is_told_a_way(drawn):
    case, of = drawn
    own = replace(of, held=())
    assert bool(ways_in(case, own)) != case.eligible(own)


def test_26_one_step_less_is_told_apart():
    """The check of the property above, on a bad example: a bound with a fen to spare has a step less that qualifies."""
    of = Situation(tekun(incomes=(("WAGES", 38_000),)))
    (way,) = ways_in(case_of("TEKUN"), of)
    sloppy = Way((replace(way.steps[0], value=37_998),))
    assert [case_of("TEKUN").eligible(less) for less in sloppy.one_less(of)] == [True]
    assert personal_counterfactual.ways_in(case_of("TEKUN"), Situation(tekun())) == []


@pytest.mark.parametrize(
    ("category", "grade", "words"),
    [("LIMB", 1, "肢体残疾一级"), ("LIMB", 2, "肢体残疾二级或者更重"), ("VISUAL", 2, "视力残疾二级或者更重")],
)
def test_26_grade_and_certificate_a_grade_is_read_as_people_say_it(category, grade, words):
    assert grade_words(category, grade) == words


def test_26_certificate_a_heavier_grade_of_the_one_there_is_or_else_a_certificate_of_each_category():
    held = [step.among for way in grades(dis("LIMB", 3)) for step in way]
    assert set(held) == {"LIMB"}
    none = {step.among for way in grades(None) for step in way}
    assert {"LIMB", "VISUAL", "MENTAL"} <= none


def test_26_steps_and_options_age_is_a_step_in_every_programme_a_grade_only_where_it_counts():
    def dimensions(programme: str, facts: p.PersonFacts) -> tuple[set[str], set[str]]:
        of, rules = Situation(facts, (), ()), p.PROGRAMMES[programme]
        n = numbers(rules.numbers)
        found = rules.determine(facts, n, on=ON)
        some, all_ = (f(of, n, found, on=ON, division=HAIYUAN.code) for f in (general, options))
        return {s.dimension for way in some for s in way}, {s.dimension for way in all_ for s in way}

    old, whole = dimensions("ELDER", elder(born=born(79)))
    assert old
    assert old <= whole
    assert not any("DISABILITY" in d for d in whole)
    some, every = dimensions("LIVING_SUB", living(disability=dis("LIMB", 3)))
    assert some < every
