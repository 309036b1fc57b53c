"""Clause coverage: what the law asks stands in tests/policy/seed.yaml, and a test that goes is missed by its clause."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from doudi.law import Clause, RegisteredClause
from doudi.testing import service_named
from doudi_local import indexes, policy
from doudi_local.described import described, metrics_of
from doudi_local.reached import doors, doors_of
from tests.architecture.sources import Offence, judged

SEED = "卫民发〔2019〕21号"
NUMBERS = (
    *("二(一)1", "二(一)2", "二(一)3", "二(一)4", "二(一)5", "二(二)6", "二(二)7", "二(三)8", "二(三)9", "二(三)10"),
    *("二(四)11", "二(四)12", "三(一)", "三(二)", "三(三)"),
)


def entry(number: str, rule: str = "eligibility.rules.x.some_rule", document: str = SEED) -> RegisteredClause:
    return RegisteredClause(Clause(document, number, "…"), rule, "f", 1)


def test_every_sentence_is_measured_or_says_why_not():
    assert list(policy.unmeasured(policy.law())) == []
    assert [where for where, _ in policy.unmeasured(asked("二(一)1", "二(一)2"))] == [
        f"{SEED} 二(一)1",
        f"{SEED} 二(一)2",
    ]
    assert list(policy.unmeasured(asked("二(一)1", metrics=("doudi_known",)))) == []


def asked(*numbers: str, covered: tuple[str, ...] = ("eligibility",), metrics: tuple[str, ...] = ()) -> policy.Law:
    """A law with these sentences, and two articles of another document."""
    sentences = tuple(policy.Sentence(n, "t", ("eligibility",), covered, "m", metrics) for n in numbers)
    return policy.Law(SEED, sentences, {"甲": {"9": "九", "10": "十"}}, {"甲": {"9": metrics}})


def test_the_fifteen_sentences_of_the_seed_are_all_asked_for():
    assert tuple(s.number for s in policy.law().sentences) == NUMBERS


def test_every_sentence_that_was_covered_still_is():
    found = (Offence(where, what) for where, what in policy.uncovered(policy.law(), indexes.cited()))
    assert judged(found, {}) == []


def test_every_metric_that_measures_a_sentence_is_there():
    known = {m.name for service in indexes.services() for m in metrics_of(described(service))}
    assert list(policy.unknown_metrics(policy.law(), known)) == []


@pytest.mark.parametrize(
    ("entries", "tests", "missing"),
    [
        ([entry("二(一)1")], ["a"], []),
        ([entry("二(一)1（整户）")], ["a"], []),
        ([entry("二(一)1")], [], [f"{SEED} 二(一)1"]),  # its test was deleted
        ([entry("二(一)10")], ["a"], [f"{SEED} 二(一)1"]),  # another sentence's rule
        ([entry("二(一)1", "intake.rules.x.y")], ["a"], [f"{SEED} 二(一)1"]),  # another service's
        ([entry("二(一)1", document="甲")], ["a"], [f"{SEED} 二(一)1"]),  # another document's
        ([], ["a"], [f"{SEED} 二(一)1"]),
    ],
)
def test_a_sentence_whose_last_test_goes_is_named(entries, tests, missing):
    found = policy.uncovered(asked("二(一)1"), entries, lambda _: [Path(t) for t in tests])
    assert [where for where, _ in found] == missing


def test_a_metric_that_nobody_has_is_named_with_its_sentence():
    law = asked("二(一)1", metrics=("doudi_known", "doudi_unknown"))
    assert list(policy.unknown_metrics(law, ["doudi_known"])) == [
        (f"{SEED} 二(一)1", "no service has the metric doudi_unknown"),
        ("甲 9", "no service has the metric doudi_unknown"),
    ]


def test_an_article_without_a_rule_is_listed_and_one_with_a_rule_is_not():
    assert policy.open_articles(asked(), [entry("9", document="甲")]) == [("甲", "10", "十")]
    assert policy.open_articles(asked(), [entry("10", document="甲"), entry("9", document="乙")]) == [("甲", "9", "九")]


def test_a_sentence_of_a_service_that_does_not_exist_is_refused(tmp_path: Path):
    file = tmp_path / "seed.yaml"
    file.write_text(
        "document: x\narticles: {}\nsentences:\n"
        "  '1': {title: t, services: [eligibilty], covered: [], measure: m, metrics: []}\n"
    )
    with pytest.raises(ValueError, match="eligibilty"):
        policy.law(file)


COVERED = [(s.number, service) for s in policy.law().sentences for service in s.covered]


@pytest.mark.parametrize(("number", "service"), COVERED, ids="-".join)
def test_deleting_the_tests_of_a_sentence_names_it(number: str, service: str):
    """The real rules, with every policy test of one sentence taken away in one service: it is named, and it alone."""
    gone = [e for e in policy.standing(indexes.cited(), SEED, number) if policy.service_of(e) == service]
    assert gone
    found = policy.uncovered(policy.law(), indexes.cited(), lambda rule: [] if rule in gone else policy.tests_of(rule))
    assert [(where, what.split()[0]) for where, what in found] == [(f"{SEED} {number}", service)]


@pytest.mark.parametrize(
    ("document", "number", "rule"),
    [
        (SEED, "二(二)6", "relief.rules.advance.may_pay_first"),
        (SEED, "二(一)5", "eligibility.rules.taper.last_paid"),
        ("国务院令649号", "9", "eligibility.rules.need.income_below_standard"),
        ("民发〔2012〕220号", "31", "payments.rules.month.deadline"),
        ("民发〔2021〕43号", "5", "eligibility.rules.programmes.tekun.no_labour_capacity"),
        ("社会救助法", "48", "eligibility.rules.life.hearing_obligatory"),
    ],
)
def test_deleting_the_files_that_test_a_rule_names_its_clause(document: str, number: str, rule: str, tmp_path: Path):
    """What CI checks, on a copy of tests/policy from which the files that name the rule are deleted."""
    folder = tmp_path / "policy"
    shutil.copytree(policy.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (entry,) = [e for e in indexes.cited() if (e.clause.document, e.clause.number, e.rule) == (document, number, rule)]

    def left(entry: RegisteredClause) -> list[Path]:
        return policy.named_in(folder, entry)

    for file in policy.tests_of(entry):
        (folder / file.relative_to(policy.FOLDER)).unlink()
    found = list(policy.untested(indexes.cited(), left))
    assert (rule, f"no test in tests/policy names it ({document} {number})") in found
    assert list(policy.untested(indexes.cited())) == []


@pytest.mark.parametrize(
    ("package", "rule", "door"),
    [
        ("eligibility", "eligibility.rules.need.per_capita", "POST /v1/cases/{id}/prepare"),
        ("eligibility", "eligibility.rules.procedure.must_visit", "hears ApplicationForwarded"),
        ("eligibility", "eligibility.rules.coverage.class_by_capacity", "POST /v1/cases/{id}/decide"),  # by a table
        ("eligibility", "eligibility.rules.notice.stop", "GET /v1/notices/{id}"),  # by a property of the model
        ("care_institutions", "care_institutions.rules.staffing.shares", "POST /v1/residents/{id}/leave"),
        ("relief", "relief.rules.paperwork.paperwork_due", "by time: emergency.assume_ends"),
        ("eligibility", "eligibility.rules.programmes.tekun.no_able_supporter", "POST /v1/programme-applications"),
        ("eligibility", "eligibility.rules.ledger.priority", "by time: ledger.advance"),  # said again by a query in SQL
        ("eligibility", "eligibility.rules.clocks.stage", "by time: deadlines.remind_of_terms"),
        ("eligibility", "eligibility.rules.verification.verify", "command: doudi verify-decision"),
        ("payments", "payments.rules.month.arrears", "POST /v1/runs"),
        ("eligibility", "eligibility.rules.programmes.common.certified_within", "POST /v1/programme-applications"),
        ("eligibility", "eligibility.rules.life.may_be_decided", "POST /v1/interventions/{id}/decide"),  # by self
        ("eligibility", "eligibility.rules.unit.programme_of", "POST /v1/cases/{id}/prepare"),  # by a property
    ],
)
def test_the_doors_of_a_rule_are_found(package, rule, door):
    assert door in [found.name for found in doors_of(service_named(package), rule)]


def test_a_rule_that_a_door_does_not_lead_to_is_not_shown_at_it():
    service = service_named("eligibility")
    found = {door.name for door in doors_of(service, "eligibility.rules.procedure.must_visit")}
    assert found.isdisjoint({"POST /v1/standards", "GET /v1/awards", "POST /v1/cases/{id}/check"})
    found = {door.name for door in doors_of(service, "eligibility.rules.programmes.elder.is_eighty")}
    assert "POST /v1/cases/{id}/check" not in found  # another class's method of the same name


@pytest.mark.parametrize(
    ("rule", "door"),
    [
        ("programmes.common.certified_within", "POST /v1/registers"),  # by a property of self, of another class's name
        ("programmes.common.certified_within", "hears ApplicationForwarded"),
        ("life.may_be_decided", "POST /v1/programme-applications/{id}/decide"),  # another class's decide
        ("unit.programme_of", "POST /v1/comparisons"),
    ],
)
def test_a_method_is_that_of_the_receivers_class_and_of_no_other(rule, door):
    service = service_named("eligibility")
    assert door in {found.name for found in doors(service)}
    assert door not in {found.name for found in doors_of(service, f"eligibility.rules.{rule}")}


def test_a_rule_that_does_not_exist_has_no_door():
    service = service_named("eligibility")
    assert doors_of(service, "eligibility.rules.need.no_such_rule") == ()


def test_the_index_shows_what_it_promises():
    page = indexes.policy_page()
    assert "| clause | rule | tests | at | metric | service |" in page
    row = next(line for line in page.splitlines() if line.startswith("| 国务院令649号 9 |"))
    assert "income_below_standard" in row
    assert "`POST /v1/cases/{id}/prepare`" in row
    assert "`http_requests_total`" in row
    for number in NUMBERS:
        assert f"| {number} " in page
    row = next(line for line in page.splitlines() if line.startswith("| 民发〔2012〕220号 31 |"))
    assert "`doudi_payments_late`" in row
