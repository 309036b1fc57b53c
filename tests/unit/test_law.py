"""Clauses on rules, and findings (design §5, house 1 and 5)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from doudi.law import Clause, Finding, cited_by, clause, clauses, finding, mirrors
from doudi.money import Money

SEED = "卫民发〔2019〕21号"


@clause(SEED, "测试1", "C类每户至少保2人")
@clause("民发〔2012〕220号", "测试2", "另据")
def at_least_two(insured: int) -> bool:
    return insured >= 2


def test_a_rule_carries_its_clauses_and_still_works() -> None:
    assert at_least_two(2)
    assert not at_least_two(1)
    assert cited_by(at_least_two) == Clause(SEED, "测试1", "C类每户至少保2人")
    assert cited_by(at_least_two).id == f"{SEED} 测试1"


def test_the_register_says_where_the_rule_stands() -> None:
    mine = [r for r in clauses() if r.rule == f"{__name__}.at_least_two"]
    assert {r.clause.number for r in mine} == {"测试1", "测试2"}
    assert {Path(r.file).name for r in mine} == {"test_law.py"}
    source = Path(__file__).read_text(encoding="utf-8").splitlines()
    assert all("@clause" in source[r.line - 1] for r in mine)
    assert clauses() == sorted(clauses(), key=lambda r: (r.clause, r.rule))


@pytest.mark.parametrize("sentence", ["一样", "两样"])
def test_the_same_clause_twice_on_one_rule_is_an_error_whatever_it_says(sentence: str) -> None:
    def rule() -> None: ...

    rule.__qualname__ = f"twice_{sentence}"
    once = clause(SEED, "测试3", "一样")(rule)
    with pytest.raises(TypeError, match="twice"):
        clause(SEED, "测试3", sentence)(once)


def test_two_rules_of_one_name_do_not_share_a_clause() -> None:
    def made() -> list[Callable[[], None]]:
        def one() -> None: ...

        def other() -> None: ...

        one.__qualname__ = other.__qualname__ = "same_name"
        return [one, other]

    first, second = made()
    clause(SEED, "测试4", "一")(first)
    with pytest.raises(TypeError, match="twice"):
        clause(SEED, "测试4", "一")(second)


def test_one_clause_may_need_two_rules() -> None:
    @clause(SEED, "测试5", "一")
    def one() -> None: ...

    @clause(SEED, "测试5", "一")
    def other() -> None: ...

    assert len([r for r in clauses() if r.clause.number == "测试5"]) == 2


@pytest.mark.parametrize("cited", [("", "1", "一"), (SEED, " ", "一"), (SEED, "1", "")])
def test_a_citation_that_lacks_a_part_does_not_load(cited: tuple[str, str, str]) -> None:
    with pytest.raises(TypeError, match="cited by"):
        clause(*cited)


def test_a_rule_without_citation_finds_nothing() -> None:
    def bare() -> None: ...

    with pytest.raises(TypeError, match="no clause"):
        finding(bare, False, "无")


def test_a_finding_keeps_its_reasons_with_the_figures() -> None:
    found = finding(at_least_two, False, "只保 1 人，少于 2 人", rule_set="RS2019", least=2, paid=Money.yuan("80.00"))
    assert found == Finding(
        clause=f"{SEED} 测试1",
        met=False,
        because="只保 1 人，少于 2 人",
        rule_set="RS2019",
        parameters={"least": "2", "paid": "80.00"},
    )
    assert Finding.model_validate_json(found.model_dump_json()) == found
    assert finding(Clause(SEED, "二(一)4", "一"), True, "符合").clause == f"{SEED} 二(一)4"
    with pytest.raises(ValidationError):
        found.met = True  # type: ignore[misc]


@clause("甲号", "1", "先有的规定")
@clause("乙号", "2", "后来的规定")
@clause("丙号", "3", "更后的规定")
def _thrice() -> Finding:
    return finding(_thrice, True, "…")


@pytest.mark.parametrize(
    ("documents", "cited"),
    [
        ((), "甲号 1"),
        (("乙号",), "乙号 2"),
        (("丙号", "乙号"), "丙号 3"),
        (("乙号", "丙号"), "乙号 2"),
        (("丁号",), "甲号 1"),
        (("丁号", "丙号"), "丙号 3"),
    ],
)
def test_a_finding_cites_the_first_of_the_documents_in_force_that_its_rule_cites(
    documents: tuple[str, ...], cited: str
) -> None:
    assert finding(_thrice, True, "…", documents=documents).clause == cited
    assert _thrice().clause == "甲号 1"


def test_a_query_mirrors_only_rules_and_stays_what_it_is() -> None:
    def query() -> int:
        return 1

    assert mirrors(_thrice)(query) is query
    with pytest.raises(TypeError, match="cites no clause"):
        mirrors(query)
