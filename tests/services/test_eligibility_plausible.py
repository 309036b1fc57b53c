"""A slip of the pen is refused by field and limit, and nothing is kept of it: amounts, standards, days, births."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import COUNTY
from tests.services.eligibility_life import Life, family, look
from tests.services.eligibility_programmes import Someone, Window, care, tekun

from doudi.testing import Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)
TOO_MUCH = "99999999999.99"
PAPER = {"division": COUNTY, "document": "海政发〔2020〕9号", "valid_from": "2020-04-01"}


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


def _refused(answer: Any, field: str) -> None:
    assert answer.status_code == 422, answer.text
    told = answer.json()
    assert (told["type"], told["errors"][0]["field"]) == ("/problems/not-plausible", field), told


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"amount": TOO_MUCH, "period": "MONTH"}, "amount"),
        ({"amount": TOO_MUCH, "period": "YEAR"}, "amount"),
        ({"amount": "4560.00", "period": "MONTH"}, "amount"),  # the year's amount as the month's
        ({"amount": "317.00", "period": "YEAR"}, "amount"),  # the month's amount as the year's
        ({"amount": "0.01", "period": "MONTH"}, "amount"),
        ({"amount": "400.00", "period": "MONTH", "valid_from": "1999-09-30"}, "valid_from"),
        ({"amount": "400.00", "period": "MONTH", "valid_from": "9999-12-31"}, "valid_from"),
    ],
)
async def test_no_standard_is_set_that_cannot_be_meant(life: Life, more: dict[str, str], field: str):
    body = {"standard": "dibao.rural", **PAPER, **more}
    _refused(await life.leader.post("/v1/standards", json=body), field)
    draft = {key: value for key, value in body.items() if key != "division"}
    trial = {"division": COUNTY, "from_month": "2020-04", "draft": draft}
    if body["valid_from"] <= "2020-04-01":
        _refused(await life.clerk.post("/v1/redeterminations", json=trial), f"draft/{field}")
    assert await life.s.fetch("SELECT FROM standard UNION ALL SELECT FROM redetermination") == []


async def test_no_band_is_set_and_no_number_simulated_that_cannot_be_meant(life: Life):
    bands = {"A": TOO_MUCH[2:], "B": "200.00", "C": "100.00"}
    table = {"standard": "dibao.bands", **PAPER, "value": bands}
    _refused(await life.leader.post("/v1/standards", json=table), "value")
    for change in ({"key": "dibao.rural", "value": "999999999", "period": "MONTH"}, {"key": "elder.old", "value": "1"}):
        trial = {"division": COUNTY, "from_month": "2020-04", "changes": [change]}
        _refused(await life.clerk.post("/v1/simulations", json=trial), "changes/amount")
    later = {"division": COUNTY, "from_month": "2026-04", "changes": [{"key": "dibao.rigid_ratio", "value": "0.2"}]}
    _refused(await life.clerk.post("/v1/simulations", json=later), "from_month")
    assert await life.s.fetch("SELECT FROM standard UNION ALL SELECT FROM redetermination") == []


async def test_means_and_newcomers_of_a_look_can_be(life: Life):
    award = await life.award(family(), "6480.00")
    who = award["insured"][0]
    came = {
        "person_id": "00000000-0000-0000-0000-000000000099", "id_number": Someone("2020-03-11").id_number,
        "birth_date": "2020-03-11", "labour": "NONE",
    }  # fmt: skip
    mistaken = {**came, "id_number": Someone("2019-03-03").id_number, "birth_date": "2019-03-04"}
    supporter = {"per_capita_month": TOO_MUCH, "supported": 1, "supported_here": 1}
    cases: list[tuple[dict[str, Any], str]] = [
        *((look("6480.00", means={f: TOO_MUCH}), f"means/{f}") for f in ("income_year", "rigid_year", "deposits")),
        (look("6480.00", means={"deductions_year": TOO_MUCH}), "means/deductions_year"),
        (
            look("6480.00", means={"items": [{"kind": "WAGES", "amount": TOO_MUCH, "person_id": who}]}),
            "means/items/0/amount",
        ),
        (look("6480.00", means={"assets": [{"kind": "CAR", "amount": TOO_MUCH}]}), "means/assets/0/amount"),
        (look("6480.00", means={"supporters": [supporter]}), "means/supporters/0/per_capita_month"),
        (look("6480.00", added=[came]), "added/0/birth_date"),
        (look("6480.00", added=[mistaken]), "added/0/birth_date"),
    ]
    for body, field in cases:
        _refused(await life.clerk.post(f"/v1/awards/{award['id']}/review", json=body), field)
        proposal = {"kind": "STOP", "ground": "INCOME_OVER", "reason": "收入", "look": body}
        _refused(await life.clerk.post(f"/v1/awards/{award['id']}/interventions", json=proposal), f"look/{field}")
    groups = [{"members": [who], "means": {"income_year": TOO_MUCH}}]
    split = {"kind": "SPLIT", "ground": "HOUSEHOLD_SPLIT", "reason": "分户", "groups": groups}
    answer = await life.clerk.post(f"/v1/awards/{award['id']}/interventions", json=split)
    _refused(answer, "groups/0/means/income_year")
    assert await life.s.fetch("SELECT FROM intervention UNION ALL SELECT FROM review") == []


async def test_work_is_offered_and_a_change_happens_between_the_grant_and_today(life: Life):
    award = await life.award(family(), "6480.00")  # granted on 2020-03-10, and this is today
    path = f"/v1/awards/{award['id']}"
    for day, status in (("0001-01-01", 422), ("2020-03-09", 422), ("2020-03-10", 201), ("2020-03-11", 422)):
        offer = {"person_id": award["insured"][1], "offered_on": day, "outcome": "REFUSED"}
        answer = await life.clerk.post(f"{path}/work-offers", json=offer)
        assert (day, answer.status_code) == (day, status), answer.text
        if status == 422:
            _refused(answer, "offered_on")
    child = award["insured"][2]  # born on 2010-01-01
    for day, member in (("2020-03-11", None), ("1999-09-30", None), ("0001-01-01", None), ("2009-12-31", child)):
        change = {"kind": "MEMBER_LEFT" if member else "INCOME", "happened_on": day, "person_id": member}
        _refused(await life.clerk.post(f"{path}/changes", json=change), "happened_on")
    assert len(await life.s.fetch("SELECT FROM work_offer")) == 1


async def test_what_a_person_applies_with_can_be(life: Life):
    window = Window(life.s)
    cases: list[tuple[Someone, dict[str, Any], str]] = [
        (Someone("2020-03-03"), care(), "id_number"),
        (Someone("1980-01-01"), care(elder_nursing=TOO_MUCH), "facts/elder_nursing"),
        (Someone("1980-01-01"), care(expired_on="2020-03-03"), "facts/expired_on"),
        (Someone("1940-01-01"), tekun(supporters=[{"born": "2020-03-03"}]), "facts/supporters/0/born"),
        (
            Someone("1940-01-01"),
            tekun(incomes=[{"kind": "WAGES", "amount_month": TOO_MUCH}]),
            "facts/incomes/0/amount_month",
        ),
    ]
    for who, facts, field in cases:
        guardian = Someone("1980-01-01") if who.born > "2010" else None
        told = await window.applies(who, facts, status=422, guardian=guardian)
        assert (told["type"], told["errors"][0]["field"]) == ("/problems/not-plausible", field), told
    assert await life.s.fetch("SELECT FROM programme_case") == []
