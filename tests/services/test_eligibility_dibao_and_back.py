"""Dibao, tekun in its place, its end, dibao anew: each month is paid once, to the fen (民发〔2021〕43号 art. 27)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.services.eligibility_county import forwarded, member
from tests.services.eligibility_life import Life
from tests.services.eligibility_programmes import Someone, Window, tekun
from tests.services.payments_county import County as Payments
from tests.services.test_eligibility_programme_changes import reports

from doudi.calendar import Month
from doudi.events.eligibility import AwardGranted, AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardGranted
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE
from payments.app import SERVICE as PAYMENTS


@pytest.fixture
def who() -> Someone:
    return Someone("1957-06-01")


async def in_dibao(window: Window, who: Someone) -> Any:
    """Alone and without income; by RS2019 with the second posting, later without."""
    today = window.s.clock.today()
    person = member(1, who.born, "NONE") | {"person_id": str(who.person_id), "match_key": who.match_key}
    id_ = await window.receives(forwarded([person], "0.00", on=today))
    if today < date(2021, 7, 1):
        return await window.approves(id_)
    await window.checks(id_)
    await window.post(window.leader, id_, "decide", {"outcome": "APPROVED"})
    found = (await window.leader.get("/v1/awards")).json()["items"]
    return next(a for a in found if a["application_id"] == str(id_))


async def to_tekun(window: Window, who: Someone, award: Any) -> Any:
    case = await window.applies(who, tekun(), in_place_of=award["id"])
    await window.hangs(case["id"])
    await window.confirms(case["id"], status=409)  # decided with the end of dibao only
    life = Life(window.s)
    await life.decides(await life.proposes(award, "TRANSFER", "TO_OTHER_PROGRAMME", application_id=case["id"]))
    return await window.award_of(case["id"])


async def tekun_ends(window: Window, own: Any) -> None:
    change = await reports(window, own, tekun(), "ASKS_TO_LEAVE")
    await window.hangs(change["id"])
    await window.confirms(change["id"])


async def events(s: Running) -> list[Any]:
    return [*await s.said(AwardGranted), *await s.said(PersonalAwardGranted), *await s.said(AwardStopped)]


@pytest.mark.parametrize(
    ("day", "dibao", "own"), [(date(2020, 3, 2), "380.00", "510.00"), (date(2022, 11, 1), "380.00", "510.00")]
)
async def test_二十七_no_month_is_without_money_and_none_has_both(
    servers: Servers, who: Someone, day: date, dibao: str, own: str
):
    async with running(SERVICE, servers, today=day) as s:
        window = Window(s)
        first = await in_dibao(window, who)
        await s.tick(Month.parse(first["starts"]).first_day + timedelta(days=3))
        middle = await to_tekun(window, who, first)
        await s.tick(Month.parse(middle["starts"]).plus(1).first_day + timedelta(days=3))
        await tekun_ends(window, middle)
        last = await in_dibao(window, who)
        said = await events(s)
        ends = {str(e.award_id): e.last_month for e in said if isinstance(e, AwardStopped)}
        assert ends == {
            first["id"]: Month.parse(middle["starts"]).previous(), middle["id"]: Month.parse(last["starts"]).previous(),
        }  # fmt: skip
        active = [a for a in (await window.leader.get("/v1/awards")).json()["items"] if a["status"] == "ACTIVE"]
        assert [UUID(a["id"]) for a in active] == [UUID(last["id"])]
    begins = [Month.parse(a["starts"]) for a in (first, middle, last)]
    async with running(PAYMENTS, servers, today=begins[2].first_day) as s:
        for event in sorted(said, key=lambda e: isinstance(e, AwardStopped)):
            await s.deliver(event)
        payments, month, paid = Payments(s), begins[0], []
        while month <= begins[2]:
            paid.append((month, (await payments.confirmed(month))["total"]))
            month = month.next()
    assert paid == [(m, own if begins[1] <= m < begins[2] else dibao) for m, _ in paid]
    assert [total for _, total in paid] == [dibao, own, own, dibao]
