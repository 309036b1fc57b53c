"""The people of a county who pay: maker, checker, finance, the bank; told in steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from doudi.auth import Role
from doudi.calendar import Month
from doudi.clock import SHANGHAI
from doudi.division import Division
from doudi.events.eligibility import AwardAdjusted, AwardGranted, AwardLine, AwardStopped
from doudi.events.intake import DeathReported
from doudi.events.parts import Account
from doudi.events.relief import AdvanceGranted
from doudi.money import Money
from doudi.service import Courier
from doudi.testing import key_ring
from payments.handlers.courier import fetch_results, send_files

COUNTY = "640522000000"
OTHER_COUNTY = "640502000000"
VILLAGE = "640522105201"
GOOD, CLOSED = "6222020000000005555", "6222020000000000001"
MARCH, APRIL, MAY = Month(2020, 3), Month(2020, 4), Month(2020, 5)


def account(number: str = GOOD, name: str = "马小云", person: UUID | None = None) -> Account:
    keys = key_ring()
    return Account(
        payee_person_id=person or uuid4(),
        payee_name=keys.seal(name, "person.name"),
        payee_id_number=keys.seal("640522188001010019", "person.id_number"),
        number=keys.seal(number, "account.number"),
        bank_code="NXRCU",
    )


def award(*amounts: str, starts: Month = MARCH, pay_to: Account | None = None, **changes: Any) -> AwardGranted:
    """A household in which each person has one BASE line."""
    lines = [AwardLine(person_id=uuid4(), item="BASE", amount=Money.yuan(a)) for a in amounts or ("320.00",)]
    given: dict[str, Any] = {
        "award_id": uuid4(),
        "application_id": uuid4(),
        "decision_id": uuid4(),
        "household_id": uuid4(),
        "division": Division(VILLAGE),
        "programme": "DIBAO_R",
        "rule_set": "RS2019",
        "assistance_class": "B",
        "household_size": len(lines),
        "insured": [line.person_id for line in lines],
        "lines": lines,
        "amount": sum((line.amount for line in lines), Money.zero()),
        "starts": starts,
        "review_due_on": starts.plus(6).first_day,
        "account": pay_to or account(),
    }
    return AwardGranted(**(given | changes))


def stopped(given: AwardGranted, last: Month) -> AwardStopped:
    return AwardStopped(
        award_id=given.award_id, last_month=last, reason="x", findings=[], stopped_on=last.last_day, by="c"
    )


def adjusted(given: AwardGranted, from_month: Month, amount: str) -> AwardAdjusted:
    lines = [AwardLine(person_id=line.person_id, item="BASE", amount=Money.yuan(amount)) for line in given.lines]
    return AwardAdjusted(
        award_id=given.award_id, from_month=from_month, lines=lines, amount=Money.yuan(amount) * len(lines),
        household_size=len(lines), insured=given.insured, reason="x", findings=[], adjusted_on=from_month.first_day,
        by="c",
    )  # fmt: skip


def death(person: UUID, month: Month) -> DeathReported:
    day = month.first_day + timedelta(days=9)
    return DeathReported(person_id=person, match_key="k", died_on=day, reported_on=day, source="CIVIL_AFFAIRS")


def advance(**changes: Any) -> AdvanceGranted:
    case, person = uuid4(), uuid4()
    given: dict[str, Any] = {
        "relief_case_id": case,
        "payment_key": f"RELIEF/{person}/2020-03/ADVANCE/{case}",
        "person_id": person,
        "division": Division(VILLAGE),
        "persons": 4,
        "amount": Money.yuan("2000.00"),
        "level": "TOWNSHIP",
        "account": account(person=person),
        "granted_by": "leader-1",
        "verified_by": ["clerk-1", "cadre-2"],
        "granted_at": datetime(2020, 3, 2, 10, tzinfo=SHANGHAI),
        "findings": [],
    }
    return AdvanceGranted(**(given | changes))


class Bank(httpx.AsyncBaseTransport):
    """An agent bank that keeps files, credits each payment id once and returns accounts that end in 0001.

    `breaks` exceptions are raised after the file was taken, before the answer leaves.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.received: list[tuple[str, bytes]] = []
        self.breaks: list[Exception] = []
        self.day = "2020-03-02"

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            body, file_id = await request.aread(), request.headers["X-File-Id"]
            self.received.append((file_id, body))
            if self.files.setdefault(file_id, body) != body:
                return httpx.Response(409)
            if self.breaks:
                raise self.breaks.pop()
            return httpx.Response(202)
        file_id = request.url.path.split("/")[-2]
        if file_id not in self.files:
            return httpx.Response(404)
        return httpx.Response(200, text=self.results(file_id))

    def lines(self, file_id: str) -> list[tuple[str, str, str]]:
        """(payment id, account, amount) of a file."""
        from lxml import etree

        root = etree.fromstring(self.files[file_id])
        paths = ("{*}PmtId/{*}EndToEndId", "{*}CdtrAcct//{*}Id/{*}Othr/{*}Id", "{*}Amt/*")
        found = ([t.findtext(path) or "" for path in paths] for t in root.iterfind(".//{*}CdtTrfTxInf"))
        return [(payment, to, amount) for payment, to, amount in found]

    def results(self, file_id: str) -> str:
        rows = ["sequence,payment_id,status,reason,value_date"]
        for number, (payment, to, _) in enumerate(self.lines(file_id), 1):
            back = to.endswith("0001")
            rows.append(
                f"{number},{payment},{'RETURNED' if back else 'PAID'},{'ACCOUNT_CLOSED' if back else ''},{self.day}"
            )
        return "\n".join(rows) + "\n"


