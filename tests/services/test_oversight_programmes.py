"""oversight: money of programmes of one person is compared with what was decided, item by item (R71)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from tests.services.oversight_world import CITY, VILLAGE, Case, account

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.eligibility import AwardGrantedV1
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardGranted, PersonalLine
from doudi.money import Money
from doudi.testing import running
from oversight.app import SERVICE


def granted(case: Case, *items: tuple[str, str]) -> PersonalAwardGranted:
    """What eligibility says of the case's person."""
    lines = [PersonalLine(person_id=case.person, item=item, amount=Money.yuan(amount)) for item, amount in items]
    return PersonalAwardGranted(
        award_id=case.award, application_id=case.application, decision_id=case.decision, person_id=case.person,
        division=VILLAGE, programme="TEKUN", rule_set="RS2019", lines=lines,
        amount=sum((line.amount for line in lines), Money.zero()), starts=Month(2020, 4),
        review_due_on=Month(2021, 3).last_day, account=account(),
    )  # fmt: skip


def line(case: Case, item: str, amount: str, month: Month | None = None) -> dict[str, Any]:
    """A payment of one item."""
    month = month or Month(2020, 4)
    key = f"TEKUN/{case.person}/{month}/{item}/1"
    return {
        "item": item, "amount": Money.yuan(amount), "payment_key": key, "programme": "TEKUN", "month": month,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("base", "care", "flags"),
    [("680.00", "493.33", 0), ("680.00", "493.32", 0), ("680.00", "493.30", 1), ("700.00", "500.00", 2)],
)
async def test_r71_each_item_as_decided(servers, base, care, flags):
    async with running(SERVICE, servers) as s:
        case = Case()
        await s.deliver(granted(case, ("BASE", "680.00"), ("CARE", "493.33")))
        await s.deliver(case.paid(uuid4(), **line(case, "BASE", base)), case.paid(uuid4(), **line(case, "CARE", care)))
        found = (await s.client(Role.INSPECTOR, CITY).get("/v1/flags", params={"indicator": "R71"})).json()["items"]
        assert len(found) == flags


async def test_r71_follows_an_adjustment(servers):
    async with running(SERVICE, servers) as s:
        case, may = Case(), Month(2020, 5)
        await s.deliver(granted(case, ("BASE", "530.00")))
        left = PersonalLine(person_id=case.person, item="TOP_UP", amount=Money.yuan("150.00"))
        await s.deliver(
            PersonalAwardAdjusted(
                award_id=case.award,
                from_month=may,
                lines=[left],
                amount=left.amount,
                reason="x",
                findings=[],
                adjusted_on=may.first_day,
                by="c",
            )
        )
        await s.deliver(case.paid(uuid4(), **line(case, "TOP_UP", "150.00", may)))
        await s.deliver(case.paid(uuid4(), **line(case, "BASE", "530.00", may)))
        found = (await s.client(Role.INSPECTOR, CITY).get("/v1/flags", params={"indicator": "R71"})).json()["items"]
        assert [flag["because"] for flag in found] == ["发放530.00元，应发0.00元，相差530.00元"]


async def test_r71_r72_rural_and_urban_dibao_are_two_moneys(servers):
    async with running(SERVICE, servers) as s:
        case, grant = Case(), Case().granted("600.00")
        urban = grant.model_copy(update={"award_id": case.award, "programme": "DIBAO_U", "lines": case.lines("600.00")})
        old = AwardGrantedV1(**{**urban.model_dump(), "programme": "DIBAO_R", "also_in_v2": True})
        await s.deliver(old, urban)

        def key(programme: str, payment: int) -> dict[str, Any]:
            name = f"{programme}/{case.person}/2020-04/BASE/{payment}"
            return {"payment_key": name, "programme": programme, "amount": Money.yuan("600.00")}

        await s.deliver(case.paid(uuid4(), **key("DIBAO_U", 1)), case.paid(uuid4(), **key("DIBAO_R", 1)))
        inspector = s.client(Role.INSPECTOR, CITY)
        assert (await inspector.get("/v1/flags")).json()["items"] == []
        await s.deliver(case.paid(uuid4(), **key("DIBAO_U", 2)))
        found = (await inspector.get("/v1/flags")).json()["items"]
        assert [(f["indicator"], f["subject_id"]) for f in found] == [("R72", f"DIBAO_U/{case.person}/2020-04/BASE")]
        assert len(await s.fetch("SELECT 1 FROM award_version")) == 1  # of the two versions one was heard
