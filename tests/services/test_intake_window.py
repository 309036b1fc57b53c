"""intake: applying, completing, accepting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from tests.services.intake_window import ACCOUNT, OTHER_TOWNSHIP, VILLAGE, Window, citizen

from doudi.auth import Role
from doudi.events.intake import ApplicationAccepted, ApplicationSubmitted, ApplicationWithdrawn, CorrectionRequested
from doudi.testing import running
from intake.app import SERVICE


@pytest_asyncio.fixture
async def window(servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        window = Window(s, Role)
        await window.register_family()
        yield window


async def test_a_family_applies_and_is_accepted(window: Window):
    answer = await window.apply()
    assert answer["state"] == "SUBMITTED"
    assert ACCOUNT not in str(answer)
    [submitted] = await window.s.said(ApplicationSubmitted)
    assert submitted.division.code == VILLAGE
    accepted = await window.act("accept")
    assert (accepted["state"], accepted["survey_due_on"]) == ("ACCEPTED", "2020-03-16")
    [event] = await window.s.said(ApplicationAccepted)
    assert event.survey_due_on == date(2020, 3, 16)
    assert [m.relation for m in event.household.members] == ["HEAD", "SPOUSE", "CHILD"]
    assert not event.near_relative
    assert "马小云" not in event.model_dump_json()
    assert ACCOUNT not in event.model_dump_json()


async def test_only_the_head_applies(window: Window):
    problem = await window.apply(applicant_id=window.family["SPOUSE"], expect=422)
    assert problem["type"] == "/problems/applicant-not-head"
    assert problem["clause"] == "民发〔2012〕220号 art. 9"
    problem = await window.apply(channel="VILLAGE", expect=422)
    assert problem["type"] == "/problems/entrustment-needed"
    await window.apply(channel="VILLAGE", entrusted=True)


@pytest.mark.parametrize("bad", ["1234567", "62220200000000A0000", "6" * 33])
async def test_an_account_number_that_is_none_is_refused_and_not_repeated(window: Window, bad):
    account = {**window.papers()["account"], "number": bad}
    problem = await window.apply(account=account, expect=422)
    assert [e["field"] for e in problem["errors"]] == ["account/number"]
    assert bad not in str(problem)


async def test_an_account_number_is_taken_as_it_is_printed_on_the_passbook(window: Window):
    number = "6222 0200 0000 0000-000"
    await window.apply(account={**window.papers()["account"], "number": number})
    [row] = await window.s.fetch("SELECT account_number FROM application")
    assert window.s.runtime.keys.open(row["account_number"], "account.number") == ACCOUNT


async def test_everything_missing_is_told_once_and_only_once(window: Window):
    await window.apply(consents=[window.family["HEAD"]], account=None, relatives=None)
    problem = await window.act("accept", expect=409)
    assert problem["type"] == "/problems/materials-incomplete"
    asked = await window.act("request-correction")
    missing = [f"CONSENT:{window.family['SPOUSE']}", "RELATIVES", "ACCOUNT"]
    assert (asked["state"], asked["missing"]) == ("CORRECTION", missing)
    assert [e.missing for e in await window.s.said(CorrectionRequested)] == [missing]
    supplied = await window.act("supply", {"consents": [window.family["SPOUSE"]], "relatives": []})
    assert supplied["state"] == "SUBMITTED"
    problem = await window.act("request-correction", expect=409)
    assert problem["type"] == "/problems/already-told-once"
    papers = window.papers()
    await window.act("supply", {"account": papers["account"]})
    assert (await window.clerk.get(f"/v1/applications/{window.id}/completeness")).json()["complete"]
    assert (await window.act("accept"))["state"] == "ACCEPTED"


async def test_a_complete_application_is_not_sent_back(window: Window):
    await window.apply()
    assert (await window.act("request-correction", expect=409))["type"] == "/problems/nothing-missing"


async def test_a_correction_that_nobody_brings_lapses_after_thirty_days(window: Window):
    await window.apply(account=None)
    await window.act("request-correction")
    window.s.clock.set(date(2020, 4, 1))
    await window.s.tick()
    assert await window.state() == "CORRECTION"
    window.s.clock.set(date(2020, 4, 2))
    await window.s.tick()
    assert await window.state() == "WITHDRAWN"
    assert len(await window.s.said(ApplicationWithdrawn)) == 1


async def test_nobody_is_in_two_open_applications(window: Window):
    first = (await window.apply())["id"]
    assert (await window.apply(expect=409))["type"] == "/problems/already-applying"
    await window.act("withdraw", {"reason": "不申请了"})
    assert (await window.apply())["id"] != first


async def test_a_near_relative_is_filed_apart_and_the_officer_keeps_out(window: Window):
    relatives = [{"officer": "clerk-1", "person_id": window.family["SPOUSE"], "relation": "UNCLE_AUNT"}]
    assert (await window.apply(relatives=relatives))["near_relative"]
    assert (await window.act("accept", expect=403))["type"] == "/problems/related-officer-must-recuse"
    other = window.s.client(Role.CLERK, "640522105000", sub="clerk-2")
    await window.act("accept", by=other)
    [event] = await window.s.said(ApplicationAccepted)
    assert event.near_relative
    listed = (await window.clerk.get("/v1/applications", params={"near_relative": "true"})).json()["items"]
    assert [item["id"] for item in listed] == [window.id]


async def test_strangers_to_the_household_are_refused(window: Window):
    stranger = await window.register(citizen(date(1980, 1, 1), 77))
    for change in (
        {"consents": [stranger]},
        {"relatives": [{"officer": "x", "person_id": stranger, "relation": "SIBLING"}]},
        {"account": {"payee_person_id": stranger, "number": ACCOUNT, "bank_code": "BOC"}},
    ):
        assert (await window.apply(expect=422, **change))["type"] == "/problems/not-of-the-household"


@pytest.mark.parametrize(
    "change",
    [
        {"declared": {"income_year": "-1.00"}},
        {"declared": {"income_year": "1.001"}},
        {"channel": "PIGEON"},
        {"surprise": 1},
        {"account": {"payee_person_id": None, "number": "12", "bank_code": "BOC"}},
    ],
)
async def test_bad_input_is_named_and_nothing_is_written(window: Window, change):
    problem = await window.apply(expect=422, **change)
    assert problem["errors"]
    assert (await window.clerk.get("/v1/applications")).json()["items"] == []


async def test_other_townships_see_nothing_and_stale_acts_are_refused(window: Window):
    await window.apply()
    other = window.s.client(Role.CLERK, OTHER_TOWNSHIP, sub="clerk-9")
    assert (await other.get(f"/v1/applications/{window.id}")).status_code == 404
    assert (await other.post(f"/v1/applications/{window.id}/accept")).status_code == 404
    assert (await other.get("/v1/applications")).json()["items"] == []
    stale = await window.clerk.post(f"/v1/applications/{window.id}/accept", headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert await window.state() == "SUBMITTED"


async def test_lists_filter_and_page(window: Window):
    await window.apply()
    await window.act("withdraw", {"reason": "不申请了"})
    window.s.clock.set(date(2020, 3, 5))
    second = (await window.apply())["id"]

    async def ids(**params):
        answer = await window.clerk.get("/v1/applications", params=params)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    assert await ids(state="SUBMITTED") == [second]
    assert await ids(submitted_from="2020-03-03") == [second]
    assert len(await ids(submitted_to="2020-03-05", division=VILLAGE)) == 2
    page = (await window.clerk.get("/v1/applications", params={"limit": 1})).json()
    assert await ids(limit=1, after=page["next"]) == [second]


async def test_the_clocks_are_shown(window: Window):
    await window.apply(account=None)
    window.s.clock.set(date(2020, 3, 6))

    async def clocks():
        answer = await window.clerk.get(f"/v1/applications/{window.id}/deadlines")
        assert answer.status_code == 200, answer.text
        return {c["name"]: (c["due_on"], c["done_on"], c["passed"]) for c in answer.json()}

    assert await clocks() == {"ACCEPTANCE": ("2020-03-05", None, True)}
    await window.act("request-correction")
    await window.act("supply", {"account": window.papers()["account"]})
    await window.act("accept")
    window.s.clock.set(date(2020, 3, 20))
    assert (await clocks())["SURVEY"] == ("2020-03-20", None, False)
    window.s.clock.set(date(2020, 3, 21))
    assert await clocks() == {
        "ACCEPTANCE": ("2020-03-05", "2020-03-06", True),
        "CORRECTION": ("2020-04-05", "2020-03-06", False),
        "SURVEY": ("2020-03-20", None, True),
    }


async def test_nothing_personal_is_in_the_clear_in_the_database(window: Window):
    await window.apply()
    for table in ("person", "application", "outbox", "access_log", "idempotency"):
        rows = str([tuple(row) for row in await window.s.fetch(f"SELECT * FROM {table}")])
        for secret in ("马小云", "13900001234", "七营村三组", ACCOUNT, citizen(date(1970, 5, 1), 1)):
            assert secret not in rows, (table, secret)
