"""From dibao into the elderly allowance that is higher, in one decision; and tekun in town, by the town's standard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_life import Life, look
from tests.services.eligibility_programmes import COUNTY, Someone, Window, elder, tekun
from tests.services.test_eligibility_programmes_together import gets_tekun
from tests.services.test_eligibility_to_personal import in_dibao

from doudi.events.eligibility import AwardGranted, AwardStopped
from doudi.events.eligibility_life import AwardTransferred
from doudi.events.eligibility_programmes import PersonalAwardGranted
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 3, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield s


async def chosen(window: Window, who: Someone, award: Any) -> Any:
    """Somebody in dibao asks for the allowance in its place; prepared and checked."""
    case = await window.applies(who, elder(), in_place_of=award["id"])
    await window.act(window.clerk, case["id"], "prepare")
    await window.act(window.checker, case["id"], "check", {"agrees": True})
    return case


async def test_the_higher_allowance_takes_the_place_of_dibao_without_a_gap_or_an_overlap(s: Running):
    window, life, who = Window(s), Life(s), Someone("1929-01-01")
    award = await in_dibao(window, who)
    case = await chosen(window, who, award)
    assert any("500.00 元高于本人农村低保 380.00 元" in f["because"] for f in case["determination"]["findings"])
    await life.decides(await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", application_id=case["id"]))
    (stopped,), (granted,) = await s.said(AwardStopped), await s.said(PersonalAwardGranted)
    assert (stopped.last_month.next(), str(granted.amount), granted.programme) == (granted.starts, "500.00", "ELDER")
    (moved,) = await s.said(AwardTransferred)
    assert (moved.into, moved.programmes) == ([granted.award_id], ["ELDER"])


async def test_whoever_lives_with_the_person_goes_on_in_dibao(s: Running):
    window, life = Window(s), Life(s)
    who, stays = Someone("1929-01-01"), Someone("1950-01-01")
    award = await in_dibao(window, who, stays)
    case = await chosen(window, who, award)
    rest = look("0.00", left=[str(who.person_id)])
    await life.decides(
        await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", application_id=case["id"], look=rest)
    )
    granted = (await s.said(AwardGranted))[-1]
    (own,) = await s.said(PersonalAwardGranted)
    assert (granted.insured, granted.starts) == ([stays.person_id], own.starts)


async def test_a_lower_allowance_takes_no_dibaos_place(s: Running):
    window, who = Window(s), Someone("1935-01-01")
    award = await in_dibao(window, who)
    made = (await window.applies(who, elder(), in_place_of=award["id"]))["determination"]
    told = [f["because"] for f in made["findings"] if not f["met"]]
    assert (made["eligible"], made["amount"]) == (False, "0.00")
    assert told == ["高龄津贴 270.00 元不高于本人农村低保 380.00 元，择高享受，不予转入"]


async def test_dibao_that_has_become_the_higher_since_the_check_is_not_given_up(s: Running):
    window, life, who = Window(s), Life(s), Someone("1929-01-01")
    award = await in_dibao(window, who)
    case = await chosen(window, who, award)
    await s.fetch("UPDATE award_line SET amount_fen = 50000 WHERE award_id = $1::uuid", award["id"])
    refused = await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", 409, application_id=case["id"])
    assert (refused["type"], "不高于" in refused["detail"]) == ("/problems/not-together", True)


async def test_tekun_in_town_is_determined_by_the_towns_standard(s: Running):
    window, who = Window(s), Someone("1957-06-01")
    made = (await window.applies(who, tekun(area="URBAN")))["determination"]
    assert (made["eligible"], made["amount"]) == (True, "780.00")
    farmer = await window.applies(Someone("1957-06-02"), tekun(area="URBAN", land_or_collective=True))
    assert farmer["determination"]["amount"] == "510.00"


async def test_a_county_publishes_its_tekun_standard_and_it_is_paid(s: Running):
    window, who = Window(s), Someone("1957-06-01")
    body = {
        "division": COUNTY, "standard": "tekun.basic_scattered", "amount": "560.00", "period": "MONTH",
        "valid_from": "2020-01-01", "document": "海政发〔2020〕2号",
    }  # fmt: skip
    assert (await window.leader.post("/v1/standards", json=body)).status_code == 201
    award = await gets_tekun(window, who)
    assert award["amount"] == "560.00"


async def test_what_was_determined_about_the_choice_is_made_again_to_the_same_bytes(s: Running):
    window = Window(s)
    for born in ("1929-01-01", "1935-01-01"):  # one who may change over, one who may not
        who = Someone(born)
        case = await window.applies(who, elder(), in_place_of=(await in_dibao(window, who))["id"])
        again = await window.clerk.post(f"/v1/programme-applications/{case['id']}/recompute", json={})
        assert (again.status_code, again.json()["equal"]) == (200, True), again.text
