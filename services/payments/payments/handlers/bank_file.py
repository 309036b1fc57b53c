"""The bank file: ISO 20022 pain.001 and CSV, written line by line; the same lines always give the same bytes.

Names, ID numbers and accounts are opened here only, while a piece is on its way out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import asyncpg
from lxml import etree

from doudi.calendar import Month
from doudi.clock import SHANGHAI
from doudi.division import Division
from doudi.money import Money
from doudi.sealed import KeyRing
from payments.model import Run

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
Pieces = AsyncIterator[Any]
_COLUMNS = (
    "sequence", "payee_name", "id_number", "account", "bank_code", "amount", "payment_id", "item", "remark",
)  # fmt: skip
_PROGRAMMES = {
    "DIBAO_R": "农村低保",
    "DIBAO_U": "城市低保",
    "TEKUN": "特困供养",
    "LIVING_SUB": "残疾人生活补贴",
    "CARE_SUB": "残疾人护理补贴",
    "ORPHAN": "孤儿生活费",
    "DEFACTO": "儿童生活补贴",
    "ELDER": "高龄津贴",
    "ELDER_2023": "高龄津贴",
    "PRICE_SUB": "价格补贴",
    "RELIEF": "临时救助",
}
"""What stands in the remark; of a child's money not why it is paid."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Sink:
    """Where lxml writes; emptied piece by piece."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Keeps a piece."""
        self._kept.append(data)

    def take(self) -> bytes:
        """What was written since."""
        taken, self._kept = b"".join(self._kept), []
        return taken


async def pain(run: Run, at: datetime, keys: KeyRing, pieces: Pieces) -> AsyncIterator[bytes]:
    """A pain.001.001.09. The message id is the run, the EndToEndId the payment (32 hex digits, at most 35 fit)."""
    sink = _Sink()
    with etree.xmlfile(sink, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("Document", nsmap={None: NAMESPACE}), xml.element("CstmrCdtTrfInitn"):
            xml.write(_header(run, at))
            with xml.element("PmtInf"):
                for part in _instruction(run, at):
                    xml.write(part)
                async for rows in pieces:
                    for row in rows:
                        xml.write(_transfer(row, keys))
                    xml.flush()
                    yield sink.take()
    yield sink.take()


async def table(keys: KeyRing, pieces: Pieces) -> AsyncIterator[bytes]:
    """A CSV for people and for banks that take one: UTF-8 with BOM, so that Excel reads the names.

    Long numbers begin with a tab: Excel then takes them as text and keeps every digit.
    """
    yield b"\xef\xbb\xbf" + _csv([_COLUMNS])
    async for rows in pieces:
        yield _csv([_fields(row, keys) for row in rows])


async def digest(chunks: AsyncIterator[bytes]) -> str:
    """The SHA-256 of a file in hex."""
    found = hashlib.sha256()
    async for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()


def _element(tag: str, *children: Any, text: str | None = None, **attributes: str) -> Any:
    made = etree.Element(tag, attrib=attributes)
    made.text = None if text is None else _NOT_XML.sub("", text)
    made.extend(children)
    return made


def _header(run: Run, at: datetime) -> Any:
    return _element(
        "GrpHdr",
        _element("MsgId", text=run.file_id),
        _element("CreDtTm", text=at.astimezone(SHANGHAI).replace(microsecond=0).isoformat()),
        _element("NbOfTxs", text=str(run.lines)),
        _element("CtrlSum", text=str(run.total)),
        _element("InitgPty", _element("Nm", text=_payer(run))),
    )


def _instruction(run: Run, at: datetime) -> list[Any]:
    """The account that pays is agreed with the bank by county, and is not provided in the file."""
    nobody = "NOTPROVIDED"
    return [
        _element("PmtInfId", text=run.file_id),
        _element("PmtMtd", text="TRF"),
        _element("NbOfTxs", text=str(run.lines)),
        _element("CtrlSum", text=str(run.total)),
        _element("ReqdExctnDt", _element("Dt", text=at.astimezone(SHANGHAI).date().isoformat())),
        _element("Dbtr", _element("Nm", text=_payer(run))),
        _element("DbtrAcct", _element("Id", _element("Othr", _element("Id", text=nobody)))),
        _element("DbtrAgt", _element("FinInstnId", _element("Othr", _element("Id", text=nobody)))),
    ]


def _transfer(row: asyncpg.Record, keys: KeyRing) -> Any:
    name, id_number, account = _opened(row, keys)
    return _element(
        "CdtTrfTxInf",
        _element("PmtId", _element("InstrId", text=str(row["line"])), _element("EndToEndId", text=row["id"].hex)),
        _element("Amt", _element("InstdAmt", text=str(Money(row["amount_fen"])), Ccy="CNY")),
        _element("CdtrAgt", _element("FinInstnId", _element("Othr", _element("Id", text=row["bank_code"])))),
        _element(
            "Cdtr",
            _element("Nm", text=name),
            _element("Id", _element("PrvtId", _element("Othr", _element("Id", text=id_number)))),
        ),
        _element("CdtrAcct", _element("Id", _element("Othr", _element("Id", text=account)))),
        _element("RmtInf", _element("Ustrd", text=_remark(row))),
    )


def _opened(row: asyncpg.Record, keys: KeyRing) -> tuple[str, str, str]:
    return (
        keys.open(row["payee_name"], "person.name"),
        keys.open(row["payee_id_number"], "person.id_number"),
        keys.open(row["account_number"], "account.number"),
    )


def _fields(row: asyncpg.Record, keys: KeyRing) -> list[str]:
    name, id_number, account = _opened(row, keys)
    return [
        str(row["line"]), _plain(name), f"\t{id_number}", f"\t{account}", _plain(row["bank_code"]),
        str(Money(row["amount_fen"])), row["id"].hex, _plain(row["item"]), _plain(_remark(row)),
    ]  # fmt: skip


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _remark(row: asyncpg.Record) -> str:
    return f"{_PROGRAMMES.get(row['programme'], row['programme'])} {Month.of(row['month'])}"


def _payer(run: Run) -> str:
    return f"{Division(run.division).county.name}民政局"


def _csv(rows: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
