"""The story of the demonstration, day by day. The clock moves only when a day's work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from doudi_local.demo import window
from doudi_local.demo.api import Town, each, opened
from doudi_local.demo.county import CountyBureau
from doudi_local.demo.money import Paymaster
from doudi_local.demo.people import Family, families
from doudi_local.demo.sudden import Fire, Home

FIRST = "2020-03-02"
_OBJECTION = "2020-03-05"
_FIRST_POSTINGS_OVER = "2020-03-10"
_OBJECTED_POSTING_OVER = "2020-03-13"
_SECOND_POSTINGS_OVER = "2020-03-18"
_PAPERS_OVERDUE = "2020-03-24"  # ten working days after the fire's end on 03-09 are over on 03-23
_PAY_DAY = "2020-04-01"
_NEVER_AT_THE_COUNTY = {"HAS_A_SHOP", "WITHDRAWS"}
_NOT_APPROVED = {"AT_THE_LINE", "ONE_INSURED"}


async def tell(addresses: dict[str, Any], console: Console) -> None:
    """From the first application to the repaid line."""
    people = families(date.fromisoformat(FIRST))
    async with opened(addresses) as town:
        with _board(console) as stage:
            await _Spring(town, people, stage).passes()


Stage = Callable[[str, int], Callable[[], None]]


class _Spring:
    """The spring of 2020 in 海原县."""

    def __init__(self, town: Town, people: list[Family], stage: Stage) -> None:
        self._town, self._people, self._stage = town, people, stage
        self._window = window.Window(town, FIRST)
        self._county = CountyBureau(town)
        self._money = Paymaster(town)
        self._fire, self._home = Fire(town), Home(town)

    async def passes(self) -> None:
        """Everything, in order."""
        await self._first_day()
        [objected] = [family for family in self._people if family.story == "OBJECTED"]
        await self._postings(objected)
        await self._decisions(objected)
        await self._pay_day()

    async def _first_day(self) -> None:
        done = self._stage(f"{FIRST}  a fire, and a care home short of staff", 2)
        await self._fire.is_reported_and_helped()
        done()
        await self._home.opens_with_one_carer(FIRST)
        done()
        done = self._stage(f"{FIRST}  households apply, are checked, visited, posted", len(self._people))
        await window.first_day(self._town, self._people, FIRST, done)

    async def _postings(self, objected: Family) -> None:
        """The first postings hang; one is objected to; the others go to the county."""
        await self._town.reaches(_OBJECTION)
        done = self._stage(f"{_OBJECTION}  a neighbour objects, the family is visited again", 1)
        await self._window.object_and_look_again(objected, _OBJECTION)
        done()
        await self._town.reaches(_FIRST_POSTINGS_OVER)
        await self._fire.is_over("2020-03-09")
        at_county = [f for f in self._people if f is not objected and f.story not in _NEVER_AT_THE_COUNTY]
        done = self._stage(
            f"{_FIRST_POSTINGS_OVER}  first postings over: the county prepares, checks, posts", len(at_county)
        )
        await each(lambda family: self._county_day(family, _FIRST_POSTINGS_OVER), at_county, done)
        await self._town.reaches(_OBJECTED_POSTING_OVER)
        await self._county_day(objected, _OBJECTED_POSTING_OVER)

    async def _county_day(self, family: Family, day: str) -> None:
        await self._county.arrives(family)
        await self._county.from_desk_to_board(family, day)

    async def _decisions(self, objected: Family) -> None:
        await self._town.reaches(_SECOND_POSTINGS_OVER)
        signed = [f for f in self._people if f is not objected and f.story not in _NEVER_AT_THE_COUNTY | _NOT_APPROVED]
        done = self._stage(f"{_SECOND_POSTINGS_OVER}  second postings over: decisions are signed", len(signed) + 1)
        await each(self._county.signs, signed, done)
        await self._town.reaches(_PAPERS_OVERDUE)
        await self._county.signs(objected)
        done()
        await self._fire.is_overdue()

    async def _pay_day(self) -> None:
        await self._town.reaches(_PAY_DAY)
        done = self._stage(f"{_PAY_DAY}  the month is paid through the bank, one line comes back and is paid again", 3)
        await self._money.pays_the_month(_PAY_DAY[:7])
        done()
        [closed] = [family for family in self._people if family.story == "ACCOUNT_CLOSED"]
        await self._money.corrects(closed)
        done()
        await self._money.pays_again(_PAY_DAY[:7])
        done()


@contextmanager
def _board(console: Console) -> Iterator[Stage]:
    """A progress bar for each stage on a terminal, a line for each elsewhere."""
    if not console.is_terminal:

        def line(what: str, total: int) -> Callable[[], None]:
            console.print(f"  {what} ({total})", soft_wrap=True)
            return lambda: None

        yield line
        return
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:

        def bar(what: str, total: int) -> Callable[[], None]:
            task = progress.add_task(what, total=total)
            return lambda: progress.advance(task)

        yield bar
