"""民发〔2018〕23号 二(二): object, cause, amount, signature and seal once the emergency has eased."""

from dataclasses import replace

import pytest

from doudi.money import Money
from relief import rules

AMOUNT = Money.yuan("2000.00")
GOOD = rules.Papers(True, "FIRE", AMOUNT, True, True, list(rules.PAPERS))


def wrong(papers):
    return [f.because for f in rules.papers_complete(papers, cause="FIRE", amount=AMOUNT) if not f.met]


def test_二_一_complete_papers_are_complete():
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"same_person": False}, "救助对象"),
        ({"cause": "OTHER"}, "救助事由"),
        ({"amount": Money.yuan("1999.99")}, "1999.99"),
        ({"amount": Money.yuan("2000.01")}, "2000.01"),
        ({"signed": False}, "签字"),
        ({"stamped": False}, "盖章"),
        ({"enclosed": ["APPLICATION", "ID_COPY"]}, "审批表"),
        ({"enclosed": []}, "申请书、身份证复印件、审批表"),
    ],
)
def test_二_一_each_thing_that_is_missing_is_named(change, says):
    (reason,) = wrong(replace(GOOD, **change))
    assert says in reason
