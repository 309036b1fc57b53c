"""Every kind of decided change of an award, one by one: certificate, letter, made again, and what was changed in it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any, get_args

import pytest
import pytest_asyncio
from tests.services.eligibility_life import Life, family, look
from tests.services.test_eligibility_intervention_certificate import read
from tests.services.test_eligibility_life import raised
from tests.services.test_eligibility_successors import TONGXIN, TONGXIN_VILLAGE, elders, groups
from tests.services.test_eligibility_taper_cap import tapered

from doudi.auth import Role
from doudi.testing import Servers, running
from eligibility.api.life_forms import Propose
from eligibility.app import SERVICE
from eligibility.rules.certificate import canonical
from eligibility.rules.verification import verify

DAY = date(2020, 1, 2)
Decided = Callable[[Life], Awaitable[Any]]


@pytest_asyncio.fixture(loop_scope="session")
async def life(servers: Servers) -> AsyncIterator[Life]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield Life(s)


async def of_a_review(life: Life, income: str) -> Any:
    award = await life.award(family(), "6480.00")
    made = await life.review(award, income)
    await (raised(life, made) if made["outcome"] == "RAISE" else life.decides(made))
    return made["intervention_id"]


async def decided(life: Life, award: Any, kind: str, ground: str, **more: Any) -> Any:
    made = await life.proposes(award, kind, ground, **more)
    await life.decides(made)
    return made["id"]


async def reduced_for_refused_work(life: Life) -> Any:
    people = family()
    award, who = await life.award(people, "6480.00"), {"person_id": people[1]["person_id"]}
    await life.at(date(2020, 1, 13))
    for day in ("2020-01-11", "2020-01-12", "2020-01-13"):
        body = {**who, "offered_on": day, "outcome": "REFUSED"}
        await life.post(life.clerk, f"awards/{award['id']}/work-offers", body, 201)
    return await decided(life, award, "REDUCE", "REFUSED_WORK", **who, keeps="50.00")


async def taper(life: Life) -> Any:
    await tapered(life)
    (made,) = (await life.clerk.get("/v1/interventions", params={"status": "DONE"})).json()["items"]
    return made["id"]


async def split(life: Life) -> Any:
    people = family()
    award = await life.award(people, "6480.00")
    return await decided(life, award, "SPLIT", "SPLIT", groups=groups(people, "2400.00", "0.00"))


async def merged(life: Life) -> Any:
    one, other = await life.award(elders(1), "0.00"), await life.award(elders(11), "0.00")
    await life.at(date(2020, 1, 20))
    return await decided(life, one, "MERGE", "MERGE", look=look("9120.00"), others=[other["id"]])


async def moved(life: Life) -> Any:
    award = await life.award(family(), "6480.00")
    taker = life.s.client([Role.COUNTY_LEADER], TONGXIN, sub="tongxin-leader")
    body = {
        "division": TONGXIN, "amount": "400.00", "period": "MONTH", "valid_from": "2020-01-01",
        "document": "同政发〔2020〕1号",
    }  # fmt: skip
    assert (await taker.post("/v1/standards", json=body)).status_code == 201
    made = await life.proposes(award, "MOVE", "MOVED", division=TONGXIN_VILLAGE, look=look("6480.00"))
    await life.tells_and_hears(made)
    await life.step(life.checker, made, "check")
    await life.step(taker, made, "accept")
    await life.step(life.leader, made, "decide")
    return made["id"]


async def transferred(life: Life) -> Any:
    award = await life.award(elders(1), "0.00")
    await life.s.fetch("UPDATE award SET programme = 'TEKUN' WHERE id = $1::uuid", award["id"])
    into = {"programme": "DIBAO_R", "look": look("2400.00")}
    return await decided(life, award, "TRANSFER", "TO_OTHER_PROGRAMME", **into)


async def given_up(life: Life, kind: str, ground: str) -> Any:
    return await decided(life, await life.award(family(), "6480.00"), kind, ground)


TABLE: dict[str, tuple[str, Decided, str, str, str | None]] = {
    "a raise": ("RAISE", lambda life: of_a_review(life, "5400.00"), "600.00", "690.00", "2020-02"),
    "less": ("REDUCE", lambda life: of_a_review(life, "7560.00"), "600.00", "510.00", "2020-02"),
    "work refused": ("REDUCE", reduced_for_refused_work, "600.00", "450.00", "2020-02"),
    "held": ("SUSPEND", lambda life: given_up(life, "SUSPEND", "BY_DECISION"), "600.00", "600.00", "2020-02"),
    "tapered": ("TAPER", taper, "798.00", "760.00", "2020-03"),
    "over the line": ("STOP", lambda life: of_a_review(life, "13680.00"), "600.00", "0.00", None),
    "given up": ("STOP", lambda life: given_up(life, "STOP", "WITHDRAWAL"), "600.00", "0.00", None),
    "transferred": ("TRANSFER", transferred, "760.00", "760.00", "2020-02"),
    "split": ("SPLIT", split, "600.00", "940.00", "2020-02"),
    "merged": ("MERGE", merged, "1520.00", "1520.00", "2020-02"),
    "moved": ("MOVE", moved, "600.00", "660.00", "2020-02"),
}
"""Kind, how it comes about, money per month before and after, the first month of what is paid after."""


def test_the_table_has_every_kind():
    proposed = get_args(Propose.model_fields["kind"].annotation)
    assert {kind for kind, *_ in TABLE.values()} == {"RAISE", *proposed}


@pytest.mark.parametrize("name", TABLE)
async def test_each_kind_has_a_certificate_that_is_made_again_and_shows_what_was_changed(life: Life, name: str):
    kind, come_about, before, after, since = TABLE[name]
    id_ = await come_about(life)
    text, whole, letter = await read(life, id_)
    result = whole["result"]
    assert (whole["given"]["decision"]["kind"], whole["given"]["decision"]["id"]) == (kind, str(id_))
    assert (result["amount_before"], result["amount_after"], result["from_month"]) == (before, after, since)
    assert whole["sha256"] in letter
    for field in ("amount_before", "amount_after", "last_month_before"):
        forged = json.loads(text)
        forged["result"][field] = "9.99"
        found = verify(canonical(forged))
        assert (found.same, f"result.{field}" in found.says) == (False, True)
    own = whole["given"]
    other = {"before": [["x", "BASE", "9.99"]], "terms": {**own["terms"], "x": 1}, "starts": "2031-01"}
    for part, value in other.items():
        assert not verify(canonical({**whole, "given": {**own, part: value}})).same


async def test_one_that_was_decided_before_there_were_certificates_says_so(life: Life):
    id_ = await given_up(life, "STOP", "WITHDRAWAL")
    await life.s.fetch("DELETE FROM certificate WHERE id = $1::uuid", id_)
    neighbour = life.s.client(Role.COUNTY_CLERK, TONGXIN, sub="neighbour")
    for what in ("certificate", "letter"):
        answer = await life.clerk.get(f"/v1/interventions/{id_}/{what}")
        told = answer.json()
        assert (answer.status_code, told["type"]) == (404, "/problems/decided-before-certificates")
        assert "未签发决定凭证" in told["detail"] + told["title"]
        hidden = (await neighbour.get(f"/v1/interventions/{id_}/{what}")).json()
        assert hidden["type"] == "/problems/not-found"


async def test_one_that_is_not_decided_has_none(life: Life):
    made = await life.proposes(await life.award(family(), "6480.00"), "STOP", "WITHDRAWAL")
    for what in ("certificate", "letter"):
        answer = await life.clerk.get(f"/v1/interventions/{made['id']}/{what}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
