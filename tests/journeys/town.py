"""A town in which all six services run on a real Kafka and a real PostgreSQL, and the people in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from doudi.auth import Role
from doudi.clock import FixedClock
from doudi.identity import check_digit
from doudi.service.app import ensure_topics
from doudi.testing import PACKAGES, Running, Servers, running, service_named, until
from tests.journeys.outside import outside

VILLAGE, TOWNSHIP, COUNTY, CITY = "640522105201", "640522105000", "640522000000", "640500000000"
STEPS = ["EXPLAIN_POLICY", "PRESENT_CASE", "DISCUSS", "CONCLUDE", "ALL_SIGN"]
ONE_POSTING = date(2021, 7, 1)
"""From here on an approval is published after the decision (民发〔2021〕57号 art. 24)."""
GOOD, CLOSED = "6222020000000000000", "6222020000000000001"


class Town:
    """The services, the outside and the clock that they share."""

    def __init__(self, services: dict[str, Running], clock: FixedClock, clock_file: Path, bank: httpx.AsyncClient):
        self.services, self.bank = services, bank
        self._clock, self._clock_file = clock, clock_file
        self._people = 0

    def __getattr__(self, name: str) -> Running:
        try:
            return self.services[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def today(self) -> date:
        """The town's day."""
        return self._clock.today()

    def day(self, day: date) -> None:
        """Time passes for everybody."""
        self._clock.set(day)
        self._clock_file.write_text(day.isoformat())

    def days(self, count: int) -> None:
        """So many days later."""
        self.day(self.today + timedelta(days=count))

    def client(self, service: str, role: Role, division: str, sub: str) -> httpx.AsyncClient:
        """Somebody at a service's desk."""
        return self.services[service].client(role, division, sub)

    def citizen(self, born: date) -> str:
        """A well-formed ID number of nobody."""
        self._people += 1
        body = f"640522{born:%Y%m%d}{self._people:03d}"
        return body + check_digit(body)

    def family(self, *births: tuple[str, date], income_year: str, account: str = GOOD, labour: str = "FULL") -> Family:
        """People of one household: (relation, birth date) each, the head first."""
        return Family(self, births, income_year, account, labour)

    async def flags(self) -> list[tuple[str, str]]:
        """What oversight asks: (indicator, subject)."""
        inspector = self.client("oversight", Role.INSPECTOR, CITY, "inspector-1")
        items = (await inspector.get("/v1/flags", params={"limit": 200})).json()["items"]
        return [(flag["indicator"], flag["subject_id"]) for flag in items]

    async def pays(self, month: str, kind: str = "MONTHLY", *, lines: int = 1) -> dict[str, Any]:
        """Maker, checker, finance; the courier takes the file to the bank and brings the results."""
        maker = self.client("payments", Role.PAYMENTS_MAKER, COUNTY, "maker-1")
        checker = self.client("payments", Role.PAYMENTS_CHECKER, COUNTY, "checker-1")
        finance = self.client("payments", Role.FINANCE, COUNTY, "finance-1")

        async def opened() -> Any:
            """Awards reach payments through Kafka: a list opened too early is cancelled and opened again."""
            body = {"division": COUNTY, "month": month, "kind": kind}
            answer = await maker.post("/v1/runs", json=body)
            if answer.status_code == 409:
                return None  # nothing to pay yet
            run = answer.json()
            if run["lines"] >= lines:
                return run
            await done(maker, f"/v1/runs/{run['id']}/cancel", {"because": "名单未齐"})
            return None

        run = await until(opened)
        await done(checker, f"/v1/runs/{run['id']}/check")
        await done(finance, f"/v1/runs/{run['id']}/confirm")

        async def settled() -> bool:
            return bool((await finance.get(f"/v1/runs/{run['id']}")).json()["status"] == "DONE")

        await until(settled)
        return dict(run)


async def done(who: httpx.AsyncClient, path: str, body: Any = None, status: int = 200) -> Any:
    """One act; its answer. Fails with the problem when it was refused."""
    answer = await who.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
    return answer.json()


