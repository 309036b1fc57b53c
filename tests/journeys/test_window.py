"""Journeys that begin with what the window takes down: an urban family by item, and E08's member who applies alone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from doudi.auth import Role
from doudi.events.eligibility import AwardGranted, AwardGrantedV1
from tests.journeys.town import COUNTY, Family, Town, done
from tests.services.eligibility_programmes import Someone, Window, care, living

pytestmark = pytest.mark.slow

THREE = (("HEAD", date(1980, 1, 1)), ("SPOUSE", date(1958, 1, 1)), ("CHILD", date(2012, 1, 15)))
H08 = (
    ("HEAD", date(1965, 1, 1)),
    ("SPOUSE", date(1967, 1, 1)),
    ("CHILD", date(1992, 5, 1)),
    ("OTHER", date(1990, 1, 1)),
)


class Itemised(Family):
    """An urban family that states its means by item: 8,100 a year that counts, and a son elsewhere.

    9,100 of wages less 100 of tax and 900 of the cost of going to work; a basic pension that counts nothing. Of the
    son's 1,500 a month, 600 are above 1.5 x 600; half of that, for two of the four whom he supports, is 150 a month.
    (8,100 + 1,800) / 3 / 12 = 275.00.
    """

    @property
    def means(self) -> dict[str, Any]:
        head, spouse = self.people["HEAD"], self.people["SPOUSE"]
        return {
            "items": [
                {"person_id": head, "kind": "WAGES", "amount": "9100.00"},
                {"person_id": head, "kind": "TAX", "amount": "100.00"},
                {"person_id": head, "kind": "WORK_COST", "amount": "900.00"},
                {"person_id": spouse, "kind": "BASIC_RESIDENT_PENSION", "amount": "1320.00"},
            ],
            "assets": [{"person_id": head, "kind": "DEPOSIT", "amount": "3000.00"}, {"kind": "MOTORCYCLE"}],
            "supporters": [
                {"name": "马远", "duty": "SUPPORT_OF_PARENTS", "per_capita_month": "1500.00", "supported": 4,
                 "supported_here": 2},
            ],
        }  # fmt: skip

    @property
    def found(self) -> dict[str, Any]:
        """The same, and the deposit was seen in the passbook."""
        means = self.means
        means["assets"][0]["verified"] = True
        return means

    async def sends(self, body: dict[str, Any]) -> None:
        """First with sums that are not those of the items, and refused."""
        wrong = {**body, "declared": {**body["declared"], "income_year": "9900.00"}}
        problem = await done(self.clerk, "/v1/applications", wrong, 422)
        assert (problem["type"], problem["clause"]) == ("/problems/means-contradict", "民发〔2012〕220号 art. 12")
        assert problem["errors"] == [
            {
                "field": "declared/income_year",
                "message": "收入合计 9900.00 元，分项之和 10420.00 元，应当一致",
            }
        ]
        await super().sends(body)


async def test_an_urban_family_from_the_window_to_the_bank(place: Town):
    place.day(date(2022, 11, 7))
    family = Itemised(place, THREE, "0.00", "6222020000000000000", "FULL")
    family.home, family.seen = {"hukou": "URBAN"}, {"HEAD": {"earns": True}, "CHILD": {"student": True}}
    award = await family.is_granted()
    assert (award["programme"], award["rule_set"], award["starts"]) == ("DIBAO_U", "RS2022", "2022-12")
    assert (award["amount"], award["household_size"]) == ("975.00", 3)  # (600 - 275) x 3
    (granted,) = await place.eligibility.said(AwardGranted)
    (old,) = await place.eligibility.said(AwardGrantedV1)
    assert (granted.programme, old.programme, old.standard_of) == ("DIBAO_U", "DIBAO_R", "DIBAO_U")
    place.day(date(2022, 12, 2))
    run = await place.pays("2022-12", lines=3)
    assert await family.received() == [("2022-12", "325.00", "PAID")] * 3
    maker = place.client("payments", Role.PAYMENTS_MAKER, COUNTY, "maker-1")
    sums = (await maker.get(f"/v1/runs/{run['id']}/programmes")).json()
    assert sums == [{"programme": "DIBAO_U", "item": "BASE", "lines": 3, "total": "975.00"}]
    ledger = (await place.bank.get("/v1/ledger")).json()
    assert sum(credit["amount_fen"] for credit in ledger) == 97_500
    assert await place.flags() == []


def of_H08(place: Town, kind: type[Family] = Family) -> Family:
    """Four people of 450.00 a head in a registered household; M3 is 27, limb grade 2, and cannot set up his own."""
    family = kind(place, H08, "21600.00", "6222020000000000000", "FULL")
    family.home = {"hukou": "RURAL", "registry": "NOT_OUT"}
    family.seen = {"HEAD": {"earns": True}, "CHILD": {"labour": "NONE"}, "OTHER": {"earns": True}}
    family.disabled = {"CHILD": {"category": "LIMB", "grade": 2}}
    family.places = {"CHILD": {"cannot_register_apart": True}}
    family.applicant, family.asks = "CHILD", {"applies_alone": True}
    return family


class Hurried(Family):
    """M3 comes to the window without saying that he applies for himself alone."""

    async def sends(self, body: dict[str, Any]) -> None:
        """Told so, he says it."""
        whole = {name: value for name, value in body.items() if name != "applies_alone"}
        problem = await done(self.clerk, "/v1/applications", whole, 422)
        assert (problem["type"], problem["errors"][0]["field"]) == ("/problems/applicant-not-head", "applicant_id")
        await super().sends(body)


async def test_E08_one_member_alone_from_the_window_to_the_bank(place: Town):
    family = of_H08(place, Hurried)
    award = await family.is_granted()
    m3 = family.people["CHILD"]
    assert (award["programme"], award["assistance_class"], award["household_size"]) == ("DIBAO_R", "A", 1)
    assert (award["amount"], award["insured"], award["single_basis"]) == ("380.00", [m3], "POVERTY_REGISTRY")
    (granted,) = await place.eligibility.said(AwardGranted)
    assert (granted.single_basis, str(granted.account.payee_person_id)) == ("POVERTY_REGISTRY", m3)
    place.day(date(2020, 4, 2))
    who = Someone("1992-05-01")
    who.person_id, who.id_number = UUID(m3), family.id_numbers[2]
    desk = Window(place.eligibility)
    subsidies = [await desk.gets(who, living()), await desk.gets(who, care())]
    assert [(s["programme"], s["amount"], s["starts"]) for s in subsidies] == [
        ("LIVING_SUB", "100.00", "2020-04"),
        ("CARE_SUB", "80.00", "2020-04"),
    ]
    run = await place.pays("2020-04", lines=3)
    assert run["total"] == "560.00"
    maker = place.client("payments", Role.PAYMENTS_MAKER, COUNTY, "maker-1")
    lines = (await maker.get(f"/v1/runs/{run['id']}/lines")).json()["items"]
    assert {line["person_id"] for line in lines} == {m3}  # the others get nothing
    assert sorted((line["programme"], line["item"], line["amount"], line["status"]) for line in lines) == [
        ("CARE_SUB", "CARE", "80.00", "PAID"),
        ("DIBAO_R", "BASE", "380.00", "PAID"),
        ("LIVING_SUB", "LIVING", "100.00", "PAID"),
    ]
    ledger = (await place.bank.get("/v1/ledger")).json()
    assert sorted(credit["amount_fen"] for credit in ledger) == [8_000, 10_000, 38_000]
    assert await place.flags() == []


async def test_a_healthy_member_of_the_same_household_applies_alone_in_vain(place: Town):
    family = of_H08(place)
    family.applicant = "OTHER"
    await family.applies()
    await family.is_surveyed()
    await family.is_posted()
    await family.reaches_the_county()
    made = await family.is_checked()
    assert (made["eligible"], made["amount"]) == (False, "0.00")
    reasons = [found["because"] for found in made["findings"] if not found["met"]]
    assert "本人申请按单人户纳入，但不符合单人户条件" in reasons
    await family.county("propose", status=409)
