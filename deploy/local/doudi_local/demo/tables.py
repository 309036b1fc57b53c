"""What stands in the services after the demonstration, as tables; plain lines where there is no terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from doudi.money import Money
from doudi_local.demo.api import Town, opened
from doudi_local.demo.people import COUNTY

_LOG_INS = (
    ("clerk", "640522105000", "七营镇: the window"),
    ("reviewer", "640522105000", "七营镇: its leader"),
    ("county_clerk", COUNTY, "county bureau: prepares"),
    ("county_checker", COUNTY, "county bureau: checks"),
    ("county_leader", COUNTY, "county bureau: signs"),
    ("payments_maker", COUNTY, "payments: opens a run"),
    ("payments_checker", COUNTY, "payments: checks it"),
    ("finance", COUNTY, "finance: confirms it"),
    ("inspector", "640500000000", "city: sees everything, and the flags"),
)
_PROGRAMMES = {
    "DIBAO_R": "农村低保 rural dibao",
    "DIBAO_U": "城市低保 urban dibao",
    "RELIEF": "临时救助 temporary relief",
}
_CITY = "640500000000"  # flags about officials are seen from the city upwards


async def show(addresses: dict[str, Any], console: Console) -> None:
    """Reads the services and prints."""
    async with opened(addresses) as town:
        tables = [
            await _applications(town),
            await _awards(town),
            await _money(town),
            await _flags(town),
        ]
        today = (await town.public("clock", "/v1/clock"))["date"]
    console.print(f"\n海原县 (Haiyuan County, {COUNTY}) on {today}, simulated:", soft_wrap=True)
    for title, head, rows in tables:
        _print(console, title, head, rows)
    _log_ins(console)


Rows = list[tuple[str, ...]]


async def _applications(town: Town) -> tuple[str, tuple[str, ...], Rows]:
    clerk = town.officer("county_clerk", COUNTY)
    found = Counter((one["state_name"], one["state"]) for one in await clerk.all("intake", "/v1/applications"))
    rows: Rows = [(f"{chinese} {state}", str(count)) for (chinese, state), count in found.most_common()]
    return "Applications by outcome", ("outcome", "applications"), [*rows, ("total", str(found.total()))]


async def _awards(town: Town) -> tuple[str, tuple[str, ...], Rows]:
    clerk = town.officer("county_clerk", COUNTY)
    by_class: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for award in await clerk.all("eligibility", "/v1/awards"):
        by_class[award["programme"], award["assistance_class"]].append(award)
    rows: Rows = [
        (
            _PROGRAMMES.get(programme, programme), f"class {letter}", str(len(awards)),
            str(sum(len(award["insured"]) for award in awards)), _sum(award["amount"] for award in awards),
        )
        for (programme, letter), awards in sorted(by_class.items())
    ]  # fmt: skip
    return "Awards", ("programme", "class", "households", "persons", "yuan a month"), rows


async def _money(town: Town) -> tuple[str, tuple[str, ...], Rows]:
    maker = town.officer("payments_maker", COUNTY)
    by_state: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for payment in await maker.all("payments", "/v1/payments"):
        by_state[payment["programme"], payment["status"]].append(payment)
    rows: Rows = [
        (_PROGRAMMES.get(programme, programme), status, str(len(lines)), _sum(line["amount"] for line in lines))
        for (programme, status), lines in sorted(by_state.items())
    ]
    return "Money", ("programme", "bank", "lines", "yuan"), rows


async def _flags(town: Town) -> tuple[str, tuple[str, ...], Rows]:
    inspector = town.officer("inspector", _CITY)
    found = Counter(
        (flag["indicator"], flag["name"], flag["severity"]) for flag in await inspector.all("oversight", "/v1/flags")
    )
    rows: Rows = [(code, name, severity, str(count)) for (code, name, severity), count in sorted(found.items())]
    return "Flags: each is a question", ("indicator", "what it asks", "severity", "flags"), rows


def _sum(amounts: Iterable[str]) -> str:
    return str(sum((Money.yuan(amount) for amount in amounts), Money.zero()))


def _print(console: Console, title: str, head: tuple[str, ...], rows: Rows) -> None:
    if not console.is_terminal:
        console.print(f"\n{title}")
        for row in rows:
            console.print("  " + " | ".join(row), soft_wrap=True)
        return
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    for name in head:
        table.add_column(name, justify="right" if name in ("applications", "households", "persons", "lines", "flags")
                         or name.startswith("yuan") else "left")  # fmt: skip
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _log_ins(console: Console) -> None:
    """A token for each role; the development issuer gives it to whoever asks on this machine."""
    console.print("\nLog in as (prints a bearer token):")
    for role, division, who in _LOG_INS:
        console.print(
            f"  .venv/bin/doudi token --role {role} --division {division}   # {who}",
            soft_wrap=True, highlight=False,
        )  # fmt: skip
