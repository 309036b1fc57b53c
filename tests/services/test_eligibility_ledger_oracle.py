"""The comparison by sets equals one made person by person with the rules, on registers without any order or sense."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import pytest_asyncio
from tests.services.ledger_county import Bureau, Finding, Registers, Somebody, somebody

from doudi.testing import Servers, running
from eligibility.app import SERVICE
from eligibility.rules import ledger
from eligibility.rules.matching import number_of

DAY, SNAPSHOT, STANDARD = date(2020, 3, 2), date(2020, 2, 28), 456_000
PROGRAMMES = {"农村低保": "DIBAO_R", "特困": "TEKUN", "高龄": "ELDER", "孤儿": "ORPHAN"}
STATUSES = {"未脱贫": "NOT_OUT", "已脱贫": "OUT", "返贫": "RETURNED"}
STATES = {"": "NORMAL", "死亡": "DEAD", "迁出": "MOVED"}
STOPS = {"": None, "2019-02-28": date(2019, 2, 28), "2019-03-01": date(2019, 3, 1)}


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=DAY) as s:
        made = Bureau(s)
        await made.maps()
        yield made


@dataclass(frozen=True)
class Line:
    """A row of either register, as the oracle sees it."""

    home: str
    key: str | None
    name: str
    state: str
    programme: str = ""
    active: bool = True
    stopped_on: date | None = None
    status: str = ""
    assistance_class: str | None = None
    income: int | None = None

    @property
    def here(self) -> bool:
        return self.active and self.state == "NORMAL" and self.key is not None


def drawn(seed: int) -> tuple[Registers, list[Line], list[Line]]:
    """Two registers from one small crowd: people in several households, in several programmes, under other names."""
    draw, r = random.Random(seed), Registers()
    left: list[Line] = []
    right: list[Line] = []
    for i in range(90):
        programme, stop = draw.choice([*PROGRAMMES, "农村低保", "农村低保"]), draw.choice(["", "", "", *STOPS])
        group, income = draw.choice(["A", "B", ""]), draw.choice(["4559.99", "4560.00"])
        for person, state in crowd(draw):
            if any(x.home == f"L{i}" and x.key == key(person) for x in left):
                continue
            r.covers(f"L{i}", [person], programme, stopped_on=stop, income_year=income, state=state, **{"class": group})
            left.append(Line(f"L{i}", key(person), person.name, STATES[state], PROGRAMMES[programme], not stop,
                             STOPS[stop], "", group or None, 455_999 if income == "4559.99" else 456_000))  # fmt: skip
    for i in range(90):
        status = draw.choice(list(STATUSES))
        for person, state in crowd(draw):
            if any(x.home == f"R{i}" and x.key == key(person) for x in right):
                continue
            r.registers(f"R{i}", [person], status, state=state)
            right.append(Line(f"R{i}", key(person), person.name, STATES[state], status=STATUSES[status]))
    alike(draw, r, left, right)
    draw.shuffle(r.left)
    draw.shuffle(r.right)
    return r, left, right


def alike(draw: random.Random, r: Registers, left: list[Line], right: list[Line]) -> None:
    """Households that are the same in both registers, or nearly: one more, another name, gone, in two places."""

    def covers(home: str, person: Somebody, programme: str = "农村低保", state: str = "", stop: str = "") -> None:
        r.covers(home, [person], programme, stopped_on=stop, state=state, income_year="4560.00", **{"class": "B"})
        left.append(Line(home, key(person), person.name, STATES[state], PROGRAMMES[programme], not stop, STOPS[stop],
                         "", "B", 456_000))  # fmt: skip

    def registers(home: str, person: Somebody, status: str, state: str = "") -> None:
        r.registers(home, [person], status, state=state)
        right.append(Line(home, key(person), person.name, STATES[state], status=STATUSES[status]))

    for i in range(60):
        people = [somebody(1000 + 10 * i + n) for n in range(draw.randint(1, 4))]
        status, odd = draw.choice(list(STATUSES)), draw.randrange(12)
        for person in people:
            covers(f"S{i}", person, state="迁出" if odd == 0 and person is people[0] else "")
            last = person is people[-1]
            name = person.name + "又名" if odd == 1 and last else person.name
            known = Somebody(name, person.id_number, person.born, person.sex)
            registers(f"T{i}", known, status, state="死亡" if odd == 2 and last else "")
        more, first = somebody(1000 + 10 * i + 9), people[0]
        if odd == 3:
            covers(f"S{i}", more)
        elif odd == 4:
            registers(f"T{i}", more, status)
        elif odd == 5:
            covers(f"S{i}+", first, "特困")
        elif odd == 6:
            covers(f"S{i}+", first, stop="2019-03-01")
        elif odd == 7:
            registers(f"T{i}+", first, "未脱贫")


def crowd(draw: random.Random) -> Iterator[tuple[Somebody, str]]:
    for number in draw.sample(range(1, 280), draw.randint(1, 4)):
        person = somebody(number)
        if draw.random() < 0.1:
            person = Somebody(person.name + "又名", person.id_number, person.born, person.sex)
        elif draw.random() < 0.05:
            person = Somebody(f"{person.name}{draw.random()}", person.id_number[:-2] + "ZZ", person.born, person.sex)
        yield person, draw.choice(["", "", "", "", "死亡", "迁出"])


def key(person: Somebody) -> str | None:
    number = number_of(person.id_number)
    return number.value if number else None


def units(lines: list[Line]) -> dict[tuple[str, str], list[Line]]:
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        found[line.home, line.programme].append(line)
    return found


def expected(left: list[Line], right: list[Line]) -> Iterator[Finding]:
    """Person by person, with the rules."""
    homes, of = units(left), units(right)
    for (home, programme), people in homes.items():
        active = [x for x in people if x.active]
        met = [h for (h, _), others in of.items() if {x.key for x in active if x.key} & {y.key for y in others}]
        for other in met:
            yield from pair(programme, active, of[other, ""])
        if not met and programme in (ledger.DIBAO, ledger.TEKUN) and any(x.here for x in active):
            yield "CA_ONLY", "NOT_REGISTERED", home, None
        yield from {("ID_CONFLICT", "LEFT_INVALID", home, x.name) for x in active if x.key is None}
    covered = {x.key for x in left if x.active and x.key}
    for (home, _), people in of.items():
        status = people[0].status
        if status != "OUT":
            yield from {("ID_CONFLICT", "RIGHT_INVALID", x.name, home) for x in people if x.key is None}
        keys = {x.key for x in people if x.key}
        if status == "OUT" or not any(x.here for x in people) or keys & covered:
            continue
        stopped = any(ledger.stopped_lately(x.stopped_on, status, SNAPSHOT).met for x in left
                      if x.key in keys and x.programme == ledger.DIBAO)  # fmt: skip
        code = "RETURNED" if status == "RETURNED" else "STOPPED_STILL_POOR" if stopped else "PR_ONLY_UNLIKELY"
        yield code, "NOT_PASSED", None, home
    yield from inside("LEFT", [x for x in left if x.active], None)
    yield from inside("RIGHT", right, "OUT")
    yield from twice([x for x in left if x.active and x.key])


def pair(programme: str, active: list[Line], others: list[Line]) -> Iterator[Finding]:
    home, other, status = active[0].home, others[0].home, others[0].status
    both = [(x, y) for x in active for y in others if x.key and x.key == y.key]
    gone = {x.key for x, y in both if ledger.one_says_gone(x.state, y.state).met}
    for x, y in both:
        if x.key in gone:
            yield "STATUS_CONFLICT", f"LEFT_{x.state}" if x.state != "NORMAL" else f"RIGHT_{y.state}", home, other
        if x.name != y.name:
            yield "ID_CONFLICT", "NAME_DIFFERS", home, other
    a = {x.key for x in active if x.here} - gone
    b = {y.key for y in others if y.here} - gone
    if not a & b:
        return
    if status == "OUT":
        if programme == ledger.DIBAO:
            kept = ledger.exited_keeps(active[0].income, STANDARD, in_taper=False).met
            yield "EXITED_STILL_CA", "KEEP_BELOW" if kept else "REVIEW", home, other
        return
    group = active[0].assistance_class
    check = programme == ledger.DIBAO and ledger.class_needs_check(group, key=False).met
    yield "BOTH", ("A_NOT_KEY" if group else "CLASS_UNKNOWN") if check else "IN_ORDER", home, other
    if programme == ledger.DIBAO and ledger.members_differ(len(a & b), len(a), len(b)).met:
        yield "MEMBER_GAP", "MEMBERS", home, other


def inside(side: str, lines: list[Line], but: str | None) -> Iterator[Finding]:
    """One number under two names within a register."""
    names: dict[str, set[str]] = defaultdict(set)
    for x in lines:
        if x.key:
            names[x.key].add(x.name)
    for x in lines:
        if x.key and len(names[x.key]) > 1 and x.status != but:
            yield "ID_CONFLICT", f"{side}_TWO_NAMES", *((x.home, None) if side == "LEFT" else (None, x.home))


def twice(lines: list[Line]) -> Iterator[Finding]:
    """Two programmes of one person that do not go together: once for each household of the first programme; of one
    programme in several households all but one are too many."""
    held: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for x in lines:
        held[str(x.key)][x.programme] += 1
    for programmes in held.values():
        for one, homes in programmes.items():
            for other in programmes:
                if one <= other and ledger.conflict(one, other, SNAPSHOT).met:
                    times = homes - 1 if one == other else homes
                    yield from [("DUPLICATE_CA", f"{one}+{other}", None, None)] * times


def shown(item: dict[str, object], left: str | None, right: str | None) -> Finding:
    """A result as the oracle says it: an invalid number by who has it, a duplicate without its household."""
    return str(item["code"]), str(item["note"]), left, right


@pytest.mark.parametrize("seed", range(4))
async def test_by_sets_is_by_hand(bureau: Bureau, seed: int):
    r, left, right = drawn(seed)
    id_ = await bureau.compares(r)
    by_hand: dict[str, list[Finding]] = defaultdict(list)
    for found in expected(left, right):
        by_hand[found[0]].append(found)
    by_sets: dict[str, list[Finding]] = defaultdict(list)
    for item in await bureau.all_of(f"/v1/comparisons/{id_}/results"):
        one, other = (item[side] and item[side]["number"] for side in ("left", "right"))
        by_sets[item["code"]].append(shown(item, one, other))
    assert (await bureau.comparison(id_))["unsettled"] == 0
    for code in ("BOTH", "MEMBER_GAP", "EXITED_STILL_CA", "CA_ONLY", "RETURNED", "STOPPED_STILL_POOR",
                 "PR_ONLY_UNLIKELY", "PR_ONLY_LIKELY", "STATUS_CONFLICT"):  # fmt: skip
        assert sorted(by_sets[code], key=str) == sorted(by_hand[code], key=str), code
    assert sorted(f[:2] for f in by_sets["DUPLICATE_CA"]) == sorted(f[:2] for f in by_hand["DUPLICATE_CA"])
    notes = [f for f in by_hand["ID_CONFLICT"] if not f[1].endswith("INVALID")]
    assert sorted((f for f in by_sets["ID_CONFLICT"] if not f[1].endswith("INVALID")), key=str) == sorted(
        notes, key=str
    )
    assert sorted(f[1] for f in by_sets["ID_CONFLICT"]) == sorted(f[1] for f in by_hand["ID_CONFLICT"])
    assert all(by_hand[code] for code in ("BOTH", "MEMBER_GAP", "CA_ONLY", "ID_CONFLICT", "DUPLICATE_CA"))
