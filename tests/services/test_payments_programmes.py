"""payments: the money of programmes of one person, item by item, from the month in which it begins; never twice."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from tests.services.payments_county import APRIL, MARCH, MAY, VILLAGE, County, account, award, death

from doudi.calendar import Month
from doudi.division import Division
from doudi.events.eligibility import AwardGrantedV1, AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardAdjusted, PersonalAwardGranted, PersonalLine
from doudi.money import Money
from doudi.testing import running
from payments.app import SERVICE


def personal(programme: str, *items: tuple[str, str], starts: Month = MARCH, **changes: Any) -> PersonalAwardGranted:
    """An award of one person with these items."""
    person = changes.pop("person", None) or uuid4()
    lines = [PersonalLine(person_id=person, item=item, amount=Money.yuan(amount)) for item, amount in items]
    given: dict[str, Any] = {
        "award_id": uuid4(),
        "application_id": uuid4(),
        "decision_id": uuid4(),
        "person_id": person,
        "division": Division(VILLAGE),
        "programme": programme,
        "rule_set": "RS2019",
        "lines": lines,
        "amount": sum((line.amount for line in lines), Money.zero()),
        "starts": starts,
        "review_due_on": starts.plus(12).first_day,
        "account": account(),
    }
    return PersonalAwardGranted(**(given | changes))


def paid(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["payment_key"], row["amount"]) for row in rows}


async def test_each_programme_and_item_has_its_own_key_and_remark(servers):
    async with running(SERVICE, servers) as s:
        county, person = County(s), uuid4()
        tekun = personal("TEKUN", ("BASE", "680.00"), ("CARE", "493.33"))
        living = personal("LIVING_SUB", ("LIVING", "100.00"), ("TOP_UP", "20.00"), person=person)
        care = personal("CARE_SUB", ("CARE", "80.00"), person=person)
        await s.deliver(tekun, living, care)
        run = await county.confirmed(MARCH)
        assert (run["lines"], run["total"]) == (5, "1373.33")
        assert paid(await county.payments()) == {
            (f"TEKUN/{tekun.person_id}/2020-03/BASE/1", "680.00"),
            (f"TEKUN/{tekun.person_id}/2020-03/CARE/1", "493.33"),
            (f"LIVING_SUB/{person}/2020-03/LIVING/1", "100.00"),
            (f"LIVING_SUB/{person}/2020-03/TOP_UP/1", "20.00"),
            (f"CARE_SUB/{person}/2020-03/CARE/1", "80.00"),
        }
        text = (await county.file(run, "csv")).decode("utf-8-sig")
        for words in ("特困供养 2020-03", "残疾人生活补贴 2020-03", "残疾人护理补贴 2020-03"):
            assert words in text


async def test_a_subsidy_is_paid_from_the_month_of_application_and_nothing_twice(servers):
    async with running(SERVICE, servers, today=date(2020, 5, 2)) as s:
        county, living = County(s), personal("LIVING_SUB", ("LIVING", "100.00"), starts=MARCH)
        await s.deliver(living, living)
        await county.confirmed(MAY)
        assert sorted(row["month"] for row in await county.payments()) == ["2020-03", "2020-04", "2020-05"]
        assert (await county.open(MAY, expect=409))["type"] == "/problems/nothing-to-pay"


async def test_an_allowance_becomes_the_difference_ends_and_is_not_paid_to_the_dead(servers):
    async with running(SERVICE, servers, today=date(2020, 3, 2)) as s:
        county = County(s)
        child, gone, dead = (personal("DEFACTO", ("BASE", "530.00")) for _ in range(3))
        await s.deliver(child, gone, dead)
        await county.confirmed(MARCH)
        line = PersonalLine(person_id=child.person_id, item="TOP_UP", amount=Money.yuan("150.00"))
        changed = PersonalAwardAdjusted(
            award_id=child.award_id, from_month=APRIL, lines=[line], amount=line.amount, reason="x", findings=[],
            adjusted_on=date(2020, 3, 20), by="c",
        )  # fmt: skip
        ended = AwardStopped(
            award_id=gone.award_id, last_month=MARCH, reason="x", findings=[], stopped_on=date(2020, 3, 20), by="c"
        )
        await s.deliver(changed, ended, death(dead.person_id, MARCH))
        s.clock.set(date(2020, 4, 2))
        run = await county.confirmed(APRIL)
        april = [row for row in await county.payments() if row["run_id"] == run["id"]]
        assert paid(april) == {(f"DEFACTO/{child.person_id}/2020-04/TOP_UP/1", "150.00")}


async def test_a_place_without_money_is_no_line(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        await s.deliver(personal("ENTRUST"))
        assert (await county.open(MARCH, expect=409))["type"] == "/problems/nothing-to-pay"


async def test_a_price_subsidy_is_one_month_however_late_it_is_paid(servers):
    async with running(SERVICE, servers, today=date(2020, 5, 2)) as s:
        county, price = County(s), personal("PRICE_SUB", ("PRICE", "21.66"), application_id=None)
        ended = AwardStopped(
            award_id=price.award_id, last_month=MARCH, reason="x", findings=[], stopped_on=date(2020, 5, 2), by="c"
        )
        await s.deliver(price, ended)
        await county.confirmed(MAY)
        assert paid(await county.payments()) == {(f"PRICE_SUB/{price.person_id}/2020-03/PRICE/1", "21.66")}


async def test_rural_and_urban_dibao_are_two_programmes_from_the_key_to_the_remark(servers):
    async with running(SERVICE, servers) as s:
        county = County(s)
        rural, urban = award("320.00", "320.00"), award("600.00", programme="DIBAO_U")
        person = urban.lines[0].person_id
        await s.deliver(rural, urban)
        run = await county.confirmed(MARCH)
        answer = await county.send(county.maker, "GET", f"/v1/runs/{run['id']}/programmes", 200)
        assert [tuple(row.values()) for row in answer] == [
            ("DIBAO_R", "BASE", 2, "640.00"),
            ("DIBAO_U", "BASE", 1, "600.00"),
        ]
        assert paid(await county.payments(programme="DIBAO_U")) == {(f"DIBAO_U/{person}/2020-03/BASE/1", "600.00")}
        text = (await county.file(run, "csv")).decode("utf-8-sig")
        assert (text.count("农村低保 2020-03"), text.count("城市低保 2020-03")) == (2, 1)


async def test_version_1_of_a_grant_counts_only_where_version_2_was_not_said(servers):
    async with running(SERVICE, servers) as s:
        county, new, before = County(s), award("600.00", programme="DIBAO_U"), award("320.00")
        told = new.model_dump() | {"programme": "DIBAO_R", "standard_of": "DIBAO_U", "also_in_v2": True}
        await s.deliver(AwardGrantedV1(**told))
        assert (await county.open(expect=409))["type"] == "/problems/nothing-to-pay"
        await s.deliver(new, AwardGrantedV1(**before.model_dump()))
        await county.open()
        assert paid(await county.payments()) == {
            (f"DIBAO_U/{new.lines[0].person_id}/2020-03/BASE/1", "600.00"),
            (f"DIBAO_R/{before.lines[0].person_id}/2020-03/BASE/1", "320.00"),
        }


async def test_a_standard_that_rose_before_is_owed_as_due_less_paid(servers):
    async with running(SERVICE, servers, today=date(2020, 5, 2)) as s:
        county, tekun = County(s), personal("TEKUN", ("BASE", "510.00"))
        await s.deliver(tekun)
        await county.confirmed(APRIL)  # March and April at 510.00
        raised = [PersonalLine(person_id=tekun.person_id, item="BASE", amount=Money.yuan("572.00"))]
        adjusted = PersonalAwardAdjusted(
            award_id=tekun.award_id, from_month=APRIL, lines=raised, amount=Money.yuan("572.00"), reason="标准调整",
            findings=[], adjusted_on=date(2020, 5, 2), by="county-leader", redetermination_id=uuid4(),
        )  # fmt: skip
        await s.deliver(adjusted, adjusted)
        await county.confirmed(MAY)
        rows = [(r["item"], r["amount"]) for r in await county.payments()]
        assert sorted(rows) == [("ARREARS", "62.00"), ("BASE", "510.00"), ("BASE", "510.00"), ("BASE", "572.00")]
