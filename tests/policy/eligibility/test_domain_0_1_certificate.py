"""domain §0.1: a certificate says what a decision was made from, and gives the same bytes whoever makes it again."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.policy.eligibility.households import HAIYUAN, ON, family, px
from tests.policy.eligibility.test_domain_3_9_properties import proposals

from eligibility import rules
from eligibility.rules import certificate, letter
from eligibility.rules.certificate import CODE, Given, Read, Unreadable, canonical, certify, parameter_rows
from eligibility.rules.facts import Item, Support, Thing
from eligibility.rules.hypothetical import NotUnderThatRuleSet, day_under
from eligibility.rules.verification import verify

DECISION = {"id": "d1", "outcome": "REFUSED", "decided_on": "2020-03-12", "division": HAIYUAN.code}
SOURCES: dict[str, list[str | None]] = {"unit": ["入户调查", "2020-02-20"], "means": ["信息核对", "2020-02-20"]}


def read() -> Read:
    """The numbers of 2020-03, as they were read."""
    seen = Read(rules.PARAMETERS)
    rules.numbers(ON, HAIYUAN, seen)
    return seen


def made(facts: rules.Facts | None = None, choice: rules.Choice | None = None, **more: Any) -> dict[str, Any]:
    """The certificate of a refused family (E03: the income is at the line), or of another."""
    kept = {"decision": DECISION, "sources": SOURCES, "parameters": parameter_rows(read()), **more}
    return certify(
        Given(on=ON, facts=facts or family("13680.00"), numbers=px(), choice=choice or rules.Choice(), **kept)
    )


def test_0_1_it_holds_facts_with_source_and_date_steps_result_numbers_code_and_what_would_turn_it():
    whole = made()
    income = next(row for row in whole["facts"] if row["fact"] == "income_year")
    assert income == {"fact": "income_year", "value": "13680.00", "source": "信息核对", "date": "2020-02-20"}
    assert [row["source"] for row in whole["facts"] if row["fact"] == "m1"] == ["入户调查"]
    assert [step["step"] for step in whole["steps"]] == [1, 2, 3, 4, 5]
    assert whole["steps"][1]["out"] == {"per_capita_income": "380.00"}
    assert whole["steps"][3]["clause"] == "国务院令649号 9"
    assert whole["counterfactual"]["would_qualify_if"][0][0]["says"] == "家庭年收入不超过 13679.99 元"
    assert whole["result_sha256"] == rules.determine(family("13680.00"), px(), on=ON).sha256
    assert whole["given"]["code"] == CODE
    assert len(CODE["sha256"]) == len(whole["given"]["parameters_sha256"]) == len(whole["sha256"]) == 64


def test_0_1_every_number_that_was_read_stands_in_it_with_its_source():
    rows = {row["key"]: row for row in parameter_rows(read())}
    assert rows["dibao.rural"]["value"] == "4560.00"
    assert (rows["dibao.rural"]["from"], rows["dibao.rural"]["status"]) == ("2020-01-01", "confirmed")
    assert rows["dibao.rigid_ratio"]["source"] == "domain §3.4, D-07: 明显大于"
    assert "review.months_a" not in rows  # was not read for this decision


def test_0_1_it_is_canonical():
    text = canonical(made())
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert "人均月收入" in text


def test_0_1_an_approved_one_says_class_money_and_from_which_income_it_ends():
    whole = made(family("0.00"), decision={**DECISION, "outcome": "APPROVED"})
    assert [step["clause"] for step in whole["steps"][-2:]] == ["domain.md §3.7 D-01", "domain.md §8.8"]
    assert whole["steps"][-1]["out"]["amount"] == "1140.00"
    assert whole["counterfactual"] == {"would_qualify_if": [], "no_longer_from_income_year": "13680.00"}


def test_0_1_what_an_officer_wrote_in_his_own_words_is_not_in_it():
    extras = (rules.Extra("m3", "MINOR", "马某某家的孩子"),)
    whole = made(family("0.00"), rules.Choice(extras=extras))
    assert "马某某" not in canonical(whole)
    assert ["m3", "EXTRA", "38.00"] in whole["result"]["lines"]
    assert verify(canonical(whole)).same


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(proposals())
def test_0_1_whoever_makes_it_again_gets_the_same_bytes(proposal):
    facts, n, choice = proposal
    whole = certify(Given(decision=DECISION, on=ON, facts=facts, numbers=n, choice=choice))
    found = verify(canonical(whole))
    assert (found.same, whole["sha256"] in found.says) == (True, True)
    assert whole["result_sha256"] == rules.determine(facts, n, on=ON, choice=choice).sha256


def tampered(change: Any) -> str:
    """The text of a certificate after somebody's change."""
    whole = made()
    change(whole)
    return canonical(whole)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda w: w["given"]["facts"].update(income_year=1_367_999), "counterfactual.no_longer_from_income_year"),
        (lambda w: w["given"]["numbers"].update(standard_year=480_000), "counterfactual.no_longer_from_income_year"),
        (lambda w: w["result"].update(amount="1.00"), 'result.amount: "1.00" ≠ "0.00"'),
        (lambda w: w["result"]["findings"][0].update(met=1), "result.findings[0].met: 1 ≠ true"),
        (lambda w: w["steps"].pop(), "steps[4]"),
        (lambda w: w["facts"][0].update(source="他人"), "facts[0].source"),
        (lambda w: w["given"]["sources"].update(unit=["他人", None]), "facts[0]"),
        (lambda w: w["given"]["decision"].update(id="d2"), "sha256"),
        (lambda w: w.update(note="x"), 'note: "x" ≠ null'),
    ],
)
def test_0_1_the_first_difference_is_named(change, named):
    found = verify(tampered(change))
    assert not found.same
    assert named in found.says


