"""kill -9 of any service, of Kafka and of PostgreSQL in the middle of 500 cases (design §4).

Clients do what clients must: they repeat a request under its Idempotency-Key until it is answered. Afterwards no case
is lost, nobody is paid twice, every journal verifies, every copy equals what was said, nothing is parked.
"""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from doudi.auth import Role
from doudi.identity import check_digit
from doudi.journal import Damage, verify
from doudi.testing import PACKAGES, until
from tests.faults.site import COUNTY, TOWNSHIP, VILLAGE, Site, site

CASES = 500
STEPS = ["EXPLAIN_POLICY", "PRESENT_CASE", "DISCUSS", "CONCLUDE", "ALL_SIGN"]
MEANS = {"income_year": "0.00", "deposits": "0.00"}


CLERK = ("intake", Role.CLERK, TOWNSHIP)
REVIEWER = ("intake", Role.REVIEWER, TOWNSHIP)
COUNTY_CLERK = ("eligibility", Role.COUNTY_CLERK, COUNTY)
COUNTY_CHECKER = ("eligibility", Role.COUNTY_CHECKER, COUNTY)
COUNTY_LEADER = ("eligibility", Role.COUNTY_LEADER, COUNTY)


def citizen(number: int) -> str:
    """A well-formed ID number of nobody."""
    body = f"640522{1940 + number // 900}0101{number % 900 + 1:03d}"
    return body + check_digit(body)


async def at_the_window(s: Site, number: int) -> str:
    """From registration to the first posting; the application's id."""
    person = (
        await s.post(CLERK, "/v1/persons", {
            "id_number": citizen(number), "name": "马某某", "division": VILLAGE, "phone": "13900001234",
            "address": "七营村", "labour": "NONE",
        }, f"p{number}")
    )["id"]  # fmt: skip
    members = [{"person_id": person, "relation": "HEAD"}]
    household = (
        await s.post(CLERK, "/v1/households", {"division": VILLAGE, "hukou": "RURAL", "members": members}, f"h{number}")
    )["id"]
    id_ = (
        await s.post(CLERK, "/v1/applications", {
            "household_id": household, "applicant_id": person, "channel": "WINDOW", "entrusted": False, "signed": True,
            "truth_promised": True, "consents": [person], "declared": MEANS, "relatives": [],
            "account": {"payee_person_id": person, "number": "6222020000000000000", "bank_code": "BOC"},
        }, f"a{number}")
    )["id"]  # fmt: skip
    path = f"/v1/applications/{id_}"
    await s.post(CLERK, f"{path}/accept", None, f"accept{number}")
    await s.post(CLERK, f"{path}/match", None, f"match{number}")
    return str(id_)


async def in_the_township(s: Site, number: int, id_: str) -> None:
    """Visited, assessed, reviewed, posted."""
    path = f"/v1/applications/{id_}"
    person = (await s.rows("intake", f"SELECT applicant_id FROM application WHERE id = '{id_}'"))[0][0]
    visit = {
        "visited_on": "2020-03-02", "surveyors": ["clerk-1", "cadre-2"], "surveyors_signed": True,
        "applicant_signed": True, "means": MEANS, "found": [{"person_id": str(person), "labour": "NONE"}],
    }  # fmt: skip
    meeting = {
        "held_on": "2020-03-02", "present": 9, "representatives": 6, "steps": STEPS, "conclusion": "AGREED",
    }  # fmt: skip
    await s.post(CLERK, f"{path}/home-visit", visit, f"visit{number}")
    await s.post(CLERK, f"{path}/assessment", meeting, f"meeting{number}")
    await s.post(REVIEWER, f"{path}/review", {"opinion": "SUPPORT", "reason": "低于标准"}, f"review{number}")
    await s.post(CLERK, f"{path}/post", None, f"post{number}")


async def at_the_county(s: Site, number: int, id_: str) -> None:
    """Prepared, checked, visited, posted again."""
    path = f"/v1/cases/{id_}"
    await s.post(COUNTY_CLERK, f"{path}/prepare", {}, f"prepare{number}")
    await s.post(COUNTY_CHECKER, f"{path}/check", {}, f"check{number}")
    visit = {"visited_on": "2020-03-10", "visitors": ["a", "b"]}
    await s.post(COUNTY_CLERK, f"{path}/visits", visit, f"visits{number}")
    await s.post(COUNTY_LEADER, f"{path}/propose", None, f"propose{number}")


