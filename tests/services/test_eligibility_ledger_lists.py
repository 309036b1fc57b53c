"""Screening by sets equals screening by rules; the awards as the left side; nothing is granted or stopped by a list."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from tests.services.eligibility_county import County, forwarded, member
from tests.services.ledger_county import VILLAGE, Bureau, Registers, Somebody, planted, somebody

from doudi.events.eligibility_ledger import LedgerCompared, LedgerTaskClosed, LedgerTaskOpened
from doudi.testing import Servers, key_ring, running
from eligibility.app import SERVICE
from eligibility.rules import ledger

DAY, SNAPSHOT = date(2020, 3, 2), date(2020, 2, 28)
LABOUR = {"普通劳动力": "FULL", "弱劳动力或半劳动力": "PARTIAL", "丧失劳动力": "NONE", "": None}
MARKS = {
    "no_way_out": "NO_WAY_OUT", "illness": "ILLNESS", "disability": "DISABILITY", "sudden": "SUDDEN",
    "no_income": "NO_INCOME", "deep_poverty": "DEEP_POVERTY", "cannot_change": "CANNOT_CHANGE",
}  # fmt: skip


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(servers: Servers) -> AsyncIterator[Bureau]:
    async with running(SERVICE, servers, today=DAY) as s:
        made = Bureau(s)
        await made.maps()
        yield made


def generated(count: int, seed: int) -> tuple[Registers, dict[str, ledger.Registered]]:
    """Households of every sort, and each as the rules take it."""
    r, draw, told = Registers(), random.Random(seed), {}
    for i in range(count):
        marks = {name for name in MARKS if draw.random() < 0.35}
        if draw.random() < 0.2:
            marks |= {"no_income", "deep_poverty", "cannot_change"}
        status = draw.choice(["未脱贫", "未脱贫", "返贫", "已脱贫"])
        income = draw.choice(["", "4559.99", "4560.00", "0", "9000"])
        ages = draw.choices([5, 17, 18, 30, 59, 60, 75], k=draw.randint(1, 4))
        spread = draw.choice([["丧失劳动力"], list(LABOUR)])
        labours, births = [], []
        for age in ages:
            labour, gone = draw.choice(spread), draw.random() < 0.1
            person = r.people(1, age)[0]
            r.registers(
                f"R{i}", [person], status, labour=labour, income_year=income, state="死亡" if gone else "",
                **dict.fromkeys(marks, "是"),
            )  # fmt: skip
            if not gone:
                labours.append(LABOUR[labour])
                births.append(person.born)
        codes = {"未脱贫": "NOT_OUT", "返贫": "RETURNED", "已脱贫": "OUT"}
        fen = int(income.replace(".", "").ljust(6, "0")) if "." in income else int(income) * 100 if income else None
        told[f"R{i}"] = ledger.Registered(
            codes[status], tuple(labours), tuple(births), frozenset(MARKS[m] for m in marks), fen
        )
    return r, told


async def test_screening_by_sets_is_screening_by_rules(bureau: Bureau):
    r, told = generated(700, seed=3)
    id_ = await bureau.compares(r)
    standard = 456_000
    rules = {
        "MUST": lambda h: ledger.must_be_found(h, standard).met,
        "PRIORITY": lambda h: ledger.priority(h, standard, SNAPSHOT).met,
        "KEY": lambda h: ledger.key_guarantee(h).met,
        "ADJUSTMENT": lambda h: ledger.looked_at_first(h).met,
    }
    for name, rule in rules.items():
        shown = {i["home"]["number"] for i in await bureau.all_of(f"/v1/comparisons/{id_}/screening", list=name)}
        by_rule = {number for number, home in told.items() if rule(home)}
        assert shown == by_rule
        assert 10 < len(shown) < 690
    likely = {
        i["right"]["number"] for i in await bureau.all_of(f"/v1/comparisons/{id_}/results", code="PR_ONLY_LIKELY")
    }
    assert likely == {n for n, h in told.items() if h.status == "NOT_OUT" and rules["MUST"](h)}


def on_the_award(number: int, person: Somebody) -> dict[str, object]:
    """A person as the township sends them."""
    keys = key_ring()
    return {
        **member(number, person.born.isoformat(), "NONE"),
        "match_key": keys.match(person.id_number),
        "name": keys.seal(person.name, "person.name"),
        "id_number": keys.seal(person.id_number, "person.id_number"),
        "sex": "M" if person.sex == "男" else "F",
    }


async def test_the_awards_of_the_day_are_the_left_side_and_no_award_changes(bureau: Bureau):
    county = County(bureau.s)
    inside, outside = somebody(1, 70), somebody(2, 75)
    for number, person in enumerate((inside, outside), 1):
        event = forwarded([on_the_award(number, person)], "0.00", on=DAY)
        await county.approves(await county.receives(event))
    today = bureau.s.clock.today()
    awards = "SELECT * FROM award ORDER BY id"
    covered = "SELECT * FROM covered ORDER BY match_key"
    before = [await bureau.s.fetch(sql) for sql in (awards, covered, "SELECT * FROM award_line")]
    said = await bureau.s.fetch("SELECT count(*) AS c FROM outbox WHERE type LIKE '%.award-%'")
    r = Registers()
    r.registers("R", [inside], "已脱贫")
    r.registers("U", r.people(5)[3:], labour="丧失劳动力")
    id_ = await bureau.starts(await bureau.imports("POVERTY_REGISTRY", r.right, snapshot_on=today.isoformat()))
    await bureau.s.tick()
    told = await bureau.comparison(id_)
    assert (told["status"], told["left_source"], told["same_day"]) == ("DONE", "AWARDS", True)
    items = await bureau.all_of(f"/v1/comparisons/{id_}/results")
    assert {(i["code"], i["note"], i["left"] and i["left"]["people"][0]["name"]) for i in items} == {
        ("CA_ONLY", "NOT_REGISTERED", outside.name),
        ("EXITED_STILL_CA", "KEEP_BELOW", inside.name),
        ("PR_ONLY_LIKELY", "MUST", None),
    }
    assert len(items) == 3
    for task in await bureau.all_of("/v1/ledger-tasks"):
        await bureau.clerk.post(f"/v1/ledger-tasks/{task['id']}/close", json={"outcome": "ACTED", "reason": "已核"})
    await bureau.s.tick()
    assert before == [await bureau.s.fetch(sql) for sql in (awards, covered, "SELECT * FROM award_line")]
    assert said == await bureau.s.fetch("SELECT count(*) AS c FROM outbox WHERE type LIKE '%.award-%'")


async def test_the_awards_of_an_earlier_day_are_those_that_were_granted_by_then(bureau: Bureau):
    county = County(bureau.s)
    person = somebody(1, 70)
    await county.approves(await county.receives(forwarded([on_the_award(1, person)], "0.00", on=DAY)))
    r = Registers()
    r.registers("R", [person], labour="丧失劳动力")
    id_ = await bureau.starts(await bureau.imports("POVERTY_REGISTRY", r.right, snapshot_on="2020-02-28"))
    await bureau.s.tick()
    assert await bureau.findings(id_) == [("PR_ONLY_LIKELY", "PRIORITY", None, "R")]


async def test_a_task_is_closed_once_with_a_reason_by_its_owner(bureau: Bureau):
    r = Registers()
    r.covers("L", r.people(1))
    r.registers("R", r.people(1), labour="丧失劳动力")
    await bureau.compares(r)
    tasks = {t["code"]: t for t in await bureau.all_of("/v1/ledger-tasks")}
    body = {"outcome": "NOTHING_TO_DO", "reason": "不符合扶贫对象标准"}
    other = await bureau.poverty_office.post(f"/v1/ledger-tasks/{tasks['PR_ONLY_LIKELY']['id']}/close", json=body)
    assert other.status_code == 403
    path = f"/v1/ledger-tasks/{tasks['CA_ONLY']['id']}/close"
    assert (await bureau.poverty_office.post(path, json={"outcome": "ACTED", "reason": ""})).status_code == 422
    stale = await bureau.poverty_office.post(path, json=body, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    done = (await bureau.poverty_office.post(path, json=body)).json()
    assert (done["status"], done["closed_by"], done["reason"]) == ("CLOSED", "poverty-office", "不符合扶贫对象标准")
    assert (await bureau.poverty_office.post(path, json=body)).json()["type"] == "/problems/task-not-open"
    said = await bureau.s.said(LedgerTaskClosed)
    assert [(e.code, e.outcome, str(e.household)) for e in said] == [
        ("CA_ONLY", "NOTHING_TO_DO", tasks["CA_ONLY"]["household"])
    ]
    await bureau.compares(r)
    assert {t["code"]: t["status"] for t in await bureau.all_of("/v1/ledger-tasks")} == {
        "CA_ONLY": "CLOSED",
        "PR_ONLY_LIKELY": "OPEN",
    }
    assert len(await bureau.s.said(LedgerTaskOpened)) == 2


async def test_a_difference_that_went_away_ends_its_task_and_one_that_comes_back_opens_it_again(bureau: Bureau):
    r = Registers()
    people = r.people(1)
    r.registers("R", people, labour="丧失劳动力")
    r.covers("X", r.people(1), "高龄")
    await bureau.compares(r)
    both = Registers(list(r.left), list(r.right), numbers=r.numbers)
    both.covers("L", people)
    await bureau.compares(both)
    task = (await bureau.all_of("/v1/ledger-tasks", code="PR_ONLY_LIKELY"))[0]
    assert (task["status"], task["outcome"]) == ("LAPSED", "GONE")
    assert [e.outcome for e in await bureau.s.said(LedgerTaskClosed)] == ["GONE"]
    await bureau.compares(r)
    assert (await bureau.all_of("/v1/ledger-tasks", code="PR_ONLY_LIKELY"))[0]["status"] == "OPEN"
    assert [e.code for e in await bureau.s.said(LedgerTaskOpened)] == ["PR_ONLY_LIKELY", "PR_ONLY_LIKELY"]


async def test_each_month_compares_once_by_itself_with_the_newest_registers(bureau: Bureau):
    r = Registers()
    r.covers("L", r.people(1))
    r.registers("R", r.people(1), labour="丧失劳动力")
    await bureau.imports("BENEFICIARIES", r.left)
    register = await bureau.imports("POVERTY_REGISTRY", r.right)
    await bureau.s.tick()
    assert await bureau.all_of("/v1/comparisons") == []  # imported this month: it is started by hand
    for day, runs in ((date(2020, 4, 1), 1), (date(2020, 4, 30), 1), (date(2020, 5, 6), 2)):
        await bureau.s.tick(day)
        told = await bureau.all_of("/v1/comparisons")
        assert [(c["automatic"], c["started_by"], c["right_id"]) for c in told] == [
            (True, "comparison", register)
        ] * runs
    assert len(await bureau.s.said(LedgerCompared)) == 2
    assert len(await bureau.s.said(LedgerTaskOpened)) == 2


async def test_a_prevention_register_is_compared_by_the_same_engine(bureau: Bureau):
    columns = {"household": "户", "name": "名", "id_number": "证", "village": "村", "status": "监测对象类别"}
    body = {"division": "640522000000", "kind": "PREVENTION", "columns": columns}
    assert (await bureau.clerk.post("/v1/register-mappings", json=body)).status_code == 201
    people = planted(ordinary=2, each=0).people(3)
    statuses = ("脱贫不稳定户", "边缘易致贫户", "风险已消除")
    rows = [
        {"户": f"P{i}", "名": p.name, "证": p.id_number, "村": VILLAGE, "监测对象类别": s}
        for i, (p, s) in enumerate(zip(people, statuses, strict=True))
    ]
    id_ = await bureau.starts(await bureau.imports("PREVENTION", rows))
    await bureau.s.tick()
    assert await bureau.findings(id_) == [
        ("PR_ONLY_UNLIKELY", "NOT_PASSED", None, "P0"),
        ("PR_ONLY_UNLIKELY", "NOT_PASSED", None, "P1"),
    ]


async def test_both_snapshots_are_of_one_day_and_of_one_county(bureau: Bureau):
    r = planted(ordinary=1, each=0)
    left = await bureau.imports("BENEFICIARIES", r.left, snapshot_on="2020-02-27")
    register = await bureau.imports("POVERTY_REGISTRY", r.right)
    answer = await bureau.clerk.post("/v1/comparisons", json={"register_id": register, "beneficiaries_id": left})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/snapshots-differ")
    wrong = await bureau.clerk.post("/v1/comparisons", json={"register_id": left})
    assert wrong.status_code == 422
    other = Bureau(bureau.s, "640521000000")
    assert (await other.clerk.post("/v1/comparisons", json={"register_id": register})).status_code == 404
