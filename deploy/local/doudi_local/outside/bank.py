"""The agent bank: takes payment files, credits each payment id once, gives back what it cannot credit.

Which accounts come back, by the last four digits of the number (RETURNS below):

| ending | reason          | ending | reason     |
|--------|-----------------|--------|------------|
| 0001   | ACCOUNT_CLOSED  | 0005   | FROZEN     |
| 0002   | NO_SUCH_ACCOUNT | 0006   | ID_EXPIRED |
| 0003   | NAME_MISMATCH   | 0007   | LIMIT      |
| 0004   | DORMANT         | 0008   | OTHER      |

Every other account is credited. A payment id that was credited before is answered PAID with its first value date and
not credited again (`repeats` in the ledger counts such tries); one that came back may be tried again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
import time
from datetime import date
from typing import Annotated, Any

from fastapi import Body, FastAPI, Header, Response
from starlette.concurrency import run_in_threadpool

from doudi import errors
from doudi.clock import Clock
from doudi.errors import Conflict, NotFound
from doudi.service.http import View
from doudi_local.outside import files
from doudi_local.outside.book import Book, digest

RETURNS = {
    "0001": "ACCOUNT_CLOSED",
    "0002": "NO_SUCH_ACCOUNT",
    "0003": "NAME_MISMATCH",
    "0004": "DORMANT",
    "0005": "FROZEN",
    "0006": "ID_EXPIRED",
    "0007": "LIMIT",
    "0008": "OTHER",
}
RESULT_COLUMNS = ("sequence", "payment_id", "status", "reason", "value_date")


class AnotherFileUnderThisId(Conflict):
    """该文件编号已用于另一份文件。

    The bank knows this file id with another content; nothing of this one was taken.
    """


class FileView(View):
    """A file that was received."""

    file_id: str
    sha256: str
    kind: str
    lines: int


class CreditView(View):
    """One credited payment. `account` is the SHA-256 of the number."""

    payment_id: str
    account: str
    amount_fen: int
    file_id: str
    value_date: date
    repeats: int


class Bank:
    """The bank's desk. `delay` in seconds: how long it takes before a file is done."""

    def __init__(self, book: Book, clock: Clock, delay: float) -> None:
        self._book, self._clock, self._delay = book, clock, delay

    def take(self, file_id: str, body: bytes) -> FileView:
        """Keeps a file; the same again changes nothing, another under its id raises AnotherFileUnderThisId."""
        sha256 = hashlib.sha256(body).hexdigest()
        with self._book.transaction() as tx:
            known = tx.execute("SELECT sha256 FROM file WHERE id = ?", (file_id,)).fetchone()
            if known is not None and known["sha256"] != sha256:
                raise AnotherFileUnderThisId()
            lines = files.read(body)
            kind = files.kind_of(body)
            if known is None:
                tx.execute("INSERT INTO file VALUES (?, ?, ?, ?, NULL)", (file_id, sha256, kind, time.time()))
                tx.executemany(
                    "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?)",
                    [
                        (file_id, one.sequence, one.payment_id, digest(one.account), one.account[-4:], one.fen, n)
                        for n, one in enumerate(lines)
                    ],
                )
        return FileView(file_id=file_id, sha256=sha256, kind=kind, lines=len(lines))

    def results(self, file_id: str) -> str:
        """The result file as CSV; NotFound for an unknown file and for one that is not done yet."""
        with self._book.transaction() as tx:
            self._settle_due(tx)
            done = tx.execute("SELECT value_date FROM file WHERE id = ?", (file_id,)).fetchone()
            if done is None or done["value_date"] is None:
                raise NotFound()
            rows = tx.execute("SELECT * FROM line WHERE file_id = ? ORDER BY position", (file_id,)).fetchall()
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(RESULT_COLUMNS)
        writer.writerows([row[name] or "" for name in RESULT_COLUMNS] for row in rows)
        return text.getvalue()

    def ledger(self) -> list[CreditView]:
        """All that was ever credited, by payment id."""
        with self._book.transaction() as tx:
            self._settle_due(tx)
            rows = tx.execute("SELECT *, fen AS amount_fen FROM credit ORDER BY payment_id").fetchall()
        return [CreditView(**{name: row[name] for name in CreditView.model_fields}) for row in rows]

    def _settle_due(self, tx: sqlite3.Connection) -> None:
        """Works through the files whose time has come, oldest first. No task of its own, so no restart can lose one."""
        due = tx.execute(
            "SELECT id FROM file WHERE value_date IS NULL AND received_at <= ? ORDER BY received_at, id",
            (time.time() - self._delay,),
        ).fetchall()
        for file in due:
            on = self._clock.today().isoformat()
            for line in tx.execute("SELECT * FROM line WHERE file_id = ?", (file["id"],)).fetchall():
                _settle(tx, line, on)
            tx.execute("UPDATE file SET value_date = ? WHERE id = ?", (on, file["id"]))


def _settle(tx: sqlite3.Connection, line: sqlite3.Row, on: str) -> None:
    paid = tx.execute("SELECT value_date FROM credit WHERE payment_id = ?", (line["payment_id"],)).fetchone()
    reason = None if paid else RETURNS.get(line["ending"])
    if paid:
        on = paid["value_date"]
        tx.execute("UPDATE credit SET repeats = repeats + 1 WHERE payment_id = ?", (line["payment_id"],))
    elif reason is None:
        tx.execute(
            "INSERT INTO credit (payment_id, account, fen, file_id, value_date) VALUES (?, ?, ?, ?, ?)",
            (line["payment_id"], line["account"], line["fen"], line["file_id"], on),
        )
    tx.execute(
        "UPDATE line SET status = ?, reason = ?, value_date = ? WHERE file_id = ? AND position = ?",
        ("RETURNED" if reason else "PAID", reason, on, line["file_id"], line["position"]),
    )


FileId = Annotated[str, Header(alias="X-File-Id", pattern=r"^[A-Za-z0-9._-]{1,100}$", description="The sender's id")]


def create_bank(bank: Bank) -> FastAPI:
    """The bank over HTTP."""
    app = FastAPI(title="Simulated agent bank", description=__doc__)
    errors.install(app)

    @app.post("/v1/files", status_code=202)
    async def take(x_file_id: FileId, body: Annotated[bytes, Body(media_type="application/octet-stream")]) -> FileView:
        """Takes a pain.001 or a CSV. Repeating the same file is harmless."""
        return await run_in_threadpool(bank.take, x_file_id, body)

    @app.get("/v1/files/{file_id}/results", response_class=Response)
    async def results(file_id: str) -> Any:
        """What became of each line; 404 until it is done."""
        return Response(await run_in_threadpool(bank.results, file_id), media_type="text/csv")

    @app.get("/v1/ledger")
    async def ledger() -> list[CreditView]:
        """What was credited."""
        return await run_in_threadpool(bank.ledger)

    return app
