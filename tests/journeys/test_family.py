"""Journeys of families: paid, refused at the line, objected to, and money that came back."""

from __future__ import annotations

from datetime import date

import pytest

from doudi.auth import Role
from doudi.testing import until
from tests.journeys.town import CLOSED, COUNTY, VILLAGE, Family, Town, done

pytestmark = pytest.mark.slow

COUPLE = (("HEAD", date(1946, 1, 1)), ("SPOUSE", date(1949, 1, 1)))
THREE = (("HEAD", date(1980, 1, 1)), ("SPOUSE", date(1982, 1, 1)), ("CHILD", date(2010, 1, 15)))


async def test_a_family_is_paid(place: Town):
    family = place.family(*THREE, income_year="6480.00")
    award = await family.is_granted()
    assert (award["amount"], award["starts"]) == ("600.00", "2020-04")
    place.day(date(2020, 4, 2))
    await place.pays("2020-04", lines=3)
    assert await family.received() == [("2020-04", "200.00", "PAID")] * 3
    place.day(date(2020, 5, 6))
    await place.pays("2020-05", lines=3)
    assert await family.received() == [(m, "200.00", "PAID") for m in ["2020-04"] * 3 + ["2020-05"] * 3]
    ledger = (await place.bank.get("/v1/ledger")).json()
    assert sum(credit["amount_fen"] for credit in ledger) == 120_000
    assert {credit["repeats"] for credit in ledger} == {0}
    assert await place.flags() == []


async def test_a_family_is_refused_at_the_line(place: Town):
    family = place.family(*THREE, income_year="13680.00")
    await family.applies()
    await family.is_surveyed()
    await family.is_posted()
    await family.reaches_the_county()
    assert (await family.is_checked())["eligible"] is False
    await family.county("propose", status=409)
    await family.county("decide", {"outcome": "REFUSED", "reason": "人均月收入不低于标准"})

    async def rejected() -> bool:
        return await family.state() == "REJECTED"

    await until(rejected)
    notice = (await family.preparer.get(f"/v1/notices/{family.application}")).json()
    assert "人均月收入 380.00 元，不低于标准 380.00 元" in notice["text"]
    place.day(date(2020, 4, 2))
    maker = place.client("payments", Role.PAYMENTS_MAKER, COUNTY, "maker-1")
    nothing = await done(maker, "/v1/runs", {"division": COUNTY, "month": "2020-04", "kind": "MONTHLY"}, 409)
    assert nothing["type"] == "/problems/nothing-to-pay"


async def test_an_objection_sends_the_case_back_and_it_comes_again(place: Town):
    family = place.family(*COUPLE, income_year="0.00", labour="NONE")
    await family.applies()
    await family.is_surveyed()
    await family.is_posted()
    public = place.intake.public()
    posting = (await public.get("/v1/postings", params={"division": VILLAGE})).json()["items"][0]["id"]
    await done(public, f"/v1/postings/{posting}/objections", {"statement": "他家有车"}, 201)
    assert await family.state() == "OBJECTION_1"
    place.days(8)  # an objected posting does not go to the county by itself
    await family.act("look-again", {"to": "ASSESSMENT", "answer": "查无此车"})
    await family.is_posted()
    await family.reaches_the_county()
    await family.is_checked()
    assert (await family.is_approved())["amount"] == "760.00"


async def test_a_returned_payment_is_paid_again_under_the_same_key(place: Town):
    family: Family = place.family(*COUPLE, income_year="0.00", labour="NONE", account=CLOSED)
    await family.is_granted()
    place.day(date(2020, 4, 2))
    await place.pays("2020-04", lines=2)
    assert await family.received() == [("2020-04", "380.00", "RETURNED")] * 2
    maker = place.client("payments", Role.PAYMENTS_MAKER, COUNTY, "maker-1")
    new = {"number": "6223040522109992888", "bank_code": "NXRCU", "proof": "新存折"}
    await done(maker, f"/v1/payees/{family.award}/account", new)
    await place.pays("2020-04", "REPAYMENT", lines=2)
    again = await done(maker, "/v1/runs", {"division": COUNTY, "month": "2020-04", "kind": "REPAYMENT"}, 409)
    assert again["type"] == "/problems/nothing-to-pay"
    lines = (await maker.get("/v1/payments", params={"subject_id": family.award})).json()["items"]
    assert sorted((line["attempt"], line["status"]) for line in lines) == [(1, "RETURNED")] * 2 + [(2, "PAID")] * 2
    assert len({line["payment_key"] for line in lines}) == 2
    ledger = (await place.bank.get("/v1/ledger")).json()
    assert sum(credit["amount_fen"] for credit in ledger) == 76_000
    assert "R72" not in {indicator for indicator, _ in await place.flags()}
