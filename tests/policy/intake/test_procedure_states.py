"""domain §4.2: the states of an application and the ways between them."""

import pytest

from intake.model.states import CHINESE, State, leads

WAYS = {
    "DRAFT": {"SUBMITTED", "WITHDRAWN"},
    "SUBMITTED": {"CORRECTION", "ACCEPTED", "NOT_ACCEPTED", "WITHDRAWN"},
    "CORRECTION": {"SUBMITTED", "WITHDRAWN"},
    "NOT_ACCEPTED": set(),
    "ACCEPTED": {"SURVEY", "TERMINATED", "WITHDRAWN"},
    "SURVEY": {"ASSESSMENT", "CHECK_FAILED", "TERMINATED", "WITHDRAWN"},
    "CHECK_FAILED": {"SURVEY", "REJECTED", "TERMINATED", "WITHDRAWN"},
    "ASSESSMENT": {"REVIEWED", "SURVEY", "TERMINATED", "WITHDRAWN"},
    "REVIEWED": {"POSTING_1", "TERMINATED", "WITHDRAWN"},
    "POSTING_1": {"COUNTY", "OBJECTION_1", "TERMINATED", "WITHDRAWN"},
    "OBJECTION_1": {"SURVEY", "ASSESSMENT", "TERMINATED", "WITHDRAWN"},
    "COUNTY": {"APPROVED", "REJECTED", "RETURNED", "TERMINATED", "WITHDRAWN"},
    "RETURNED": {"SURVEY", "TERMINATED", "WITHDRAWN"},
    "APPROVED": set(),
    "REJECTED": set(),
    "WITHDRAWN": {"APPROVED", "REJECTED"},  # a decision that crossed the withdrawal stands
    "TERMINATED": {"APPROVED", "REJECTED"},
}


@pytest.mark.parametrize("state", list(State))
def test_四_二_an_application_goes_only_where_the_procedure_leads(state):
    assert {to.value for to in State if leads(state, to)} == WAYS[state.value]


def test_四_二_every_state_has_its_chinese_name():
    assert CHINESE.keys() == set(State)
