"""The steps of a programme of one person: three people, kin, visits, objections, withdrawal, who sees what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from math import ceil
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_programmes import Someone, Window, care, elder, tekun
from tests.services.test_eligibility_programmes import DAY

from doudi.auth import Role
from doudi.events.eligibility_programmes import PersonalPostingEnded, PersonalPostingObjected
from doudi.events.eligibility_steps import PersonalCaseSampled
from doudi.testing import Servers, running
from eligibility.app import SERVICE


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


def _body(someone: Someone, **more: object) -> dict[str, Any]:
    return {
        "person_id": str(someone.person_id), "name": someone.name, "id_number": someone.id_number,
        "division": "640522105201", "account": {"number": "6222020000000000000", "bank_code": "402"},
        "facts": care(), **more,
    }  # fmt: skip


async def test_three_people_and_no_kin(window: Window):
    case = await window.applies(Someone("1985-01-01"), care())
    both = window.s.client([Role.COUNTY_CLERK, Role.COUNTY_CHECKER, Role.COUNTY_LEADER], "640522000000", sub="all")
    await window.act(both, case["id"], "prepare")
    assert (await window.act(both, case["id"], "check", {}, 409))["type"] == "/problems/three-people-needed"
    await window.act(window.checker, case["id"], "check", {"agrees": False})
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {})
    other = window.s.client(Role.COUNTY_LEADER, "640522000000", sub="county-checker")
    refused = await window.act(other, case["id"], "decide", {"outcome": "APPROVED"}, 409)
    assert refused["type"] == "/problems/three-people-needed"
    kin = await window.applies(Someone("1985-01-01"), care(), relatives=["county-clerk"])
    assert (await window.act(window.clerk, kin["id"], "prepare", status=403))[
        "type"
    ] == "/problems/relative-must-not-act"
    assert "近亲属备案" in kin["visit_because"]
    await window.applies(Someone("1985-01-01"), care(), relatives=["clerk-1"], status=403)


async def test_where_kin_is_filed_the_county_visits_before_it_signs(window: Window):
    case = await window.applies(Someone("1985-01-01"), care(), relatives=["somebody-else"])
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {})
    missing = await window.act(window.leader, case["id"], "decide", {"outcome": "APPROVED"}, 409)
    assert missing["type"] == "/problems/visit-missing"
    alone = {"visited_on": "2020-03-02", "visitors": ["a"]}
    assert (await window.act(window.clerk, case["id"], "visits", alone, 422))["type"] == "/problems/visitors-too-few"
    late = {"visited_on": "2020-03-03", "visitors": ["a", "b"]}
    await window.act(window.clerk, case["id"], "visits", late, 422)
    await window.act(window.clerk, case["id"], "visits", {**late, "visited_on": "2020-03-02"})
    await window.act(window.leader, case["id"], "decide", {"outcome": "APPROVED"})


async def test_十六_of_tekun_thirty_percent_of_a_township_are_in_and_anybody_can_draw_again(window: Window):
    """民发〔2021〕43号 art. 16, domain §4.10: frame, seed and list are kept, apart from those of dibao."""
    wanted = {"township": "640522105", "quarter": "2020Q1", "programme": "TEKUN"}
    drawn = 0
    for n in range(1, 12):
        case = await window.applies(Someone("1957-06-01"), tekun())
        drawn += case["visit_because"] == "须入户调查：抽中入户抽查"
        assert drawn >= ceil(3 * n / 10)
    seen = (await window.clerk.get("/v1/samples", params=wanted)).json()
    assert (seen["programme"], seen["size"], seen["drawn"], seen["rate"]) == ("TEKUN", 11, drawn, "3/10")
    assert ([e["position"] for e in seen["entries"]], seen["equal"]) == (list(range(1, 12)), True)
    assert seen["redrawn"] == [e["case_id"] for e in seen["entries"] if e["drawn"]]
    said = await window.s.said(PersonalCaseSampled)
    assert [(str(e.application_id), e.position, e.drawn) for e in said] == [
        (e["case_id"], e["position"], e["drawn"]) for e in seen["entries"]
    ]
    assert seen["seed"] not in said[0].model_dump_json()
    await window.s.fetch("UPDATE sample_entry SET drawn = NOT drawn WHERE position = 11")
    assert (await window.clerk.get("/v1/samples", params=wanted)).json()["equal"] is False
    for other in ({"programme": "DIBAO"}, {"quarter": "2020Q2"}, {"township": "640522101"}):
        assert (await window.clerk.get("/v1/samples", params={**wanted, **other})).status_code == 404


async def test_十六_tekun_and_dibao_of_a_township_are_drawn_apart(window: Window):
    await window.receives(forwarded([member(1, "1946-01-01", "NONE")], "0.00", on=window.s.clock.today()))
    for _ in range(2):
        await window.applies(Someone("1957-06-01"), tekun())
    await window.applies(Someone("1985-01-01"), care())  # no share is set: in no frame
    rows = await window.s.fetch("SELECT programme, size, seed FROM sample_frame ORDER BY 1")
    assert [(row["programme"], row["size"]) for row in rows] == [("DIBAO", 1), ("TEKUN", 2)]
    assert rows[0]["seed"] != rows[1]["seed"]


async def test_an_objection_stops_the_posting_until_it_is_answered(window: Window):
    case = await window.applies(Someone("1957-06-01"), tekun())
    await window.act(window.township, case["id"], "post", {"answer": "x"}, 409)
    await window.act(window.township, case["id"], "post", {})
    public = window.s.public()
    path = f"/v1/programme-postings/{case['id']}/objections"
    answer = await public.post(path, json={"statement": "他有一个儿子"})
    assert (answer.status_code, answer.json()["answer_due_on"]) == (201, "2020-03-23")
    assert (await public.post(path, json={"statement": "又"})).status_code == 404
    stored = await window.s.fetch("SELECT objection FROM programme_case")
    assert "儿子" not in stored[0]["objection"]
    await window.act(window.clerk, case["id"], "prepare", status=409)
    await window.act(window.township, case["id"], "post", {}, 409)
    await window.act(window.township, case["id"], "post", {"answer": "查无此人"})
    await window.s.tick(date(2020, 3, 10))
    await window.confirms(case["id"])
    assert [e.full for e in await window.s.said(PersonalPostingEnded)] == [False, True]
    assert len(await window.s.said(PersonalPostingObjected)) == 1


async def test_withdrawn_while_it_hangs_is_taken_down_and_may_come_again(window: Window):
    someone = Someone("1957-06-01")
    case = await window.applies(someone, tekun())
    await window.act(window.township, case["id"], "post", {})
    await window.act(window.window, case["id"], "withdraw")
    assert (await window.s.public().get("/v1/programme-postings")).json()["items"] == []
    await window.act(window.window, case["id"], "withdraw", status=409)
    assert (await window.applies(someone, tekun()))["status"] == "RECEIVED"


async def test_one_id_number_is_one_person(window: Window):
    someone, another = Someone("1985-01-01"), Someone("1985-01-01")
    await window.applies(someone, care())
    another.id_number = someone.id_number
    assert (await window.applies(another, elder(), status=409))["type"] == "/problems/person-mismatch"


async def test_another_county_neither_sees_nor_accepts(window: Window):
    case = await window.applies(Someone("1985-01-01"), care())
    other = window.s.client([Role.COUNTY_CLERK, Role.CLERK], "640521000000", sub="other")
    assert (await other.get(f"/v1/programme-applications/{case['id']}")).status_code == 404
    assert (await other.get("/v1/programme-applications")).json()["items"] == []
    assert (await other.post(f"/v1/programme-applications/{case['id']}/prepare")).status_code == 404
    assert (await other.post("/v1/programme-applications", json=_body(Someone("1985-01-01")))).status_code == 403


async def test_nothing_of_a_person_is_in_the_clear_and_unknown_facts_are_refused(window: Window):
    someone = Someone("1985-01-01", name="纳忠良")
    await window.applies(someone, care())
    kept = str([dict(row) for row in await window.s.fetch("SELECT * FROM programme_case")])
    for secret in (someone.id_number, someone.name, "6222020000000000000"):
        assert secret not in kept
    wrong = await window.applies(someone, {**elder(), "wages": 5}, status=422)
    assert wrong["type"] == "/problems/invalid"
    await window.applies(someone, {"programme": "LOTTERY"}, status=422)


async def test_lists_are_narrowed(window: Window):
    await window.gets(Someone("1985-01-01"), care())
    await window.applies(Someone("1935-01-01"), elder())
    get = window.leader.get
    for path, params, count in (
        ("applications", {"programme": "ELDER"}, 1),
        ("applications", {"status": "APPROVED"}, 1),
        ("applications", {}, 2),
        ("awards", {"programme": "CARE_SUB", "status": "ACTIVE"}, 1),
        ("awards", {"status": "STOPPED"}, 0),
    ):
        assert len((await get(f"/v1/programme-{path}", params=params)).json()["items"]) == count


async def test_the_same_twice_at_once_is_one_application(window: Window):
    someone = Someone("1985-01-01")
    bodies = [window.window.post("/v1/programme-applications", json=_body(someone)) for _ in range(4)]
    answers = await asyncio.gather(*bodies)
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    assert {a.json()["type"] for a in answers if a.status_code == 409} == {"/problems/already-applied"}
