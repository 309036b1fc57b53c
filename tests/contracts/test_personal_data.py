"""One family from the window to the bank, through a fire and into a home: nothing that names it is in the clear.

Not even in the database of the service that owns it. The family's name, ID numbers, phone, address and account are
texts that occur nowhere else. They are looked for, also as other encodings write them, in every record of the
services' topics, in the logs, in the metrics of every service and in a dump of every database. That the search would
find them is shown by planting them in all four places.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from subprocess import PIPE
from urllib.parse import quote

import pytest
import pytest_asyncio
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from tests.journeys.town import TOWNSHIP, VILLAGE, Family, Town, town
from tests.services import relief_town
from tests.services.care_home import Home

from doudi.auth import Role
from doudi.events.base import topic
from doudi.events.relief import AdvancePaid
from doudi.testing import PACKAGES, Running, Servers, until
from doudi_local import places
from doudi_local.postgres_binaries import find_binaries

NAME, ADDRESS, PHONE = "欧阳鸑鷟霄", "七营村𠮷祥沟旮旯第七孔窑", "13987604321"
ACCOUNT = "6228480178239104567"
OBJECTOR, OBJECTORS_PHONE, STATEMENT = "令狐彧嫑", "13876501234", "他家有一辆紫檀色骡马车"
SUPPORTER = "东郭夔龘"
BIRTHS = (("HEAD", date(1947, 7, 19)), ("SPOUSE", date(1949, 11, 23)))


@pytest_asyncio.fixture(loop_scope="session")
async def place(servers: Servers, tmp_path: Path) -> AsyncIterator[Town]:
    """A town with all six services."""
    async with town(servers, tmp_path) as made:
        yield made


def forms(text: str) -> set[str]:
    """A text as databases, logs and topics may write it: plain, JSON, URL, hex and base64, the latter at any offset."""
    raw = text.encode()
    coded = {base64.b64encode(b"\0" * pad + raw).decode()[-(-8 * pad // 6) :] for pad in range(3)}
    inner = {
        code.rstrip("=")[: -1 if code.endswith("=") else None] for code in coded
    }  # the last depends on what follows
    return {text, json.dumps(text)[1:-1], quote(text), raw.hex(), *inner}


def found(place: str, text: str, secrets: list[str]) -> list[tuple[str, str]]:
    """(place, secret) of each secret that is in the text."""
    lowered = text.lower()
    return [(place, secret) for secret in secrets if any(form.lower() in lowered for form in forms(secret))]


async def records(town: Town) -> str:
    """Every record of every topic of the town: key, headers, value."""
    settings = town.intake.runtime.settings
    parts = await partitions(settings.kafka_bootstrap_servers, settings.topic_prefix)
    assert {p.topic for p in parts} == {topic(name.replace("_", "-"), settings.topic_prefix) for name in PACKAGES}
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka_bootstrap_servers, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(parts)
        await consumer.seek_to_beginning()
        ends = await consumer.end_offsets(parts)
        read: list[str] = []
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for batch in (await consumer.getmany(timeout_ms=200)).values():
                read += [f"{r.key!r} {r.headers} {(r.value or b'').decode()}" for r in batch]
    finally:
        await consumer.stop()
    return "\n".join(read)


async def partitions(bootstrap: str, prefix: str) -> list[TopicPartition]:
    """The partitions of all topics that begin so."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        names = [name for name in await admin.list_topics() if name.startswith(prefix)]
        described = await admin.describe_topics(names)
    finally:
        await admin.close()
    return [TopicPartition(d["topic"], part["partition"]) for d in described for part in d["partitions"]]


async def dump(s: Running) -> str:
    """All that a service's database holds, as pg_dump writes it."""
    url = s.runtime.settings.database_url.get_secret_value()
    binary = find_binaries(places.unprivileged_user()) / "pg_dump"
    process = await asyncio.create_subprocess_exec(str(binary), "--inserts", url, stdout=PIPE, stderr=PIPE)
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return out.decode()


async def leaks(town: Town, logs: str, secrets: list[str]) -> list[tuple[str, str]]:
    """Where a secret is: (topics | logs | metrics of … | database of …, the secret)."""
    where = {"topics": await records(town), "logs": logs}
    for name, s in town.services.items():
        answer = await s.public().get("/metrics")
        assert answer.status_code == 200
        where |= {f"metrics of {name}": answer.text, f"database of {name}": await dump(s)}
    assert all(where.values()), [name for name, text in where.items() if not text]  # nothing was read in vain
    return [leak for name, text in where.items() for leak in found(name, text, secrets)]


