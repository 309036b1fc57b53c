"""The services as the demonstration calls them: tokens by role, each POST repeatable, waiting for what is awaited."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx

from doudi_local.errors import LocalError

T = TypeVar("T")

_AT_ONCE = 6
_PATIENCE = 90.0
_TRIES = 20
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "doudi:demonstration")


class Officer:
    """Somebody with a role at one place; the token is got when it is first needed."""

    def __init__(self, town: Town, role: str, division: str, sub: str | None = None) -> None:
        self._town, self._role, self._division = town, role, division
        self.sub = sub or f"{role}-{division}"
        self._header: dict[str, str] = {}

    async def headers(self) -> dict[str, str]:
        """The Authorization header."""
        if not self._header:
            asked = {"roles": [self._role], "division": self._division, "sub": self.sub}
            answer = await self._town.send("POST", f"{self._town.addresses['issuer']}/token", json=asked)
            self._header = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return self._header

    async def post(
        self, service: str, path: str, body: Any = None, *, refused: Iterable[int] = (), round_: str = ""
    ) -> Any:
        """The answer's body. The same call again gets the first one's answer (Idempotency-Key), so that a demonstration
        that was interrupted can be run again; `round_` tells a second time that is meant from such a repetition.
        Statuses in `refused` are part of the story: their problem is the answer.
        """
        key = str(uuid.uuid5(_SPACE, f"{self.sub} {service} {path} {body!r} {round_}"))
        headers = {**await self.headers(), "Idempotency-Key": key}
        answer = await self._town.send("POST", self._town.url(service) + path, json=body, headers=headers)
        return self._town.read(answer, refused)

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """The resource."""
        headers = await self.headers()
        return self._town.read(
            await self._town.send("GET", self._town.url(service) + path, params=query, headers=headers)
        )

    async def all(self, service: str, path: str, **query: Any) -> list[dict[str, Any]]:
        """Every item of a paged list."""
        items: list[dict[str, Any]] = []
        after = None
        while True:
            page = await self.get(service, path, limit=200, **query, **({"after": after} if after else {}))
            items += page["items"]
            after = page.get("next")
            if not after:
                return items


class Town:
    """The running installation."""

    def __init__(self, addresses: dict[str, Any], http: httpx.AsyncClient) -> None:
        self.addresses, self._http = addresses, http
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._officers: dict[tuple[str, str, str | None], Officer] = {}

    def url(self, service: str) -> str:
        """Base URL of a service, or of a simulator."""
        services = self.addresses["services"]
        return str(services[service]["url"] if service in services else self.addresses["outside"][service])

    def officer(self, role: str, division: str, sub: str | None = None) -> Officer:
        """The officer with this role at this place."""
        key = (role, division, sub)
        return self._officers.setdefault(key, Officer(self, role, division, sub))

    async def send(self, method: str, url: str, **request: Any) -> httpx.Response:
        """Sends, and again while the other side is away (503, no connection)."""
        for attempt in range(_TRIES):
            try:
                async with self._room:
                    answer = await self._http.request(method, url, **request)
            except httpx.TransportError as error:
                failure = str(error) or type(error).__name__
            else:
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return answer
                failure = "503"
            await asyncio.sleep(min(2.0, 0.1 * 2**attempt))
        raise LocalError(f"{method} {url} does not work ({failure}); see the log of that service.")

    def read(self, answer: httpx.Response, refused: Iterable[int] = ()) -> Any:
        """The body; raises LocalError with the problem when it is none that was expected."""
        if answer.is_success or answer.status_code in refused:
            return answer.json() if answer.content else None
        raise LocalError(
            f"{answer.request.method} {answer.request.url} was refused with {answer.status_code}:"
            f" {answer.text[:1000]}\nThe demonstration stops here; `make up` goes on with it."
        )

    async def public(self, service: str, path: str, **query: Any) -> Any:
        """A resource that needs no token."""
        return self.read(await self.send("GET", self.url(service) + path, params=query))

    async def tell(self, service: str, path: str, body: Any, *, refused: Iterable[int] = ()) -> Any:
        """A POST without a token: simulators, the public pages."""
        return self.read(await self.send("POST", self.url(service) + path, json=body), refused)

    async def reaches(self, day: str) -> None:
        """Moves the simulated date forward; one that is later already stays."""
        await self.tell("clock", "/v1/clock", {"date": day}, refused=(409,))


async def until(what: str, read: Callable[[], Awaitable[T]], ready: Callable[[T], bool]) -> T:
    """Reads until it is ready; raises LocalError naming what did not come."""
    deadline, pause = time.monotonic() + _PATIENCE, 0.05
    while not ready(found := await read()):
        if time.monotonic() > deadline:
            raise LocalError(f"Waited {_PATIENCE:.0f} s for this and it did not come: {what}. See the logs.")
        await asyncio.sleep(pause)
        pause = min(0.5, pause * 1.5)
    return found


async def each(work: Callable[[T], Awaitable[None]], things: Iterable[T], done: Callable[[], None]) -> None:
    """The work on every thing at once (requests are limited by Town); `done` after each. The first failure ends all."""

    async def one(thing: T) -> None:
        await work(thing)
        done()

    try:
        async with asyncio.TaskGroup() as group:
            for thing in things:
                group.create_task(one(thing))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from failed


@asynccontextmanager
async def opened(addresses: dict[str, Any]) -> AsyncIterator[Town]:
    """The installation with a connection pool."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        yield Town(addresses, http)
