"""E25 to the bank. a: the township grants, the money leaves at once, what is still owed is told (887 per person, 2019).

| sentence                                                              | figures                       |
|-----------------------------------------------------------------------|-------------------------------|
| accepted 5 March, the township pays within its limit on the 6th       | 2,000.00 (2,000.01: county)   |
| the money is in the bank's file at once, under the three hands        | 2,000.00                      |
| floor 887 x 4; follow-up                                              | 3,548 - 2,000 = 1,548.00      |
| the emergency ended 11 March: ten working days                        | 25 March 2020                 |
| the county approves the follow-up, by another person                  | 1,548.00 paid, nothing owed   |
| b: 600 x 4 x 2 above the township's limit: posted, the county, the bank | 4,800.00                    |
| b: the same illness in September: the county                          | 600.00                        |
"""

from __future__ import annotations

from datetime import date

import pytest
from tests.services.payments_county import County
from tests.services.relief_requests import Asking
from tests.services.relief_town import Town

from doudi.events.payments import PaymentPaid
from doudi.events.relief import AdvanceGranted, AdvancePaid, FollowUpGranted, FollowUpPaid
from doudi.events.relief_requests import RequestGranted, RequestPaid
from doudi.testing import Servers, running
from payments.app import SERVICE as PAYMENTS
from relief.app import SERVICE as RELIEF


async def test_e25a_the_advance_is_paid_the_same_day_and_1548_is_still_owed(servers: Servers):
    async with (
        running(RELIEF, servers, today=date(2020, 3, 5)) as r,
        running(PAYMENTS, servers, today=date(2020, 3, 6), bank_url="http://bank.test") as p,
    ):
        town, county = Town(r), County(p)
        case = await town.report()
        await town.verify(case)
        r.clock.set(date(2020, 3, 6))
        granted = await town.grant(case)
        assert (granted["level"], granted["follow_up_owed"]) == ("TOWNSHIP", "1548.00")
        await p.deliver(*await r.said(AdvanceGranted))
        await county.courier()
        (paid,) = await p.said(PaymentPaid, case)
        assert (str(paid.amount), paid.paid_on, paid.item) == ("2000.00", date(2020, 3, 6), "ADVANCE")
        await r.deliver(paid)
        (told,) = await r.said(AdvancePaid)
        assert (str(told.relief_case_id), str(told.amount)) == (case, "2000.00")
        r.clock.set(date(2020, 3, 11))
        ended = await town.post(f"/{case}/end-emergency", {"ended_on": "2020-03-11"})
        assert ended["paperwork_due_on"] == "2020-03-25"
        assert (await town.get(f"/{case}"))["follow_up_owed"] == "1548.00"


async def test_e25a_the_county_approves_1548_and_it_is_paid_as_the_advance_was(servers: Servers):
    async with (
        running(RELIEF, servers, today=date(2020, 3, 6)) as r,
        running(PAYMENTS, servers, today=date(2020, 3, 6), bank_url="http://bank.test") as p,
    ):
        town, county = Town(r), County(p)
        case = await town.granted()
        more = await town.proposes(case)
        granted = await town.settles(more["id"], "grant")
        assert (granted["amount"], granted["settled_by"]) == ("1548.00", "county-1")
        (follow_up,) = await r.said(FollowUpGranted)
        await p.deliver(*await r.said(AdvanceGranted), follow_up)
        await p.deliver(follow_up)
        await county.courier()
        paid = await p.said(PaymentPaid, case)
        assert [(str(one.amount), one.item) for one in paid] == [("2000.00", "ADVANCE"), ("1548.00", "FOLLOW_UP")]
        await r.deliver(*paid)
        (told,) = await r.said(FollowUpPaid, case)
        assert (str(told.amount), told.paid_on) == ("1548.00", date(2020, 3, 6))
        assert (await town.get(f"/{case}/follow-ups"))[0]["status"] == "PAID"
        assert (await town.get(f"/{case}"))["follow_up_owed"] == "0.00"


@pytest.mark.parametrize(
    ("registry", "persons", "owed"), [("RETURNED", 4, "1548.00"), ("RETURNED", 2, "0.00"), ("NOT_OUT", 4, "0.00")]
)
async def test_e25a_the_floor_is_of_those_who_fell_back(servers: Servers, registry: str, persons: int, owed: str):
    async with running(RELIEF, servers, today=date(2020, 3, 5)) as r:
        town = Town(r)
        case = await town.report(registry=registry, persons=persons)
        await town.verify(case)
        assert (await town.grant(case))["follow_up_owed"] == owed


async def test_e25b_4800_is_the_county_s_is_posted_and_paid(servers: Servers):
    async with (
        running(RELIEF, servers, today=date(2020, 3, 5)) as r,
        running(PAYMENTS, servers, today=date(2020, 3, 13), bank_url="http://bank.test") as p,
    ):
        town, county = Asking(r), County(p)
        request = (await town.asks())["id"]
        assert (await town.reviews(request))["amount"] == "4800.00"
        await town.step(request, "post")
        (shown,) = await town.board()
        assert (shown["applicant"], shown["amount"], shown["category"]) == ("马小云", "4800.00", "医疗支出")
        town.later(8)
        refused = await town.step(request, "grant", by=town.leader, expect=409)
        assert refused["type"] == "/problems/above-township-limit"
        await town.step(request, "forward", by=town.leader)
        granted = await town.step(request, "grant", by=town.county)
        assert (granted["level"], granted["amount"]) == ("COUNTY", "4800.00")
        await p.deliver(*await r.said(RequestGranted))
        await p.deliver(*await r.said(RequestGranted))
        await county.courier()
        (paid,) = await p.said(PaymentPaid, request)
        assert (str(paid.amount), paid.item) == ("4800.00", "EXPENDITURE")
        await r.deliver(paid)
        (told,) = await r.said(RequestPaid, request)
        assert (str(told.amount), told.paid_on) == ("4800.00", date(2020, 3, 13))
        assert (await town.acts_get(f"relief-requests/{request}"))["status"] == "PAID"


async def test_e25b_a_second_request_for_the_illness_in_the_year_needs_the_county(servers: Servers):
    async with running(RELIEF, servers, today=date(2020, 3, 5)) as r:
        town = Asking(r)
        await town.step(await town.before_the_county(), "grant", by=town.county)
        r.clock.set(date(2020, 9, 1))
        second = await town.hung(others=[], seen={"months": 1})
        refused = await town.step(second, "grant", by=town.leader, expect=409)
        assert refused["type"] == "/problems/second-time-needs-county"
        await town.step(second, "forward", by=town.leader)
        granted = await town.step(second, "grant", by=town.county)
        assert (granted["level"], granted["amount"]) == ("COUNTY", "600.00")
