"""民发〔2012〕220号 art. 12: what is to be on file."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from intake import rules

ONE, TWO = UUID(int=1), UUID(int=2)
WHOLE = rules.Materials(
    signed=True,
    declared=True,
    truth_promised=True,
    relatives_declared=True,
    account=True,
    adults=[ONE, TWO],
    consents=[ONE, TWO],
)


def test_十二_nothing_is_missing_when_all_is_there():
    assert rules.missing_materials(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"signed": False}, ["SIGNATURE"]),
        ({"declared": False}, ["DECLARED_MEANS"]),
        ({"consents": [ONE]}, [f"CONSENT:{TWO}"]),
        ({"consents": []}, [f"CONSENT:{ONE}", f"CONSENT:{TWO}"]),
        ({"truth_promised": False}, ["TRUTH_PROMISE"]),
        ({"relatives_declared": False}, ["RELATIVES"]),
        ({"account": False}, ["ACCOUNT"]),
        (
            {"signed": False, "declared": False, "consents": [], "truth_promised": False, "account": False},
            ["SIGNATURE", "DECLARED_MEANS", f"CONSENT:{ONE}", f"CONSENT:{TWO}", "TRUTH_PROMISE", "ACCOUNT"],
        ),
    ],
)
def test_十二_everything_that_is_missing_is_named(change, codes):
    assert [m.code for m in rules.missing_materials(replace(WHOLE, **change))] == codes


@pytest.mark.parametrize(
    ("birth", "must"), [(date(2002, 3, 1), True), (date(2002, 3, 2), True), (date(2002, 3, 3), False)]
)
def test_十二_every_adult_authorises_the_check(birth, must):
    assert rules.must_consent(birth, on=date(2020, 3, 2)) is must
