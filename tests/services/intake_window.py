"""People at the window of 七营镇, told in steps, and departments that answer as they are told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import uvicorn
from fastapi import FastAPI, Response

VILLAGE = "640522105201"
TOWNSHIP = "640522105000"
OTHER_TOWNSHIP = "640522101000"
COUNTY = "640522000000"
STEPS = ["EXPLAIN_POLICY", "PRESENT_CASE", "DISCUSS", "CONCLUDE", "ALL_SIGN"]
ACCOUNT = "6222020000000000000"
MEANS = {"income_year": "6480.00", "deposits": "1000.00"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen(born: date, sequence: int) -> str:
    """A well-formed ID number of nobody: region 640522, the sequence's parity is the sex."""
    body = f"640522{born:%Y%m%d}{sequence:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


class Departments:
    """The matching centre: answers NO_RECORD unless told otherwise, and nothing while its gate is shut."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.replies: dict[tuple[str, str], dict[str, Any]] = {}
        self.broken: set[str] = set()
        self.reached, self.gate = asyncio.Event(), asyncio.Event()
        self.gate.set()

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/v1/queries")
        async def query(body: dict[str, Any]) -> Any:
            self.asked.append(body)
            self.reached.set()
            await self.gate.wait()
            if body["source"] in self.broken:
                return Response(status_code=503)
            return self.replies.get((body["id_number"], body["source"]), {"code": "NO_RECORD"})

        return app


@asynccontextmanager
async def departments() -> AsyncIterator[Departments]:
    """Departments on a free port of this machine."""
    centre = Departments()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        centre.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(centre.app(), log_level="error", lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield centre
        finally:
            server.should_exit = True
            await task


class Window:
    """A township's window and the people before it. `s` is the running service."""

    def __init__(self, s: Any, roles: Any) -> None:
        self.s = s
        self.clerk = s.client(roles.CLERK, TOWNSHIP, sub="clerk-1")
        self.leader = s.client(roles.REVIEWER, TOWNSHIP, sub="leader-1")
        self.family: dict[str, str] = {}
        self.household = ""
        self.id = ""

    async def post(self, path: str, body: dict[str, Any] | None = None, *, by: Any = None, expect: int = 200) -> Any:
        """Sends, and holds the status to what is expected; returns the body."""
        answer = await (by or self.clerk).post(path, json=body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def register(self, id_number: str, **changes: Any) -> str:
        """A person is registered."""
        body = {
            "id_number": id_number,
            "name": "马小云",
            "division": VILLAGE,
            "phone": "13900001234",
            "address": "七营村三组12号",
            "labour": "PARTIAL",
            **changes,
        }
        answer = await self.clerk.post("/v1/persons", json=body)
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["id"])

    async def register_family(self, start: int = 1) -> None:
        """A couple and a child of ten, at one household number."""
        people = [("HEAD", date(1970, 5, 1)), ("SPOUSE", date(1972, 6, 1)), ("CHILD", date(2010, 1, 15))]
        members = []
        for offset, (relation, born) in enumerate(people):
            person = await self.register(citizen(born, start + offset))
            self.family[relation] = person
            members.append({"person_id": person, "relation": relation})
        body = {"division": VILLAGE, "hukou": "RURAL", "members": members}
        self.household = (await self.post("/v1/households", body, expect=201))["id"]

    def papers(self) -> dict[str, Any]:
        """Everything that the law asks for."""
        return {
            "signed": True,
            "truth_promised": True,
            "consents": [self.family["HEAD"], self.family["SPOUSE"]],
            "declared": MEANS,
            "relatives": [],
            "account": {"payee_person_id": self.family["HEAD"], "number": ACCOUNT, "bank_code": "BOC"},
        }

    async def apply(self, *, expect: int = 201, **changes: Any) -> Any:
        """The head applies with all papers, unless `changes` says otherwise."""
        body = {
            "household_id": self.household,
            "applicant_id": self.family["HEAD"],
            **self.papers(),
            **changes,
        }
        answer = await self.post("/v1/applications", body, expect=expect)
        self.id = answer.get("id", self.id)
        return answer

    async def act(self, verb: str, body: dict[str, Any] | None = None, *, by: Any = None, expect: int = 200) -> Any:
        """Does something to the application at hand."""
        return await self.post(f"/v1/applications/{self.id}/{verb}", body, by=by, expect=expect)

    async def state(self) -> str:
        """Where the application stands."""
        answer = await self.clerk.get(f"/v1/applications/{self.id}")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["state"])

    def visit(self, **changes: Any) -> dict[str, Any]:
        """The record of a lawful home visit today."""
        return {
            "visited_on": self.s.clock.today().isoformat(),
            "surveyors": ["clerk-1", "cadre-2"],
            "surveyors_signed": True,
            "applicant_signed": True,
            "means": MEANS,
            "found": [{"person_id": person, "labour": "NONE"} for person in self.family.values()],
            **changes,
        }

    def meeting(self, **changes: Any) -> dict[str, Any]:
        """The record of a lawful assessment today."""
        return {
            "held_on": self.s.clock.today().isoformat(),
            "present": 9,
            "representatives": 6,
            "steps": STEPS,
            "conclusion": "AGREED",
            **changes,
        }

    async def goes_to_survey(self) -> None:
        """Applied, accepted, matched."""
        await self.register_family()
        await self.apply()
        await self.act("accept")
        await self.act("match")
        await self.s.tick()

    async def goes_to_posting(self) -> str:
        """… visited, assessed, reviewed, posted; the posting's id."""
        await self.goes_to_survey()
        await self.act("home-visit", self.visit())
        return await self.is_posted()

    async def is_posted(self) -> str:
        """Assessed, reviewed, posted; the posting's id."""
        await self.act("assessment", self.meeting())
        await self.act("review", {"opinion": "SUPPORT", "reason": "人均收入低于标准"}, by=self.leader)
        await self.act("post")
        answer = await self.s.public().get("/v1/postings", params={"division": VILLAGE})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["items"][-1]["id"])
