"""民发〔2012〕220号 art. 16: a unit that is looked at again counts with its means as verified, whoever is in it now."""

from datetime import date

from tests.policy.eligibility.households import EARNER, ELDER, SPOUSE
from tests.services.eligibility_county import VILLAGE, member

from doudi.events.parts import Household, Means
from eligibility.rules import facts_of, unit_of

WAGES = {"kind": "WAGES", "amount": "18720.00", "person_id": "00000000-0000-0000-0000-000000000001"}
MEANS = Means.model_validate(
    {"income_year": "0.00", "deductions_year": "0.00", "rigid_year": "12.00", "deposits": "3.00", "items": [WAGES],
     "supporters": [{"per_capita_month": "900.00", "supported": 2, "supported_here": 1}],
     "assets": [{"kind": "CAR", "amount": "20000.00", "verified": True}]}
)  # fmt: skip


def test_十六_every_part_of_the_means_counts_as_at_the_first_application():
    people = [member(1, "1980-01-01", earns=True), member(2, "1946-01-01", "NONE")]
    household = Household.model_validate(
        {"household_id": people[0]["person_id"], "division": VILLAGE, "hukou": "RURAL", "registry": "OUT",
         "members": people}
    )  # fmt: skip
    first = unit_of(household, MEANS, on=date(2020, 3, 2))
    assert facts_of(first.unit, MEANS, "OUT") == first
    assert (len(first.items), len(first.supporters), len(first.things)) == (1, 1, 1)


def test_十六_the_order_of_members_means_nothing():
    assert facts_of([ELDER, SPOUSE, EARNER], MEANS) == facts_of([EARNER, ELDER, SPOUSE], MEANS)
