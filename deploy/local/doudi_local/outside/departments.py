"""The county's matching centre (核对中心) and the departments behind it (domain §4.4).

What nobody planted is answered by the ID number alone, always alike: the police know every well-formed number, the
social insurance knows whoever is 60 or older, one in two has a small deposit, the others have no record.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import FastAPI
from pydantic import Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from doudi import errors
from doudi.clock import Clock
from doudi.errors import Unavailable
from doudi.identity import CitizenId, IdentityError
from doudi.service.http import Request, View
from doudi_local.outside.book import Book, digest

_PENSION_AGE = 60
_PENSION_YEAR = "1716.00"
_DEPOSIT_STEP, _DEPOSIT_STEPS = 100, 30


class Source(StrEnum):
    """The sources that answer (民发〔2012〕220号 art. 19)."""

    PUBLIC_SECURITY = "PUBLIC_SECURITY"
    SOCIAL_SECURITY = "SOCIAL_SECURITY"
    HOUSING = "HOUSING"
    TAX = "TAX"
    BANKS = "BANKS"
    MARKET_REGULATION = "MARKET_REGULATION"
    HOUSING_FUND = "HOUSING_FUND"
    CIVIL_AFFAIRS = "CIVIL_AFFAIRS"


class State(StrEnum):
    """AVAILABLE; UNAVAILABLE: the centre says so; SILENT: no answer but 503."""

    AVAILABLE = "AVAILABLE"
    UNAVAILABLE = "UNAVAILABLE"
    SILENT = "SILENT"


Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}\.[0-9]{2}$")]


class Query(Request):
    """A question about one person, with that person's consent on file."""

    source: Source
    id_number: str = Field(max_length=40)
    name: str = Field(max_length=120)
    consent: bool


class Answer(View):
    """What the source knows. `amount` in yuan."""

    code: Literal["MATCH", "NO_RECORD", "MISMATCH", "UNAVAILABLE", "CONSENT_MISSING"]
    amount: Amount | None = None
    detail: str | None = None


class Fact(Request):
    """What a source shall answer about a person from now on."""

    source: Source
    id_number: str = Field(max_length=40)
    code: Literal["MATCH", "NO_RECORD", "MISMATCH"]
    amount: Amount | None = None
    detail: str | None = Field(default=None, max_length=500)


class Switch(Request):
    """Puts a source in a state."""

    state: State


class SwitchView(View):
    """A source and its state."""

    source: Source
    state: State


class Departments:
    """All sources. Planted facts win over what follows from the number."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book, self._clock = book, clock

    def answer(self, query: Query) -> Answer:
        """The answer; raises Unavailable while the source is silent."""
        state = {view.source: view.state for view in self.states()}[query.source]
        if state is State.SILENT:
            raise Unavailable()
        if state is State.UNAVAILABLE:
            return Answer(code="UNAVAILABLE", detail="数据源暂停服务")
        if not query.consent:
            return Answer(code="CONSENT_MISSING", detail="未见本人授权")
        with self._book.transaction() as tx:
            planted = tx.execute(
                "SELECT code, amount, detail FROM fact WHERE person = ? AND source = ?",
                (digest(query.id_number.strip().upper()), query.source),
            ).fetchone()
        if planted is not None:
            return Answer(**dict(planted))
        return _by_number(query.source, query.id_number, on=self._clock.today())

    def plant(self, fact: Fact) -> None:
        """Sets a fact; the last one holds."""
        row = (digest(fact.id_number.strip().upper()), fact.source, fact.code, fact.amount, fact.detail)
        with self._book.transaction() as tx:
            tx.execute("INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?, ?)", row)

    def switch(self, source: Source, state: State) -> None:
        """Puts a source in a state, until told otherwise."""
        with self._book.transaction() as tx:
            tx.execute("INSERT OR REPLACE INTO switch VALUES (?, ?)", (source, state))

    def states(self) -> list[SwitchView]:
        """Every source and its state."""
        with self._book.transaction() as tx:
            set_ = {row["source"]: row["state"] for row in tx.execute("SELECT source, state FROM switch")}
        return [SwitchView(source=source, state=set_.get(source, State.AVAILABLE)) for source in Source]


def _by_number(source: Source, id_number: str, *, on: date) -> Answer:
    try:
        person = CitizenId.parse(id_number)
    except IdentityError:
        return Answer(code="NO_RECORD", detail="号码不合规")
    chance = int(digest(person.value)[:8], 16)
    if source is Source.PUBLIC_SECURITY:
        return Answer(code="MATCH", detail="户籍在册")
    if source is Source.SOCIAL_SECURITY and person.age(on) >= _PENSION_AGE:
        return Answer(code="MATCH", amount=_PENSION_YEAR, detail="城乡居民基本养老金，元/年")
    if source is Source.BANKS and chance % 2:
        return Answer(code="MATCH", amount=f"{chance % _DEPOSIT_STEPS * _DEPOSIT_STEP}.00", detail="活期存款余额")
    return Answer(code="NO_RECORD")


def create_departments(departments: Departments) -> FastAPI:
    """The matching centre over HTTP."""
    app = FastAPI(title="Simulated departments", description=__doc__)
    errors.install(app)

    @app.post("/v1/queries")
    async def query(request: Query) -> Answer:
        """Asks one source about one person."""
        return await run_in_threadpool(departments.answer, request)

    @app.post("/v1/facts", status_code=204)
    async def plant(request: list[Fact]) -> None:
        """Plants facts."""
        for fact in request:
            await run_in_threadpool(departments.plant, fact)

    @app.get("/v1/sources")
    async def sources() -> list[SwitchView]:
        """Which sources answer."""
        return await run_in_threadpool(departments.states)

    @app.post("/v1/sources/{source}")
    async def switch(source: Source, request: Switch) -> list[SwitchView]:
        """Makes a source answer, say that it is unavailable, or be silent."""
        await run_in_threadpool(departments.switch, source, request.state)
        return await run_in_threadpool(departments.states)

    return app
