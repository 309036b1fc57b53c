"""The simulators: a bank that pays nothing twice, departments that answer alike, a clock that runs forward."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from doudi.testing import until
from doudi_local.outside.app import create_app
from doudi_local.outside.settings import OutsideSettings

GOOD, CLOSED = "6222020000000000000", "6222020000000000001"
ELDER, CHILD = "640522188001010019", "640522201301010014"


def csv_file(*lines: tuple[str, str, str]) -> bytes:
    """Lines of (payment id, account, yuan), below a header line as our files have one."""
    rows = ["batch,B1", "sequence,payment_id,account,amount"]
    rows += [f"{n},{payment},\t{account},{amount}" for n, (payment, account, amount) in enumerate(lines, 1)]
    return "\n".join(rows).encode()


def pain(*lines: tuple[str, str, str], total: str) -> bytes:
    """The same as pain.001."""
    transfers = "".join(
        f"<CdtTrfTxInf><PmtId><InstrId>{n}</InstrId><EndToEndId>{payment}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="CNY">{amount}</InstdAmt></Amt>'
        f"<CdtrAcct><Id><Othr><Id>{account}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>"
        for n, (payment, account, amount) in enumerate(lines, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>'
        f"<GrpHdr><NbOfTxs>{len(lines)}</NbOfTxs><CtrlSum>{total}</CtrlSum></GrpHdr>"
        f"<PmtInf>{transfers}</PmtInf></CstmrCdtTrfInitn></Document>"
    ).encode()


def an_outside(folder: Path, delay_ms: int = 0) -> FastAPI:
    clock = folder / "clock"
    if not clock.exists():
        clock.write_text("2020-03-02\n")
    settings = OutsideSettings(profile="test", clock=f"file:{clock}", outside_bank_delay_ms=delay_ms)
    return create_app(folder / "outside", settings)


@pytest_asyncio.fixture
async def outside(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client(an_outside(tmp_path)) as http:
        yield http


def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://outside")


async def sent(http: httpx.AsyncClient, file_id: str, body: bytes) -> int:
    return (await http.post("/bank/v1/files", content=body, headers={"X-File-Id": file_id})).status_code


async def results(http: httpx.AsyncClient, file_id: str) -> dict[str, tuple[str, str, str]]:
    """By payment id: status, reason, value date."""
    answer = await http.get(f"/bank/v1/files/{file_id}/results")
    assert answer.status_code == 200, answer.text
    rows = csv.DictReader(io.StringIO(answer.text))
    assert rows.fieldnames == ["sequence", "payment_id", "status", "reason", "value_date"]
    return {row["payment_id"]: (row["status"], row["reason"], row["value_date"]) for row in rows}


@pytest.mark.parametrize("form", ["csv", "pain"])
async def test_a_file_is_paid_and_a_closed_account_comes_back(outside: httpx.AsyncClient, form: str) -> None:
    lines = [("p1", GOOD, "380.00"), ("p2", CLOSED, "0.02")]
    assert await sent(outside, "F1", csv_file(*lines) if form == "csv" else pain(*lines, total="380.02")) == 202
    assert await results(outside, "F1") == {
        "p1": ("PAID", "", "2020-03-02"),
        "p2": ("RETURNED", "ACCOUNT_CLOSED", "2020-03-02"),
    }
    [credit] = (await outside.get("/bank/v1/ledger")).json()
    assert (credit["payment_id"], credit["amount_fen"], credit["repeats"]) == ("p1", 38000, 0)
    assert credit["account"] == hashlib.sha256(GOOD.encode()).hexdigest()


async def test_the_same_file_again_is_one_file_and_another_under_its_id_is_refused(outside: httpx.AsyncClient) -> None:
    body = csv_file(("p1", GOOD, "1.00"))
    assert [await sent(outside, "F1", body) for _ in range(3)] == [202, 202, 202]
    answer = await outside.post("/bank/v1/files", content=csv_file(("p9", GOOD, "1.00")), headers={"X-File-Id": "F1"})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/another-file-under-this-id"
    assert list(await results(outside, "F1")) == ["p1"]
    assert len((await outside.get("/bank/v1/ledger")).json()) == 1


async def test_a_payment_id_is_credited_once_however_many_files_hold_it(outside: httpx.AsyncClient) -> None:
    await sent(outside, "F1", csv_file(("p1", GOOD, "5.00")))
    await sent(outside, "F2", csv_file(("p1", GOOD, "5.00"), ("p2", GOOD, "6.00")))
    assert (await results(outside, "F2"))["p1"][0] == "PAID"
    credits = {c["payment_id"]: (c["amount_fen"], c["repeats"]) for c in (await outside.get("/bank/v1/ledger")).json()}
    assert credits == {"p1": (500, 1), "p2": (600, 0)}


async def test_what_came_back_may_be_paid_to_another_account(outside: httpx.AsyncClient) -> None:
    await sent(outside, "F1", csv_file(("p1", CLOSED, "5.00")))
    assert (await results(outside, "F1"))["p1"][0] == "RETURNED"
    await sent(outside, "F2", csv_file(("p1", GOOD, "5.00")))
    assert (await results(outside, "F2"))["p1"][0] == "PAID"


async def test_results_are_not_found_before_they_are_done(tmp_path: Path) -> None:
    async with client(an_outside(tmp_path, delay_ms=3_600_000)) as http:
        assert await sent(http, "F1", csv_file(("p1", GOOD, "5.00"))) == 202
        assert (await http.get("/bank/v1/files/F1/results")).status_code == 404
        assert (await http.get("/bank/v1/files/unknown/results")).status_code == 404
        assert (await http.get("/bank/v1/ledger")).json() == []
    async with client(an_outside(tmp_path)) as again:  # the same book, opened by another process
        assert (await results(again, "F1"))["p1"][0] == "PAID"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"nothing,of,the,kind",
        b"<Document",
        b"<other/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><Document xmlns="pain.001">&b;</Document>',
        csv_file(("p1", GOOD, "0.00")),
        csv_file(("p1", GOOD, "-1.00")),
        csv_file(("p1", GOOD, "1.001")),
        csv_file(("p1", GOOD, "NaN")),
        csv_file(("p1", GOOD, "Infinity")),
        csv_file(("p1", "", "1.00")),
        csv_file(("p1", GOOD, "1.00"), ("p1", GOOD, "1.00")),
        pain(("p1", GOOD, "1.00"), total="2.00"),
        pain(total="0.00"),
    ],
)
async def test_a_bad_file_is_refused_whole(outside: httpx.AsyncClient, body: bytes) -> None:
    assert await sent(outside, "F1", body) == 422
    assert (await outside.get("/bank/v1/ledger")).json() == []
    assert await sent(outside, "F1", csv_file(("p1", GOOD, "1.00"))) == 202


async def asked(http: httpx.AsyncClient, source: str, id_number: str, consent: bool = True) -> tuple[int, str]:
    body = {"source": source, "id_number": id_number, "name": "马小云", "consent": consent}
    answer = await http.post("/departments/v1/queries", json=body)
    return answer.status_code, answer.json().get("code", "")


async def test_departments_answer_by_the_number_and_alike(outside: httpx.AsyncClient) -> None:
    assert await asked(outside, "PUBLIC_SECURITY", ELDER) == (200, "MATCH")
    assert await asked(outside, "PUBLIC_SECURITY", ELDER[:-1] + "8") == (200, "NO_RECORD")
    assert await asked(outside, "SOCIAL_SECURITY", ELDER) == (200, "MATCH")
    assert await asked(outside, "SOCIAL_SECURITY", CHILD) == (200, "NO_RECORD")
    assert await asked(outside, "BANKS", ELDER) == await asked(outside, "BANKS", ELDER)
    assert await asked(outside, "TAX", ELDER, consent=False) == (200, "CONSENT_MISSING")
    assert (await asked(outside, "ASTROLOGY", ELDER))[0] == 422


async def test_a_planted_fact_wins_and_stays(outside: httpx.AsyncClient, tmp_path: Path) -> None:
    fact = {"source": "MARKET_REGULATION", "id_number": ELDER, "code": "MISMATCH", "amount": "60000.00"}
    assert (await outside.post("/departments/v1/facts", json=[fact])).status_code == 204
    assert await asked(outside, "MARKET_REGULATION", ELDER) == (200, "MISMATCH")
    assert await asked(outside, "MARKET_REGULATION", CHILD) == (200, "NO_RECORD")
    async with client(an_outside(tmp_path)) as again:
        assert await asked(again, "MARKET_REGULATION", ELDER) == (200, "MISMATCH")


async def test_a_source_is_switched_off_and_on(outside: httpx.AsyncClient) -> None:
    for state, told in [("UNAVAILABLE", (200, "UNAVAILABLE")), ("SILENT", (503, "")), ("AVAILABLE", (200, "MATCH"))]:
        switched = await outside.post("/departments/v1/sources/PUBLIC_SECURITY", json={"state": state})
        assert {"source": "PUBLIC_SECURITY", "state": state} in switched.json()
        assert await asked(outside, "PUBLIC_SECURITY", ELDER) == told


async def test_the_clock_runs_forward_for_everybody(outside: httpx.AsyncClient, tmp_path: Path) -> None:
    assert (await outside.get("/clock/v1/clock")).json() == {"date": "2020-03-02"}
    assert (await outside.post("/clock/v1/clock", json={"date": "2020-03-10"})).status_code == 200
    assert (tmp_path / "clock").read_text() == "2020-03-10\n"
    assert (await outside.post("/clock/v1/clock", json={"date": "2020-03-10"})).status_code == 200
    back = await outside.post("/clock/v1/clock", json={"date": "2020-03-09"})
    assert (back.status_code, back.json()["errors"][0]["field"]) == (409, "date")
    assert (await outside.post("/clock/v1/clock", json={"date": "2020-02-30"})).status_code == 422
    assert (tmp_path / "clock").read_text() == "2020-03-10\n"


async def test_the_bank_dates_by_the_simulated_day(outside: httpx.AsyncClient) -> None:
    await outside.post("/clock/v1/clock", json={"date": "2020-04-08"})
    await sent(outside, "F1", csv_file(("p1", GOOD, "5.00")))
    assert (await results(outside, "F1"))["p1"][2] == "2020-04-08"


async def test_there_is_no_clock_to_move_when_time_is_real(tmp_path: Path) -> None:
    async with client(create_app(tmp_path, OutsideSettings(profile="production", clock="real"))) as http:
        assert (await http.post("/clock/v1/clock", json={"date": "2030-01-01"})).status_code == 404
    with pytest.raises(ValueError, match="not allowed"):
        create_app(tmp_path, OutsideSettings(profile="production", clock=f"file:{tmp_path}/clock"))


async def test_a_killed_process_has_forgotten_nothing(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("2020-03-02\n")
    async with Running(tmp_path, kill=True) as http:
        assert await sent(http, "F1", csv_file(("p1", GOOD, "5.00"), ("p2", CLOSED, "5.00"))) == 202
    async with Running(tmp_path) as http:
        assert await sent(http, "F1", csv_file(("p1", GOOD, "5.00"), ("p2", CLOSED, "5.00"))) == 202
        found = await results(http, "F1")
        assert (found["p1"][0], found["p2"][1]) == ("PAID", "ACCOUNT_CLOSED")
        assert (await http.get("/clock/v1/clock")).json()["date"] == date(2020, 3, 2).isoformat()


class Running:
    """The process as the launcher starts it; `kill`: it ends by SIGKILL."""

    def __init__(self, folder: Path, kill: bool = False) -> None:
        self._kill = kill
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "doudi_local.outside", "--port", str(port), "--data", str(folder / "outside")],
            env={**os.environ, "DOUDI_PROFILE": "test", "DOUDI_CLOCK": f"file:{folder}/clock",
                 "DOUDI_OUTSIDE_BANK_DELAY_MS": "0"},
        )  # fmt: skip
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False)

    async def __aenter__(self) -> httpx.AsyncClient:
        assert await until(self._health, 30) == {"status": "ok"}
        return self._http

    async def _health(self) -> Any:
        with suppress(httpx.TransportError):
            return (await self._http.get("/health/live")).json()
        return None

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()
        self._process.send_signal(signal.SIGKILL if self._kill else signal.SIGTERM)
        await asyncio.to_thread(self._process.wait, 20)