def test_0_1_the_same_content_in_other_bytes_is_not_the_certificate():
    found = verify(json.dumps(made(), indent=1))
    assert (found.same, "规范文本" in found.says) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"certificate": "another"}',
        "[" * 100_000,
        tampered(lambda w: w.pop("given")),
        tampered(lambda w: w["given"].pop("facts")),
        tampered(lambda w: w["given"].update(on="yesterday")),
        tampered(lambda w: w["given"].update(decision=[1])),
        tampered(lambda w: w["given"]["facts"].update(unit=[])),
        tampered(lambda w: w["given"]["facts"].update(income_year=None)),
        tampered(lambda w: w["given"]["numbers"].update(rigid_ratio="plenty")),
        tampered(lambda w: w["given"]["numbers"].update(unknown=1)),
    ],
)
def test_0_1_what_is_no_certificate_is_unreadable(text):
    with pytest.raises(Unreadable):
        verify(text)


def test_0_1_one_of_another_version_of_the_code_is_compared_and_said_so():
    whole = made(code={"version": "0.0.9", "sha256": "0" * 64})
    found = verify(canonical(whole))
    assert (found.same, "0.0.9 版代码" in found.says) == (True, True)


def test_0_1_the_code_hash_is_of_every_rule_and_number():
    folder = certificate._HERE
    assert {"determine.py", "parameters.yaml", "rule_sets.yaml"} <= {p.name for p in folder.iterdir()}
    assert certificate._hash_of(".py", ".yaml") == CODE["sha256"]
    hashes = {certificate._hash_of(*some) for some in ((".py",), (".yaml",), (".py", ".yaml"), ())}
    assert len(hashes) == 4


def test_26_the_letter_says_the_same_in_words():
    text = letter.letter(made(), to="马某某", because="人均收入不低于标准")
    for said in (
        "马某某：",
        "2020-03-12，经审核审批，对您家庭申请农村最低生活保障的决定：不予批准",
        "理由：人均收入不低于标准",
        "成员1：1980-01-01 出生，有劳动能力，有劳动收入（入户调查，2020-02-20）",
        "家庭年收入（元）：13680.00（信息核对，2020-02-20）",
        "人均月收入 380.00 元，不低于标准 380.00 元（不符合）——国务院令649号 9",
        "规则版本 RS2019，依据《民发〔2012〕220号》、《国务院令649号》、《卫民发〔2019〕21号》",
        "保障标准每人每月 380.00 元，自 2020-01-01 起执行",
        f"本决定所用参数共 {len(parameter_rows(read()))} 项",
        "其他情况不变，如家庭年收入不超过 13679.99 元，即符合条件",
        "60 日内",
        "6 个月内",
        made()["sha256"],
        CODE["sha256"],
    ):
        assert said in text