async def is_paid(town: Town) -> Family:
    """The whole way, with an objection and with requests that are refused, to the money in the account."""
    family = town.family(*BIRTHS, income_year="0.00", account=ACCOUNT, labour="NONE")
    family.supporters = [{"name": SUPPORTER, "per_capita_month": "300.00", "supported": 2, "supported_here": 2}]
    family.declares = {"name": NAME, "phone": PHONE, "address": ADDRESS}
    await family.applies()
    await refused_requests(family)
    await family.is_surveyed()
    await family.is_posted()
    public = town.intake.public()
    posting = (await public.get("/v1/postings", params={"division": VILLAGE})).json()["items"][0]["id"]
    objection = {"statement": STATEMENT, "name": OBJECTOR, "phone": OBJECTORS_PHONE}
    answer = await public.post(f"/v1/postings/{posting}/objections", json=objection)
    assert answer.status_code == 201, answer.text
    await family.act("look-again", {"to": "ASSESSMENT", "answer": "查无此车"})
    await family.is_posted()
    await family.reaches_the_county()
    await family.is_checked()
    await family.is_approved()
    town.day(date(2020, 4, 2))
    await town.pays("2020-04", lines=2)
    return family


async def is_helped_and_housed(town: Town, family: Family) -> None:
    """The same people after a fire: money at once, and one of them moves into the home."""
    number = family.id_numbers[0]
    officers = relief_town.Town(town.relief)
    payee = {
        "name": NAME, "id_number": number, "phone": PHONE, "account": {"number": ACCOUNT, "bank_code": "BOC"},
    }  # fmt: skip
    case = await officers.granted(payee=payee)
    await officers.post(f"/{case}/payee", {"person_is": NAME}, expect=422)

    async def paid() -> bool:
        return bool(await town.relief.said(AdvancePaid, case))

    await until(paid)
    home = Home(town.care_institutions)
    await home.register(licence_until="2021-12-31")
    await home.hires(1, name=NAME)
    resident = await home.admits(1, name=NAME, id_number=number)
    assert (await home.get(f"residents/{resident['id']}"))["id"] == resident["id"]


async def refused_requests(family: Family) -> None:
    """Bodies, paths and queries that are refused; what they hold is not said back."""
    number = family.id_numbers[0]
    whole = {"id_number": number, "division": VILLAGE, "labour": "NONE", **family.declares}
    clerk = family.clerk
    answers = [
        await clerk.post("/v1/persons", json={**whole, "labour": NAME}),
        await clerk.post("/v1/persons", json={**whole, "phone": ACCOUNT, "surprise": ADDRESS}),
        await clerk.post("/v1/persons", content=json.dumps(whole)[:-1], headers={"Content-Type": "application/json"}),
        await clerk.post("/v1/persons", content=json.dumps(whole), headers={"Content-Type": f"text/{PHONE}"}),
        await clerk.get(f"/v1/persons/{number}"),
        await clerk.get("/v1/persons", params={"after": NAME, "limit": number}),
    ]
    assert [a.status_code for a in answers] == [422, 422, 400, 415, 422, 422]
    secrets = [number, NAME, ADDRESS, PHONE, ACCOUNT]
    assert found("answers", "\n".join(a.text for a in answers), secrets) == []


async def plant(town: Town, secret: str) -> None:
    """Puts a secret where it must not be, in each of the four places."""
    settings = town.intake.runtime.settings
    producer = AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers)
    await producer.start()
    await producer.send_and_wait(topic("relief", settings.topic_prefix), json.dumps({"x": secret}).encode())
    await producer.stop()
    town.payments.runtime.metrics.counter("planted_total", "Planted", ["name"]).labels(secret).inc()
    async with town.oversight.runtime.transaction() as tx:
        await tx.execute("CREATE TABLE planted AS SELECT convert_to($1::text, 'UTF8') AS raw", secret)
    sys.stdout.write(json.dumps({"event": secret}) + "\n")


@pytest.mark.slow
async def test_nothing_that_names_a_family_is_anywhere_in_the_clear(place, capsys):
    family = await is_paid(place)
    assert {status for _, _, status in await family.received()} == {"PAID"}
    await is_helped_and_housed(place, family)
    secrets = [NAME, ADDRESS, PHONE, ACCOUNT, OBJECTOR, OBJECTORS_PHONE, STATEMENT, SUPPORTER, *family.id_numbers]
    view = await place.client("intake", Role.CLERK, TOWNSHIP, "clerk-1").get(f"/v1/persons/{family.people['HEAD']}")
    assert found("answer", view.text, [NAME])  # it is there, for those who may see it
    case = await family.clerk.get(f"/v1/applications/{family.application}")
    assert found("answer", case.text, [SUPPORTER])
    logs = capsys.readouterr().out
    assert await leaks(place, logs, secrets) == []
    await plant(place, NAME)
    planted = {where for where, _ in await leaks(place, logs + capsys.readouterr().out, secrets)}
    assert planted == {"topics", "logs", "metrics of payments", "database of oversight"}


@pytest.mark.parametrize("text", [NAME, ADDRESS, PHONE, ACCOUNT])
@pytest.mark.parametrize("pad", [0, 1, 2, 3])
def test_the_search_reads_what_encodings_write(text, pad):
    around = b"k" * pad + text.encode() + b"tail"
    for written in (
        around.decode(), json.dumps(around.decode()), quote(around.decode()), around.hex(),
        base64.b64encode(around).decode(),
    ):  # fmt: skip
        assert found("here", written, [text]), written
    assert not found("here", "x" * 500, [text])
