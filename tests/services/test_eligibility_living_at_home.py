"""国发〔2015〕52号 二(一)1, domain §2.1: the disabled of dibao households get the living subsidy, insured or not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest_asyncio
from tests.services.eligibility_county import COUNTY, forwarded, member
from tests.services.eligibility_life import Life
from tests.services.eligibility_programmes import LIMB_2, Someone, Window, living
from tests.services.eligibility_standards import approved, call, executed

from doudi.events.eligibility import AwardStopped
from doudi.events.eligibility_programmes import PersonalAwardAdjusted
from doudi.testing import Running, Servers, running
from eligibility.app import SERVICE

DAY = date(2020, 1, 2)


@pytest_asyncio.fixture(loop_scope="session")
async def s(servers: Servers) -> AsyncIterator[Running]:
    async with running(SERVICE, servers, today=DAY) as s:
        yield s


async def partly_insured(window: Window, who: Someone) -> Any:
    """A C household of four by 民发〔2012〕220号, of whom the disabled one is not insured."""
    people = [
        member(1, "1980-01-01", earns=True),
        member(2, "1982-01-01"),
        member(3, "2010-01-01", "NONE", student=True),
        member(4, who.born, "PARTIAL", disability=LIMB_2)
        | {"person_id": str(who.person_id), "match_key": who.match_key},
    ]
    id_ = await window.receives(forwarded(people, "9600.00", on=window.s.clock.today()))
    award = await window.approves(id_, insured=[p["person_id"] for p in people[:2]])
    assert (award["assistance_class"], len(award["insured"])) == ("C", 2)
    return award


async def test_二_一_1_an_uninsured_member_of_a_dibao_household_gets_it_until_dibao_ends(s: Running):
    window, life, who = Window(s), Life(s), Someone("1985-03-01")
    award = await partly_insured(window, who)
    own = await window.gets(who, living())
    assert (own["amount"], own["starts"]) == ("100.00", "2020-01")
    await s.tick(date(2020, 2, 20))
    assert (await window.award_of(own["application_id"]))["status"] == "ACTIVE"
    await s.tick(date(2020, 3, 31))
    await life.decides(await life.proposes(award, "STOP", "WITHDRAWAL"))
    await s.tick(date(2020, 4, 1))
    ends = {str(e.award_id): str(e.last_month) for e in await s.said(AwardStopped)}
    assert ends == {award["id"]: "2020-03", own["id"]: "2020-03"}


async def test_二_一_1_who_left_the_household_is_no_member_any_more(s: Running):
    window, life, who = Window(s), Life(s), Someone("1985-03-01")
    award = await partly_insured(window, who)
    own = await window.gets(who, living())
    await life.at(date(2020, 2, 20))
    made = await life.review(award, "7200.00", left=[str(who.person_id)])
    assert (made["outcome"], made["intervention_id"]) == ("UNCHANGED", None)
    await s.tick(date(2020, 2, 21))
    assert (await window.award_of(own["application_id"]))["last_month"] == "2020-02"


async def test_二_一_1_whoever_lives_with_one_who_is_treated_as_single_is_in_no_dibao_household(s: Running):
    window, single, other = Window(s), Someone("1993-01-01"), Someone("1985-03-01")
    alone: dict[str, Any] = {"disability": LIMB_2, "applies_alone": True, "cannot_register_apart": True}
    people = [
        member(1, "1980-01-01", earns=True),
        member(2, single.born, "NONE", **alone) | {"person_id": str(single.person_id), "match_key": single.match_key},
        member(3, other.born, "PARTIAL", disability=LIMB_2)
        | {"person_id": str(other.person_id), "match_key": other.match_key},
    ]
    award = await window.approves(await window.receives(forwarded(people, "16200.00", on=s.clock.today())))
    assert (award["household_size"], award["insured"]) == (1, [str(single.person_id)])
    assert (await window.gets(single, living()))["amount"] == "100.00"
    told = await window.applies(other, living())
    assert told["determination"]["eligible"] is False
    assert "不是低保家庭成员" in str(told["determination"]["findings"])


async def test_二_一_1_a_raised_amount_reaches_the_uninsured_member(s: Running):
    window, who = Window(s), Someone("1985-03-01")
    await partly_insured(window, who)
    own = await window.gets(who, living())
    draft = {"standard": "living.amount", "amount": "120.00", "period": "MONTH", "valid_from": "2020-02-01",
             "document": "海政发〔2020〕9号"}  # fmt: skip
    body = {"division": COUNTY, "from_month": "2020-02", "draft": draft}
    job = await call(window.clerk, "POST", "/v1/redeterminations", body, 201)
    await approved(window, job)
    await executed(window, job)
    (adjusted,) = await s.said(PersonalAwardAdjusted)
    assert (str(adjusted.award_id), str(adjusted.from_month), str(adjusted.amount)) == (own["id"], "2020-02", "120.00")
