"""民发〔2012〕220号 art. 26, 29, 国务院令649号 art. 13: what each notice says."""

from datetime import date
from uuid import uuid4

import pytest
from tests.policy.eligibility.households import ON, decided, family

from doudi.events.parts import Household
from doudi.law import Finding
from doudi.money import Money
from doudi.testing import key_ring
from eligibility.model.notice import addressee
from eligibility.rules import appeal
from eligibility.rules.notice import TITLES, Kind, Told, approval, change, in_words, refusal, stop, wording

FINDINGS = (
    Finding(clause="甲 1", met=True, because="一"),
    Finding(clause="乙 2", met=False, because="二"),
)


def test_29_the_approval_says_the_amount_and_the_first_month():
    told = Told("APPROVAL", ON, (), amount=Money.yuan("600.00"), from_month="2020-04")
    assert "每月 600.00 元，自2020年4月起发放" in approval(told)


def test_26_the_refusal_says_why():
    assert refusal(Told("REFUSAL", ON, (), "收入不低于标准")).endswith("不予批准。理由：收入不低于标准")


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (Money.yuan("600.00"), "自2020年6月起由每月 600.00 元调整为每月 380.00 元。理由：成员死亡"),
        (None, "自2020年6月起调整为每月 380.00 元。理由：成员死亡"),
    ],
)
def test_13_the_change_says_from_which_month_what_instead_of_what_and_why(before, said):
    told = Told("CHANGE", ON, (), "成员死亡", Money.yuan("380.00"), before, from_month="2020-06")
    assert change(told).endswith(said)


def test_13_the_stop_says_the_last_month_and_why():
    assert stop(Told("STOP", ON, (), "死亡", last_month="2020-12")).endswith("发放至2020年12月，此后停发。理由：死亡")


@pytest.mark.parametrize(
    ("kind", "clauses"),
    [
        ("APPROVAL", ("甲 1",)),
        ("CHANGE", ("甲 1",)),
        ("REFUSAL", ("甲 1", "乙 2")),
        ("STOP", ("甲 1", "乙 2")),
    ],
)
def test_26_every_notice_has_its_reasons_with_their_clauses_and_the_rights(kind: Kind, clauses):
    said = wording(Told(kind, ON, FINDINGS, from_month="2020-04", last_month="2020-05"))
    assert (said.title, said.clauses) == (f"农村最低生活保障{TITLES[kind]}", clauses)
    assert [reason.partition("）")[0] for reason in said.reasons] == [f"（{c}" for c in clauses]
    assert (said.rights, said.hotline) == (appeal.rights(ON), "12349")
    assert said.text.splitlines() == [said.lead, *said.reasons, said.rights]


def test_29_a_notice_names_its_programme():
    told = Told("APPROVAL", ON, (), from_month="2020-04", programme="DIBAO_U")
    assert wording(told).title == "城市最低生活保障批准通知书"
    assert "享受城市最低生活保障" in wording(told).text


def test_26_a_refusal_by_the_rules_names_the_clause_that_was_not_met():
    made = decided(family("13680.00"))
    assert "国务院令649号 9" in wording(Told("REFUSAL", ON, made.findings)).clauses


def people(*relations: str) -> Household:
    ring = key_ring()
    members = [
        {
            "person_id": str(uuid4()),
            "match_key": f"m{number}",
            "name": ring.seal(relation, "person.name"),
            "id_number": ring.seal("x", "person.id_number"),
            "relation": relation,
            "birth_date": date(1950 + number, 1, 1).isoformat(),
            "sex": "F",
            "labour": "NONE",
        }
        for number, relation in enumerate(relations)
    ]
    kept = {"household_id": str(uuid4()), "division": "640522105201", "hukou": "RURAL", "members": members}
    return Household.model_validate(kept)


@pytest.mark.parametrize(
    ("dead", "to", "family"),
    [
        ((), "HEAD", False),
        (("m2",), "SPOUSE", False),
        (("m2", "m1"), "PARENT", False),
        (("m0", "m1", "m2"), "HEAD", True),
    ],
)
def test_26_it_goes_to_the_head_or_to_who_lives(dead, to, family):
    name, left_behind = addressee(people("PARENT", "SPOUSE", "HEAD"), dead)
    assert (key_ring().open(name, "person.name"), left_behind) == (to, family)


def test_26_words_a_notice_names_no_file_of_ours():
    assert in_words("domain.md §3.3") == "办理口径 §3.3"
    assert in_words("宁夏高龄津贴（C26） 一") == "宁夏高龄津贴 一"
    assert in_words("国务院令649号 9") == "国务院令649号 9"
    assert in_words("社会救助法 48 (decision)") == "社会救助法 48"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told("APPROVAL", ON, (), amount=Money.yuan("80.00"), from_month="2020-04", programme="CARE_SUB", person=True),
         "批准你享受重度残疾人护理补贴，每月 80.00 元，自2020年4月起发放"),
        (Told("APPROVAL", ON, (), from_month="2020-04", programme="ENTRUST", person=True),
         "批准你享受低偿集中托养（提供服务，不发放现金）"),
        (Told("REFUSAL", ON, (), "未满八十周岁", programme="ELDER", person=True),
         "你的高龄津贴申请不予批准。理由：未满八十周岁"),
    ],
)  # fmt: skip
def test_26_one_person_is_told_of_the_programme_by_its_name(told, said):
    assert said in wording(told).lead
    assert wording(told).title.startswith(told.named)