async def with_kills(s: Site, victims: list[str], jobs: list[Any], width: int = 12) -> list[Any]:
    """Runs jobs, so many at a time; kills a victim whenever another part of them is done. Their answers in order."""
    gate = asyncio.Semaphore(width)
    due = {len(jobs) * (n + 1) // (len(victims) + 1): victim for n, victim in enumerate(victims)}
    kills: list[asyncio.Task[None]] = []
    done = 0

    async def one(job: Any) -> Any:
        nonlocal done
        async with gate:
            answer = await job
        done += 1
        if (victim := due.pop(done, None)) is not None:
            kills.append(asyncio.create_task(s.kills(victim)))
        return answer

    answers = await asyncio.gather(*(one(job) for job in jobs))
    await asyncio.gather(*kills)
    assert len(kills) == len(victims)
    return answers


async def reaches(s: Site, package: str, sql: str, wanted: int) -> None:
    """Waits until a count is reached; says where everything stands when it is not."""

    async def enough() -> bool:
        return await s.count(package, sql) >= wanted

    try:
        await until(enough, 120)
    except AssertionError as error:
        raise AssertionError(f"{sql}: {await s.count(package, sql)} of {wanted}\n{await s.state()}") from error


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_nothing_is_lost_and_nobody_is_paid_twice_whatever_is_killed(tmp_path: Path):
    async with site(tmp_path) as s:
        ids = await with_kills(s, ["intake", "postgres"], [at_the_window(s, n) for n in range(CASES)])
        await reaches(s, "intake", "SELECT count(*) FROM application WHERE matching = 'PASSED'", CASES)
        surveys = [in_the_township(s, n, id_) for n, id_ in enumerate(ids)]
        await with_kills(s, ["kafka", "intake"], surveys)
        s.day("2020-03-10")
        await s.kills("eligibility")
        await reaches(s, "eligibility", "SELECT count(*) FROM county_case", CASES)
        steps = [at_the_county(s, n, id_) for n, id_ in enumerate(ids)]
        await with_kills(s, ["eligibility", "kafka", "oversight"], steps)
        s.day("2020-03-18")
        await reaches(s, "eligibility", "SELECT count(*) FROM county_case WHERE status = 'POSTED'", CASES)
        signed = [
            s.post(COUNTY_LEADER, f"/v1/cases/{id_}/decide", {"outcome": "APPROVED"}, f"decide{n}")
            for n, id_ in enumerate(ids)
        ]
        await with_kills(s, ["payments", "postgres"], signed)
        await reaches(s, "payments", "SELECT count(DISTINCT award_id) FROM award_line", CASES)
        await pays(s)
        await nothing_is_wrong(s)


async def pays(s: Site) -> None:
    """The month's run, with payments killed while the file is on its way."""
    s.day(str(date(2020, 4, 2)))
    maker = ("payments", Role.PAYMENTS_MAKER, COUNTY)
    body = {"division": COUNTY, "month": "2020-04", "kind": "MONTHLY"}
    run = (await s.post(maker, "/v1/runs", body, "run"))["id"]
    await s.post(("payments", Role.PAYMENTS_CHECKER, COUNTY), f"/v1/runs/{run}/check", None, "run-check")
    await s.post(("payments", Role.FINANCE, COUNTY), f"/v1/runs/{run}/confirm", None, "run-confirm")
    await s.kills("payments")
    await s.kills("kafka")
    await reaches(s, "payments", "SELECT count(*) FROM payment WHERE status = 'PAID'", CASES)


async def nothing_is_wrong(s: Site) -> None:
    """Everything that was promised, looked up in the databases and at the bank."""
    assert await s.count("intake", "SELECT count(*) FROM application") == CASES
    assert await s.count("eligibility", "SELECT count(*) FROM award WHERE status = 'ACTIVE'") == CASES
    await reaches(s, "intake", "SELECT count(*) FROM application WHERE status = 'APPROVED'", CASES)
    ledger = (await s.client("payments", Role.FINANCE, COUNTY).get(f"{s.outside.url}/bank/v1/ledger")).json()
    assert len(ledger) == CASES
    assert sum(credit["amount_fen"] for credit in ledger) == CASES * 38_000
    keys = (
        "SELECT count(*) FROM (SELECT payment_key FROM payment WHERE status = 'PAID' GROUP BY 1 HAVING count(*) > 1) d"
    )
    assert await s.count("payments", keys) == 0
    for package in PACKAGES:
        assert await s.count(package, "SELECT count(*) FROM parked") == 0
        await _all_sent(s, package)
        connection = await asyncpg.connect(s.stage.url(f"fault_{package}"))
        damages = [found async for found in verify(connection) if isinstance(found, Damage)]
        await connection.close()
        assert damages == []
    await copies_equal_journals(s)


async def _all_sent(s: Site, package: str) -> None:
    async def sent() -> bool:
        return await s.count(package, "SELECT count(*) FROM outbox WHERE sent_at IS NULL") == 0

    await until(sent, 60)


async def copies_equal_journals(s: Site) -> None:
    """What payments and intake keep of eligibility's awards is what eligibility's journal says."""
    said = await s.rows(
        "eligibility",
        """SELECT o.value::jsonb->>'award_id' AS award, line->>'person_id' AS person,
                  o.value::jsonb->>'starts' AS starts, (replace(line->>'amount', '.', ''))::bigint AS fen
           FROM outbox o, jsonb_array_elements(o.value::jsonb->'lines') line
           WHERE type = 'doudi.eligibility.award-granted.v1'""",
    )
    kept = await s.rows(
        "payments",
        "SELECT award_id::text AS award, person_id::text AS person, to_char(from_month, 'YYYY-MM') AS starts,"
        " amount_fen AS fen FROM award_line",
    )
    assert sorted(map(tuple, said)) == sorted(map(tuple, kept))
    decided = await s.rows("eligibility", "SELECT id, decision_id FROM county_case")
    closed = await s.rows("intake", "SELECT id, decision_id FROM application")
    assert sorted(map(tuple, decided)) == sorted(map(tuple, closed))