class County:
    """海原县's people who pay."""

    def __init__(self, s: Any) -> None:
        self.s = s
        self.bank = Bank()
        self.maker = s.client(Role.PAYMENTS_MAKER, COUNTY, "maker-1")
        self.checker = s.client(Role.PAYMENTS_CHECKER, COUNTY, "checker-1")
        self.finance = s.client(Role.FINANCE, COUNTY, "finance-1")

    async def send(self, by: Any, method: str, path: str, expect: int, **more: Any) -> Any:
        answer = await by.request(method, path, **more)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def open(self, month: Month = MARCH, kind: str = "MONTHLY", *, expect: int = 201, by: Any = None) -> Any:
        body = {"division": COUNTY, "month": str(month), "kind": kind}
        return await self.send(by or self.maker, "POST", "/v1/runs", expect, json=body)

    async def check(self, run: Any, *, by: Any = None, expect: int = 200) -> Any:
        return await self.send(by or self.checker, "POST", f"/v1/runs/{run['id']}/check", expect)

    async def confirm(self, run: Any, *, by: Any = None, expect: int = 200) -> Any:
        return await self.send(by or self.finance, "POST", f"/v1/runs/{run['id']}/confirm", expect)

    async def cancel(self, run: Any, expect: int = 200) -> Any:
        path = f"/v1/runs/{run['id']}/cancel"
        return await self.send(self.maker, "POST", path, expect, json={"because": "编制有误"})

    async def confirmed(self, month: Month = MARCH, kind: str = "MONTHLY") -> Any:
        run = await self.open(month, kind)
        await self.check(run)
        return await self.confirm(run)

    async def run(self, run: Any) -> Any:
        return await self.send(self.finance, "GET", f"/v1/runs/{run['id']}", 200)

    async def totals(self, run: Any) -> dict[str, tuple[int, str]]:
        rows = await self.send(self.maker, "GET", f"/v1/runs/{run['id']}/totals", 200)
        return {row["status"]: (row["lines"], row["total"]) for row in rows}

    async def payments(self, **params: Any) -> list[dict[str, Any]]:
        items = (await self.send(self.maker, "GET", "/v1/payments", 200, params=params))["items"]
        assert isinstance(items, list)
        return items

    async def file(self, run: Any, format: str = "pain.001") -> bytes:
        answer = await self.finance.get(f"/v1/runs/{run['id']}/bank-file", params={"format": format})
        assert answer.status_code == 200, answer.text
        return bytes(answer.content)

    async def bring(self, run: Any, text: str, *, by: Any = None, expect: int = 200) -> Any:
        path, headers = f"/v1/runs/{run['id']}/bank-results", {"Content-Type": "text/csv"}
        return await self.send(by or self.finance, "POST", path, expect, content=text.encode(), headers=headers)

    async def correct(self, subject: UUID, number: str = GOOD, expect: int = 200, **more: Any) -> Any:
        body = {"number": number, "bank_code": "NXRCU", "proof": "开户证明 2020-17", **more}
        return await self.send(self.maker, "POST", f"/v1/payees/{subject}/account", expect, json=body)

    async def courier(self) -> None:
        """Sends and fetches until nothing is left."""
        self.bank.day = self.s.clock.today().isoformat()
        async with httpx.AsyncClient(transport=self.bank) as http:
            for talk in (send_files, fetch_results):
                while await talk(Courier(self.s.runtime, http)):
                    pass

    async def later(self) -> None:
        """The pause of the courier is over."""
        await self.s.fetch("UPDATE errand SET not_before = clock_timestamp() - interval '1 second'")

    async def reconcile(self, month: Month = MARCH) -> dict[str, Any]:
        found = await self.send(self.maker, "GET", "/v1/reconciliation", 200, params={"month": str(month)})
        assert found["adds_up"]
        return dict(found)
