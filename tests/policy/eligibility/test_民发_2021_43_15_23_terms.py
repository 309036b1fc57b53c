"""民发〔2021〕43号 art. 15, 17, 18, 23; 民发〔2019〕62号: terms of programmes of one person."""

import pytest

from eligibility.rules.programmes.clocks import TERMS, opinion, reassessment, refusal_notice, reinvestigation


@pytest.mark.parametrize(
    ("rule", "programme", "name", "clause"),
    [
        (opinion, "TEKUN", "县级审核确认", "民发〔2021〕43号 16"),
        (opinion, "DEFACTO", "县级审核确认", "民发〔2019〕62号 二"),
        (reinvestigation, "TEKUN", "异议重新核实", "民发〔2021〕43号 15"),
        (refusal_notice, "CARE_SUB", "不予批准通知", "民发〔2021〕43号 18"),
        (reassessment, "TEKUN", "生活自理能力重新评估", "民发〔2021〕43号 23"),
    ],
)
def test_17_a_term_has_its_name_and_the_clause_of_its_programme(rule, programme, name, clause):
    term = rule(programme)
    assert (term.name, term.clause, TERMS[term.code]) == (name, clause, rule)
