"""民发〔2012〕220号 art. 14 and 宁民办〔2014〕51号: near relatives are filed apart, and keep out."""

from datetime import date

import pytest

from intake import rules

ON = date(2020, 3, 2)


@pytest.mark.parametrize("relation", ["SPOUSE", "PARENT", "CHILD", "SIBLING", "GRANDPARENT", "GRANDCHILD"])
def test_十四_the_national_list_is_near(relation):
    assert rules.near_relative(relation, on=ON)


@pytest.mark.parametrize(
    "relation", ["PARENT_IN_LAW", "SIBLING_IN_LAW", "CHILD_IN_LAW", "UNCLE_AUNT", "ADOPTIVE", "STEP"]
)
def test_宁民办_ningxia_counts_more_relations(relation):
    assert rules.near_relative(relation, on=ON)


@pytest.mark.parametrize(
    ("relations", "apart"), [([], False), (["OTHER"], False), (["OTHER", "SIBLING"], True), (["UNCLE_AUNT"], True)]
)
def test_十四_one_near_relation_files_the_application_apart(relations, apart):
    assert rules.files_apart(relations, on=ON) is apart


@pytest.mark.parametrize(("officer", "met"), [("clerk-1", False), ("clerk-2", True)])
def test_十四_a_related_officer_keeps_out(officer, met):
    assert rules.may_handle(officer, ["clerk-1"]).met is met
