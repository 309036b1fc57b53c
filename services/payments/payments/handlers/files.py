"""Bank files: ISO 20022 pain.001.001.09 and CSV. The same bytes every time, made line by line (domain §8.4)."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from lxml import etree

from doudi.money import Money
from doudi.transaction import Transaction
from payments import store
from payments.model import Run

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
COLUMNS = (
    "sequence", "payment_id", "payee_name", "id_number", "account", "bank_code", "amount_fen", "amount", "item", "remark",
)  # fmt: skip


def _opened(row: asyncpg.Record, tx: Transaction) -> dict[str, str]:
    keys = tx.keys
    return {
        "sequence": str(row["sequence"]),
        "payment_id": row["id"].hex,
        "payee_name": keys.open(row["payee_name"], "person.name"),
        "id_number": keys.open(row["payee_id_number"], "person.id_number"),
        "account": keys.open(row["account_number"], "account.number"),
        "bank_code": row["bank_code"],
        "amount_fen": str(row["amount_fen"]),
        "amount": str(Money(row["amount_fen"])),
        "item": row["item"],
        "remark": f"{'低保' if row['programme'] == 'DIBAO_R' else '临时救助'} {row['month']}",
    }


async def pain_001(run: Run, tx: Transaction) -> AsyncIterator[bytes]:
    """The file as XML, piece by piece. EndToEndId is the payment's id: the bank pays each once."""
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("Document", nsmap={None: NAMESPACE}), xml.element("CstmrCdtTrfInitn"):
            xml.write(_group_header(run))
            with xml.element("PmtInf"):
                for part in _payment_head(run):
                    xml.write(part)
                async for row in store.file_lines(tx, run.id):
                    xml.write(_transfer(_opened(row, tx)))
                    if out.tell() > 1 << 16:
                        xml.flush()
                        yield _taken(out)
    yield _taken(out)


def _taken(out: io.BytesIO) -> bytes:
    piece = out.getvalue()
    out.seek(0)
    out.truncate()
    return piece


def _element(name: str, *children: Any, **attributes: str) -> Any:
    made = etree.Element(name, attributes)
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def _group_header(run: Run) -> Any:
    return _element(
        "GrpHdr",
        _element("MsgId", run.file_id),
        _element("CreDtTm", f"{run.confirmed_on or run.opened_on}T00:00:00+08:00"),
        _element("NbOfTxs", str(run.lines)),
        _element("CtrlSum", str(run.total)),
        _element("InitgPty", _element("Nm", f"民政局 {run.division[:6]}")),
    )


def _payment_head(run: Run) -> list[Any]:
    agent = _element("FinInstnId", _element("Othr", _element("Id", "AGENT")))
    return [
        _element("PmtInfId", run.file_id),
        _element("PmtMtd", "TRF"),
        _element("NbOfTxs", str(run.lines)),
        _element("CtrlSum", str(run.total)),
        _element("ReqdExctnDt", _element("Dt", str(run.confirmed_on or run.opened_on))),
        _element("Dbtr", _element("Nm", f"财政专户 {run.division[:6]}")),
        _element("DbtrAcct", _element("Id", _element("Othr", _element("Id", f"TREASURY{run.division[:6]}")))),
        _element("DbtrAgt", agent),
    ]


def _transfer(line: dict[str, str]) -> Any:
    member = _element("ClrSysMmbId", _element("MmbId", line["bank_code"]))
    person = _element("PrvtId", _element("Othr", _element("Id", line["id_number"])))
    return _element(
        "CdtTrfTxInf",
        _element("PmtId", _element("InstrId", line["sequence"]), _element("EndToEndId", line["payment_id"])),
        _element("Amt", _element("InstdAmt", line["amount"], Ccy="CNY")),
        _element("CdtrAgt", _element("FinInstnId", member)),
        _element("Cdtr", _element("Nm", line["payee_name"]), _element("Id", person)),
        _element("CdtrAcct", _element("Id", _element("Othr", _element("Id", line["account"])))),
        _element("RmtInf", _element("Ustrd", line["remark"])),
    )


async def csv_file(run: Run, tx: Transaction) -> AsyncIterator[bytes]:
    """The file as CSV that Excel and WPS open: UTF-8 with a mark, long numbers as text, nothing read as a formula."""
    yield "\ufeff".encode()
    yield _row(COLUMNS)
    async for row in store.file_lines(tx, run.id):
        line = _opened(row, tx)
        yield _row([_harmless(line[name]) for name in COLUMNS])


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _row(values: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().encode()


async def digest(run: Run, tx: Transaction, sha256: Any) -> str:
    """The SHA-256 of the run's pain.001 file, by which its bytes are known to be the same later."""
    run.confirmed_on = run.confirmed_on or tx.today
    await tx.session.flush()
    async for piece in pain_001(run, tx):
        sha256.update(piece)
    return str(sha256.hexdigest())
