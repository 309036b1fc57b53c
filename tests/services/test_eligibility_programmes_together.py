"""What one person may hold together, also across counties and at the same moment; deaths and ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
import pytest_asyncio
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_life import Life
from tests.services.eligibility_programmes import Someone, Window, care, defacto, elder, living, tekun
from tests.services.test_eligibility_programmes import DAY, in_dibao, lines

from doudi.events.eligibility import AwardStopped, SecondPostingStarted
from doudi.events.eligibility_programmes import (
    PersonalAwardAdjusted,
    PersonalAwardGranted,
)
from doudi.events.intake import DeathReported
from doudi.testing import Servers, running
from eligibility.app import SERVICE

ELSEWHERE = "640521100000"
ORPHAN = {"programme": "ORPHAN", "parents": ["DEAD", "DEAD"], "placement": "COMMUNITY"}


@pytest_asyncio.fixture(loop_scope="session")
async def window(servers: Servers) -> AsyncIterator[Window]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Window(s)


async def gets_tekun(window: Window, someone: Someone) -> dict[str, Any]:
    case = await window.applies(someone, tekun())
    await window.hangs(case["id"])
    await window.confirms(case["id"])
    window.s.clock.set(DAY)
    award: dict[str, Any] = await window.award_of(case["id"])
    return award


@pytest.mark.parametrize("facts", [living(), care()])
async def test_tekun_keeps_out_the_subsidies(window: Window, facts: dict[str, Any]):
    someone = Someone("1957-06-01")
    await gets_tekun(window, someone)
    made = (await window.applies(someone, facts))["determination"]
    if facts["programme"] == "CARE_SUB":
        assert any("特困人员救助供养" in f["because"] and not f["met"] for f in made["findings"])
    assert made["eligible"] is False


async def test_who_is_in_dibao_of_another_county_does_not_become_tekun(window: Window):
    someone = Someone("1957-06-01")
    await in_dibao(window, someone)
    await window.s.fetch("UPDATE award SET division = $1", ELSEWHERE)
    made = (await window.applies(someone, tekun()))["determination"]
    told = [f["because"] for f in made["findings"] if not f["met"]]
    assert (made["eligible"], len(told)) == (False, 1)
    assert "农村低保" in told[0]
    assert ELSEWHERE in told[0]


async def test_who_is_tekun_is_not_insured_in_dibao(window: Window):
    someone = Someone("1957-06-01")
    await gets_tekun(window, someone)
    person = member(1, someone.born, "NONE") | {
        "person_id": str(someone.person_id), "match_key": someone.match_key,
    }  # fmt: skip
    id_ = await window.receives(forwarded([person], "0.00", on=DAY))
    refused = await window.post(window.clerk, id_, "prepare", {}, status=409)
    assert (refused["type"], "特困" in refused["detail"]) == ("/problems/not-together", True)


async def test_who_begins_tekun_after_the_clerk_prepared_dibao_is_refused_before_anything_hangs(window: Window):
    someone = Someone("1957-06-01")
    case = await window.applies(someone, tekun())
    await window.hangs(case["id"])
    person = member(1, someone.born, "NONE") | {
        "person_id": str(someone.person_id), "match_key": someone.match_key,
    }  # fmt: skip
    id_ = await window.receives(forwarded([person], "0.00", on=window.s.clock.today()))
    await window.checks(id_)
    await window.confirms(case["id"])
    refused = await window.post(window.leader, id_, "propose", status=409)
    assert (refused["type"], "特困" in refused["detail"]) == ("/problems/not-together", True)
    assert await window.s.said(SecondPostingStarted) == []


async def test_who_begins_tekun_while_dibao_hangs_is_refused_at_signing(window: Window):
    someone = Someone("1957-06-01")
    case = await window.applies(someone, tekun())
    await window.hangs(case["id"])
    person = member(1, someone.born, "NONE") | {
        "person_id": str(someone.person_id), "match_key": someone.match_key,
    }  # fmt: skip
    id_ = await window.receives(forwarded([person], "0.00", on=window.s.clock.today()))
    await window.checks(id_)
    posted = await window.post(window.leader, id_, "propose")
    await window.confirms(case["id"])
    await window.s.tick(date.fromisoformat(posted["posting_ends_on"]) + timedelta(days=1))
    refused = await window.post(window.leader, id_, "decide", {"outcome": "APPROVED"}, status=409)
    assert (refused["type"], "特困" in refused["detail"]) == ("/problems/not-together", True)


async def test_tekun_beside_dibao_is_told_at_registration_and_changed_over_in_one_step(window: Window):
    someone = Someone("1957-06-01")
    await in_dibao(window, someone)
    case = await window.applies(someone, tekun())
    assert (case["determination"]["eligible"], "农村低保" in case["in_its_way"][0]) == (False, True)
    refused = await window.act(window.township, case["id"], "post", {}, 409)
    assert (refused["type"], "农村低保" in refused["detail"]) == ("/problems/not-together", True)
    over = await window.act(window.window, case["id"], "change-over")
    assert (over["in_its_way"], over["determination"]["eligible"]) == ([], True)
    assert over["in_place_of"] == str((await window.s.fetch("SELECT id FROM award"))[0]["id"])
    again = await window.act(window.window, case["id"], "change-over", status=409)
    assert again["type"] == "/problems/not-in-this-state"
    await window.hangs(case["id"])
    await window.confirms(case["id"], status=409)
    life, asked = Life(window.s), {"application_id": case["id"]}
    await life.decides(await life.proposes({"id": over["in_place_of"]}, "TRANSFER", "TO_OTHER_PROGRAMME", **asked))
    assert (await life.now({"id": over["in_place_of"]}))["status"] == "STOPPED"
    assert (await window.award_of(case["id"]))["status"] == "ACTIVE"


async def test_who_holds_no_dibao_has_nothing_to_change_over_from(window: Window):
    someone = Someone("1957-06-01")
    case = await window.applies(someone, tekun())
    refused = await window.act(window.window, case["id"], "change-over", status=409)
    assert refused["type"] == "/problems/ends-first"
    assert case["in_its_way"] == []


async def test_when_dibao_begins_a_childs_allowance_becomes_the_difference(window: Window):
    child, guardian = Someone("2010-01-01"), Someone("1970-01-01")
    award = await window.gets(child, defacto(), guardian=guardian)
    assert award["amount"] == "530.00"
    await in_dibao(window, child)
    adjusted = (await window.s.said(PersonalAwardAdjusted))[0]
    assert (str(adjusted.amount), str(adjusted.from_month)) == ("150.00", "2020-04")
    assert lines(await window.award_of(award["application_id"])) == [("TOP_UP", "150.00")]


async def test_only_the_higher_of_dibao_and_the_elderly_allowance(window: Window):
    poor, old = Someone("1935-01-01"), Someone("1929-01-01")
    await in_dibao(window, poor)
    await in_dibao(window, old)
    lower = (await window.applies(poor, elder()))["determination"]
    assert (lower["eligible"], any("择高" in f["because"] for f in lower["findings"])) == (False, True)
    higher = await window.applies(old, elder())
    assert higher["determination"]["amount"] == "500.00"
    refused = await window.confirms(higher["id"], status=409)
    assert (refused["type"], "农村低保" in refused["detail"]) == ("/problems/ends-first", True)
    assert await window.s.said(PersonalAwardGranted) == []


async def test_dibao_that_is_higher_ends_the_elderly_allowance(window: Window):
    someone = Someone("1935-01-01")
    award = await window.gets(someone, elder())
    await in_dibao(window, someone)
    stopped = (await window.s.said(AwardStopped))[0]
    assert (str(stopped.award_id), str(stopped.last_month)) == (award["id"], "2020-03")
    assert (await window.award_of(award["application_id"]))["status"] == "STOPPED"


async def test_an_orphan_takes_care_but_no_living_subsidy_and_no_second_allowance(window: Window):
    child, guardian = Someone("2010-01-01"), Someone("1970-01-01")
    await window.gets(child, ORPHAN, guardian=guardian)
    assert (await window.gets(child, care(), guardian=guardian))["amount"] == "80.00"
    for facts in (defacto(), ORPHAN):
        made = (await window.applies(child, facts, guardian=guardian))["determination"]
        assert any("孤儿基本生活保障" in f["because"] for f in made["findings"] if not f["met"])


async def test_what_was_checked_is_what_is_signed(window: Window):
    someone = Someone("1935-01-01")
    case = await window.applies(someone, elder())
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {"agrees": True})
    await in_dibao(window, someone)
    refused = await window.act(window.leader, case["id"], "decide", {"outcome": "APPROVED"}, 409)
    assert refused["type"] == "/problems/not-together"
    assert await window.s.said(PersonalAwardGranted) == []


async def test_a_death_ends_every_award_with_its_month(window: Window):
    someone = Someone("1985-01-01")
    first = await window.gets(someone, care())
    waiting = await window.applies(someone, living())
    report = DeathReported(
        person_id=someone.person_id, match_key=someone.match_key, died_on=date(2020, 3, 20),
        reported_on=date(2020, 5, 4), source="公安",
    )  # fmt: skip
    await window.s.deliver(report)
    stopped = (await window.s.said(AwardStopped))[0]
    assert (str(stopped.award_id), str(stopped.last_month)) == (first["id"], "2020-03")
    await window.act(window.clerk, waiting["id"], "prepare")
    await window.act(window.checker, waiting["id"], "check", {})
    dead = await window.act(window.leader, waiting["id"], "decide", {"outcome": "APPROVED"}, 409)
    assert "死亡" in dead["detail"]


async def test_a_living_subsidy_ends_with_the_dibao_that_it_came_with(window: Window):
    someone, other, third = Someone("1985-01-01"), Someone("1960-01-01"), Someone("1970-01-01")
    for person in (someone, other, third):
        await in_dibao(window, person)
    award, kept, known = [await window.gets(person, living()) for person in (someone, other, third)]
    for person in (someone, third):
        await window.s.fetch("UPDATE covered SET active = false WHERE match_key = $1", person.match_key)
    await window.s.fetch(
        """UPDATE award SET last_month = '2020-05' WHERE id IN (SELECT award_id FROM covered WHERE match_key = $1)""",
        third.match_key,
    )
    await window.s.tick(date(2020, 6, 3))
    stopped = {(str(e.award_id), str(e.last_month)) for e in await window.s.said(AwardStopped)}
    assert stopped == {(award["id"], "2020-06"), (known["id"], "2020-05")}
    assert (await window.award_of(kept["application_id"]))["status"] == "ACTIVE"


async def test_since_2026_the_comparison_asks_and_ends_nothing(window: Window):
    someone = Someone("1985-01-01")
    await in_dibao(window, someone)
    award = await window.gets(someone, living())
    await window.s.tick(date(2026, 7, 1))
    await window.s.fetch("UPDATE covered SET active = false")
    await window.s.tick(date(2026, 8, 3))
    now = await window.award_of(award["application_id"])
    assert (now["status"], "不是低保家庭成员" in now["question"]) == ("ACTIVE", True)


async def test_two_decisions_on_one_person_at_once_are_one_award(window: Window):
    child, guardian = Someone("2010-01-01"), Someone("1970-01-01")
    cases = [(await window.applies(child, facts, guardian=guardian))["id"] for facts in (ORPHAN, defacto())]
    for id_ in cases:
        await window.act(window.clerk, id_, "prepare")
        await window.act(window.checker, id_, "check", {})
    approve = {"outcome": "APPROVED"}
    answers = await asyncio.gather(
        *(window.leader.post(f"/v1/programme-applications/{id_}/decide", json=approve) for id_ in cases)
    )
    assert sorted(a.status_code for a in answers) == [200, 409]
    assert len(await window.s.said(PersonalAwardGranted)) == 1


async def test_dibao_and_tekun_at_once_are_one(window: Window):
    someone = Someone("1957-06-01")
    case = await window.applies(someone, tekun())
    await window.act(window.township, case["id"], "post", {})
    person = member(1, someone.born, "NONE") | {
        "person_id": str(someone.person_id), "match_key": someone.match_key,
    }  # fmt: skip
    id_ = await window.receives(forwarded([person], "0.00", on=DAY))
    await window.checks(id_)
    await window.post(window.leader, id_, "propose")
    await window.s.tick(date(2020, 3, 10))
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {})
    visit = {"visited_on": "2020-03-10", "visitors": ["county-clerk", "county-checker"]}
    await window.act(window.clerk, case["id"], "visits", visit)
    approve = {"outcome": "APPROVED"}
    answers = await asyncio.gather(
        window.leader.post(f"/v1/programme-applications/{case['id']}/decide", json=approve),
        window.leader.post(f"/v1/cases/{id_}/decide", json=approve),
    )
    assert sorted(a.status_code for a in answers) == [200, 409]