class Family:
    """A household that applies for dibao, and the officers who handle it.

    By relation: `seen`, what of a member differs from the others (labour, earns …), `places`, of a membership,
    `disabled`, a certificate. `home` is the household's book, `asks` what the application says beside the usual.
    """

    def __init__(
        self, town: Town, births: tuple[tuple[str, date], ...], income_year: str, account: str, labour: str
    ) -> None:
        self.town, self.births, self.income_year, self.account = town, births, income_year, account
        self.labour = labour
        self.declares = {"name": "马小云", "phone": "13900001234", "address": "七营村三组"}
        self.home: dict[str, Any] = {"hukou": "RURAL"}
        self.seen: dict[str, dict[str, Any]] = {}
        self.places: dict[str, dict[str, Any]] = {}
        self.disabled: dict[str, dict[str, Any]] = {}
        self.applicant, self.supporters = "HEAD", list[dict[str, Any]]()
        self.asks: dict[str, Any] = {}
        self.people: dict[str, str] = {}
        self.id_numbers: list[str] = []
        self.application = ""
        self.award = ""
        self.clerk = town.client("intake", Role.CLERK, TOWNSHIP, "clerk-1")
        self.reviewer = town.client("intake", Role.REVIEWER, TOWNSHIP, "reviewer-1")
        self.preparer = town.client("eligibility", Role.COUNTY_CLERK, COUNTY, "county-clerk")
        self.checker = town.client("eligibility", Role.COUNTY_CHECKER, COUNTY, "county-checker")
        self.leader = town.client("eligibility", Role.COUNTY_LEADER, COUNTY, "county-leader")

    @property
    def means(self) -> dict[str, Any]:
        """What they live on."""
        return {"income_year": self.income_year, "deposits": "0.00", "supporters": self.supporters}

    @property
    def found(self) -> dict[str, Any]:
        """What the surveyors find that they live on."""
        return self.means

    async def applies(self) -> None:
        """At the window, with all papers."""
        members = []
        for relation, born in self.births:
            number = self.town.citizen(born)
            body: dict[str, Any] = {
                "id_number": number, "division": VILLAGE, "labour": self.labour, **self.declares,
                **self.seen.get(relation, {}), "disability": self.disabled.get(relation),
            }  # fmt: skip
            person = (await done(self.clerk, "/v1/persons", body, 201))["id"]
            self.people[relation], self.id_numbers = person, [*self.id_numbers, number]
            members.append({"person_id": person, "relation": relation, **self.places.get(relation, {})})
        body = {"division": VILLAGE, "members": members, **self.home}
        household = (await done(self.clerk, "/v1/households", body, 201))["id"]
        adults = [self.people[r] for r, born in self.births if (self.town.today - born).days > 18 * 366]
        applicant = self.people[self.applicant]
        body = {
            "household_id": household, "applicant_id": applicant, "channel": "WINDOW", "entrusted": False,
            "signed": True, "truth_promised": True, "consents": adults, "declared": self.means, "relatives": [],
            "account": {"payee_person_id": applicant, "number": self.account, "bank_code": "BOC"}, **self.asks,
        }  # fmt: skip
        await self.sends(body)

    async def sends(self, body: dict[str, Any]) -> None:
        """The application is handed in."""
        self.application = (await done(self.clerk, "/v1/applications", body, 201))["id"]

    async def act(self, verb: str, body: Any = None, by: httpx.AsyncClient | None = None) -> Any:
        """The township does something to the application."""
        return await done(by or self.clerk, f"/v1/applications/{self.application}/{verb}", body)

    async def state(self) -> str:
        """Where the application stands at the window."""
        answer = await self.clerk.get(f"/v1/applications/{self.application}")
        return str(answer.json()["state"])

    async def is_surveyed(self) -> None:
        """Accepted, matched with the departments, visited."""
        await self.act("accept")
        await self.act("match")

        async def matched() -> bool:
            return bool((await self.clerk.get(f"/v1/applications/{self.application}")).json()["matching"] == "PASSED")

        await until(matched)
        visit = {
            "visited_on": self.town.today.isoformat(), "surveyors": ["clerk-1", "cadre-2"], "surveyors_signed": True,
            "applicant_signed": True, "means": self.found,
            "found": [
                {"person_id": person, "labour": self.labour, **self.seen.get(relation, {})}
                for relation, person in self.people.items()
            ],
        }  # fmt: skip
        await self.act("home-visit", visit)

    async def is_posted(self) -> None:
        """Assessed by the village, reviewed by the township, posted."""
        meeting = {
            "held_on": self.town.today.isoformat(), "present": 9, "representatives": 6, "steps": STEPS,
            "conclusion": "AGREED",
        }  # fmt: skip
        await self.act("assessment", meeting)
        await self.act("review", {"opinion": "SUPPORT", "reason": "人均收入低于标准"}, self.reviewer)
        await self.act("post")

    async def reaches_the_county(self) -> None:
        """The posting ends quietly; the case travels through Kafka."""
        self.town.days(8)

        async def there() -> bool:
            return (await self.preparer.get(f"/v1/cases/{self.application}")).status_code == 200

        await until(there)

    async def county(self, verb: str, body: Any = None, by: httpx.AsyncClient | None = None, status: int = 200) -> Any:
        """The county does something to the case."""
        return await done(by or self.leader, f"/v1/cases/{self.application}/{verb}", body, status)

    async def is_checked(self, **choice: Any) -> Any:
        """Prepared, checked, visited; what the rules say."""
        made = await self.county("prepare", choice, self.preparer)
        await self.county("check", {}, self.checker)
        visit = {"visited_on": self.town.today.isoformat(), "visitors": ["county-clerk", "county-checker"]}
        await self.county("visits", visit, self.preparer)
        return made

    async def is_approved(self) -> dict[str, Any]:
        """The second posting hangs and ends, where the law still knows one; the leader signs. The award."""
        if self.town.today < ONE_POSTING:
            await self.is_posted_again()
        await self.county("decide", {"outcome": "APPROVED"})
        awards = (await self.leader.get("/v1/awards", params={"limit": 200})).json()["items"]
        award = next(a for a in awards if a["application_id"] == self.application)
        self.award = award["id"]

        async def known() -> bool:
            return await self.state() == "APPROVED"

        await until(known)
        return dict(award)

    async def is_posted_again(self) -> None:
        """The second posting hangs and ends."""
        await self.county("propose")
        self.town.days(8)

        async def ended() -> bool:
            return bool((await self.preparer.get(f"/v1/cases/{self.application}")).json()["status"] == "POSTED")

        await until(ended)

    async def is_granted(self) -> dict[str, Any]:
        """The whole way from the window to the award."""
        await self.applies()
        await self.is_surveyed()
        await self.is_posted()
        await self.reaches_the_county()
        await self.is_checked()
        return await self.is_approved()

    async def received(self) -> list[tuple[str, str, str]]:
        """(month, amount, state) of every line of its award."""
        maker = self.town.client("payments", Role.PAYMENTS_MAKER, COUNTY, "maker-1")
        lines = (await maker.get("/v1/payments", params={"subject_id": self.award, "limit": 200})).json()["items"]
        return sorted((line["month"], line["amount"], line["status"]) for line in lines)


@asynccontextmanager
async def town(servers: Servers, folder: Path, today: date = date(2020, 3, 2)) -> AsyncIterator[Town]:
    """All six services, their topics under a prefix of their own, and the outside."""
    prefix = f"t{uuid4().hex[:8]}"
    clock, clock_file = FixedClock(today), folder / "clock"
    clock_file.write_text(today.isoformat())
    names = [package.replace("_", "-") for package in PACKAGES]
    await ensure_topics(servers.kafka, [f"{prefix}.{name}" for name in names], partitions=3)
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(outside(folder, clock_file))
        services = {}
        for package in PACKAGES:
            service = service_named(package)
            more: dict[str, Any] = {"topic_prefix": prefix, "pool_size": 4}
            if package == "payments":
                more["bank_url"] = f"{url}/bank"
            if package == "intake":
                more["departments_url"] = f"{url}/departments"
            services[package] = await stack.enter_async_context(
                running(service, servers, kafka=True, clock=clock, **more)
            )
        bank = await stack.enter_async_context(httpx.AsyncClient(base_url=f"{url}/bank", trust_env=False))
        yield Town(services, clock, clock_file, bank)
