"""What a county expert still has to confirm or set is listed, and nothing that is cited is left out of the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from doudi.law import Clause, RegisteredClause
from doudi_local import confirmed, indexes


def entry(document: str, number: str) -> RegisteredClause:
    return RegisteredClause(Clause(document, number, "…"), "eligibility.rules.x.some_rule", "f", 1)


def text(read: str, **doubtful: str) -> confirmed.Text:
    return confirmed.Text(read, "somewhere", doubtful)


def test_of_every_document_that_is_cited_it_is_said_where_it_was_read():
    assert confirmed.unknown(confirmed.texts(), indexes.cited()) == []


def test_a_document_without_its_row_and_a_row_without_a_citation_are_named():
    assert confirmed.unknown({"甲": text("whole"), "丙": text("no")}, [entry("甲", "1"), entry("乙", "2")]) == [
        "乙",
        "丙",
    ]


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        (text("whole"), []),
        (text("told"), ["only a report was read: somewhere"]),
        (text("no"), ["from memory: somewhere"]),
        (text("whole", **{"1": "it says otherwise"}), ["it says otherwise"]),
        (text("whole", **{"2": "it says otherwise"}), []),
    ],
)
def test_a_citation_that_the_text_does_not_vouch_for_is_listed(known, listed):
    assert [row[3] for row in confirmed.to_confirm({"甲": known}, [entry("甲", "1")])] == listed


def test_what_was_not_said_of_a_text_is_refused(tmp_path: Path):
    file = tmp_path / "texts.yaml"
    file.write_text("甲: {read: half, where: x}\n")
    with pytest.raises(ValueError, match="half"):
        confirmed.texts(file)


def test_a_doubt_is_about_something_that_is_cited():
    cited = {(e.clause.document, e.clause.number) for e in indexes.cited()}
    doubts = {(document, number) for document, row in confirmed.texts().items() for number in row.doubtful}
    assert doubts <= cited


def test_every_number_is_found_with_its_standing():
    found = {(n.key, n.since, n.status) for n in confirmed.numbers()}
    assert ("dibao.rigid_status_line", "2025-01-01", "example") in found
    assert ("relief.township_limit", "2019-03-11", "example") in found
    assert ("DIBAO_R/TEKUN", "2019-03-11", "knowledge") in found
    assert all(n.source and n.value for n in confirmed.numbers() if n.status in ("example", "knowledge"))


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("### Citations to confirm", "| 国发〔2015〕52号 | 二(一)2 |"),
        ("### Numbers from memory, to confirm", "| `care_sub.months_over` | 6 |"),
        ("### Example numbers, which the county sets", "| `dibao.support_factor` | 1.5 |"),
        ("### Example numbers, which the county sets", "| `dibao.urban` | 500.00 | 2017-01-01 | 64 |"),
        ("### Proposals where law and seed are silent, which the county may set", "| `dibao.rigid_ratio` | 1.2 |"),
    ],
)
def test_the_expert_s_list_shows_it_under_its_heading(heading: str, shown: str):
    section = indexes.policy_page().partition(f"{heading}\n")[2].partition("\n#")[0]
    assert shown in section
