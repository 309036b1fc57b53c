"""A standard that is dated back, from the county's decision to the arrears in the bank file: once, to the fen."""

from __future__ import annotations

from datetime import date

from tests.services.eligibility_county import County as Bureau
from tests.services.eligibility_standards import RAISED, granted, proposed, whole
from tests.services.payments_county import APRIL, MAY, County

from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardGranted
from doudi.testing import running
from eligibility.app import SERVICE as ELIGIBILITY
from payments.app import SERVICE as PAYMENTS

JUNE = Month(2020, 6)


async def test_the_difference_of_april_to_june_is_one_line_a_person_and_never_comes_again(servers):
    async with (
        running(ELIGIBILITY, servers, today=date(2020, 3, 2)) as e,
        running(PAYMENTS, servers, today=date(2020, 6, 2)) as p,
    ):
        bureau, county = Bureau(e), County(p)
        award = await granted(bureau, "4800.00", 10)
        await p.deliver(*await e.said(AwardGranted))
        for month in (APRIL, MAY, JUNE):
            await county.confirmed(month)
        await e.tick(date(2020, 6, 15))
        await whole(bureau, RAISED, "2020-04")
        (adjusted,) = await e.said(AwardAdjusted, award["id"])
        assert (str(adjusted.from_month), str(adjusted.amount)) == ("2020-04", "480.00")
        await p.deliver(adjusted)
        run = await county.confirmed(JUNE)
        lines = [x for x in await county.payments() if x["run_id"] == run["id"]]
        assert sorted((x["item"], x["amount"]) for x in lines) == [("ARREARS", "180.00")] * 2  # 60.00 x 3 (C18)
        await p.deliver(adjusted)
        assert (await county.open(JUNE, expect=409))["type"] == "/problems/nothing-to-pay"
        # The same standard again changes nobody: it is what is paid.
        again = await proposed(
            bureau, {**RAISED, "valid_from": "2020-03-31", "document": "海政发〔2020〕10号"}, "2020-06"
        )
        assert (again["figures"]["same"], again["figures"]["change_month"]) == (1, "0.00")
