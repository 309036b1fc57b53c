"""The people of a county who take back what was overpaid; told in steps."""

from __future__ import annotations

from typing import Any

from tests.services.payments_county import APRIL, COUNTY, MARCH, MAY, County

from doudi.auth import Role
from doudi.calendar import Month
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardLine
from doudi.money import Money
from doudi.service.tasks import run_due
from payments.handlers.overpaid import examine

MONTHS = (MARCH, APRIL, MAY)


class Recoveries(County):
    """海原县's finance, its leader and its clerk, with a recovery."""

    def __init__(self, s: Any) -> None:
        super().__init__(s)
        self.leader = s.client(Role.COUNTY_LEADER, COUNTY, "leader-1")
        self.clerk = s.client(Role.COUNTY_CLERK, COUNTY, "clerk-1")

    async def pays(self, *months: Month) -> None:
        """The runs of these months, to the account."""
        for month in months:
            await self.confirmed(month)
            await self.courier()

    async def bank_pays(self, run: Any) -> None:
        """Finance brought the file to the bank and the bank paid every line of it."""
        rows = ["sequence,payment_id,status,reason,value_date"]
        lines = [line for line in await self.payments(limit=200) if line["run_id"] == run["id"]]
        for number, line in enumerate(lines, 1):
            rows.append(f"{number},{line['id']},PAID,,{self.s.clock.today()}")
        await self.bring(run, "\n".join(rows) + "\n")

    async def looks(self) -> None:
        """The service looks at the awards whose due changed."""
        await run_due(self.s.runtime, examine)

    async def cases(self, **params: Any) -> list[dict[str, Any]]:
        await self.looks()
        items = (await self.send(self.finance, "GET", "/v1/recoveries", 200, params=params))["items"]
        assert isinstance(items, list)
        return items

    async def case(self, **params: Any) -> dict[str, Any]:
        (only,) = await self.cases(**params)
        return dict(await self.send(self.finance, "GET", f"/v1/recoveries/{only['id']}", 200))

    async def act(self, by: Any, case: Any, verb: str, expect: int = 200, **body: Any) -> Any:
        path = f"/v1/recoveries/{case['id']}/{verb}"
        return await self.send(by, "POST", path, expect, **({"json": body} if body else {}))

    async def decides(self, case: Any, amount: str, expect: int = 200, **more: Any) -> Any:
        body = {"amount": amount, "fault": "NO_FAULT", "because": "成员死亡后多发", **more}
        return await self.act(self.leader, case, "decide", expect, **body)

    async def told(self, case: Any, amount: str, **more: Any) -> Any:
        """Decided and told."""
        await self.decides(case, amount, **more)
        return await self.act(self.clerk, case, "notify")

    async def repays(self, case: Any, amount: str, receipt: str, expect: int = 200, **more: Any) -> Any:
        body = {"amount": amount, "way": "TRANSFER", "receipt": receipt, "repaid_on": str(self.s.clock.today())}
        return await self.act(self.finance, case, "repayments", expect, **(body | more))

    async def opens(self, subject: Any, *claims: tuple[Any, str], expect: int = 201) -> Any:
        lines = [{"payment_id": str(payment), "amount": amount} for payment, amount in claims]
        body = {"subject_id": str(subject), "payments": lines, "because": "核查发现隐瞒收入"}
        return await self.send(self.finance, "POST", "/v1/recoveries", expect, json=body)


def less(given: AwardGranted, since: Month, from_month: Month, *amounts: str) -> AwardAdjusted:
    """From a month on other amounts, of which it is known late that no more was due since another."""
    lines = [
        AwardLine(person_id=line.person_id, item="BASE", amount=Money.yuan(amount))
        for line, amount in zip(given.lines, amounts, strict=False)
    ]
    return AwardAdjusted(
        award_id=given.award_id, from_month=from_month, lines=lines,
        amount=sum((line.amount for line in lines), Money.zero()), household_size=len(lines), insured=given.insured,
        reason="x", findings=[], adjusted_on=from_month.first_day, by="c", due_since=since,
    )  # fmt: skip