def test_26_the_letter_is_plain_chinese_also_where_means_are_itemised():
    of = replace(
        family("13680.00"),
        registry="NOT_OUT",
        items=(Item("WAGES", "m1", 1_368_000), Item("SCHOLARSHIP", "m3", 100_000)),
        supporters=(Support(60_000, 2, 1),),
        things=(Thing("DEPOSIT", "m1", 100_000, True), Thing("CAR", "m1", 0, False)),
    )
    text = letter.letter(made(of))
    words = re.sub(r"doudi verify-decision|RS2019|[0-9a-f]{64}", "", text)
    assert re.findall(r"[A-Za-z]+", words) == []
    for said in (
        "建档立卡：未脱贫",
        "分项收入和支出：工资性收入 13680.00 元、奖学金 1000.00 元",
        "家庭人均月收入 600.00 元（赡养 2 人，本户 1 人）",
        "分项财产：存款 1000.00 元、小轿车 0.00 元（未核实）",
    ):
        assert said in text


@pytest.mark.parametrize(("source", "shown"), [("海政发〔2020〕9号", True), ("the notice of 银川", False)])
def test_26_the_document_of_the_standard_is_named_where_the_family_can_read_it(source, shown):
    rows = tuple({**row, "source": source} if row["key"] == "dibao.rural" else row for row in parameter_rows(read()))
    assert (source in letter.letter(made(parameters=rows))) is shown


def test_26_the_letter_of_an_approval_says_who_gets_what_and_when_it_ends():
    text = letter.letter(made(family("0.00"), decision={**DECISION, "outcome": "APPROVED"}))
    assert text.startswith("农村最低生活保障决定说明书\n\n申请人：")
    assert "每月 1140.00 元" in text
    assert "成员3 基本保障金 380.00 元" in text
    assert "家庭年收入达到 13680.00 元的，不再符合条件" in text


def test_26_where_no_single_change_helps_the_letter_says_so():
    hopeless = replace(made_of := family("13680.00"), verified_breaches=("小轿车",))
    assert made_of.verified_breaches == ()
    text = letter.letter(made(hopeless))
    assert "如没有经核实的财产超标情形（小轿车）、且家庭年收入不超过 13679.99 元，即符合条件" in text


@pytest.mark.parametrize(
    ("name", "asked", "today", "day"),
    [
        (None, None, date(2020, 3, 2), date(2020, 3, 2)),
        (None, date(2019, 3, 11), date(2020, 3, 2), date(2019, 3, 11)),
        ("RS2019", None, date(2020, 3, 2), date(2020, 3, 2)),
        ("RS2019", None, date(2026, 3, 2), date(2021, 6, 30)),
        ("RS2019", None, date(2018, 3, 2), date(2019, 3, 11)),
        ("RS2019", date(2021, 6, 30), date(2026, 3, 2), date(2021, 6, 30)),
    ],
)
def test_0_1_the_day_that_is_nearest_to_today_under_a_rule_set(name, asked, today, day):
    assert day_under(name, asked, today) == day


@pytest.mark.parametrize(("name", "asked"), [("RS1999", None), ("RS1999", ON), ("RS2022", ON)])
def test_0_1_a_day_of_another_rule_set_is_not_tried_under_this_one(name, asked):
    with pytest.raises(NotUnderThatRuleSet):
        day_under(name, asked, ON)


def test_0_1_rules_that_this_version_cannot_apply_are_not_tried():
    with pytest.raises(rules.RuleSetNotImplemented):
        day_under(None, date(2019, 3, 10), ON)


def test_0_1_each_fact_may_have_its_own_source_and_day_and_the_rest_keep_the_files():
    own: dict[str, list[str | None]] = {
        "deposits": ["信息核对", "2020-02-14"],
        "rigid_year": ["申请人申报", "2020-02-03"],
    }
    whole = made(sources={**SOURCES, **own})
    told = {row["fact"]: (row["source"], row["date"]) for row in whole["facts"]}
    assert told["deposits"] == ("信息核对", "2020-02-14")
    assert told["rigid_year"] == ("申请人申报", "2020-02-03")
    assert told["income_year"] == ("信息核对", "2020-02-20")
    assert told["m1"] == ("入户调查", "2020-02-20")
    assert verify(canonical(whole)).same
