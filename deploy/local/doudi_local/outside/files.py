"""Payment files as the bank reads them: ISO 20022 pain.001, and the CSV with one line for each payment."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from doudi.errors import Invalid

_FEN = 100
_ACCOUNT_COLUMNS = ("account", "account_number")


@dataclass(frozen=True, slots=True)
class Line:
    """One payment: money in fen."""

    sequence: str
    payment_id: str
    account: str
    fen: int


def kind_of(body: bytes) -> str:
    """`pain.001` or `csv`, by the body itself."""
    return "pain.001" if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "csv"


def read(body: bytes) -> list[Line]:
    """The lines in their order; raises Invalid naming what is wrong, and nothing of such a file is paid."""
    lines = list(_pain(body) if kind_of(body) == "pain.001" else _csv(body))
    if not lines:
        raise Invalid(detail="文件中没有付款明细 / the file has no payment")
    ids = [line.payment_id for line in lines]
    if len(set(ids)) < len(ids):
        raise Invalid(detail="文件中付款编号重复 / a payment id stands twice in the file")
    return lines


def _pain(body: bytes) -> Iterator[Line]:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Invalid(detail="不接受 DTD / a DTD is not taken")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise Invalid(detail="不是合法的 XML / not well-formed XML") from error
    if "pain.001" not in root.tag:
        raise Invalid(detail="不是 pain.001 报文 / not a pain.001 message")
    lines = [_transfer(number, transfer) for number, transfer in enumerate(root.iterfind(".//{*}CdtTrfTxInf"), 1)]
    _add_up(root, lines)
    yield from lines


def _transfer(number: int, transfer: ElementTree.Element) -> Line:
    amount = transfer.find("{*}Amt/{*}InstdAmt")
    if amount is None or amount.get("Ccy") != "CNY":
        raise Invalid(detail=f"第{number}笔：币种应为 CNY / payment {number}: the currency must be CNY")
    account = _text(transfer, "{*}CdtrAcct/{*}Id/{*}Othr/{*}Id")
    instruction, end_to_end = _text(transfer, "{*}PmtId/{*}InstrId"), _text(transfer, "{*}PmtId/{*}EndToEndId")
    if not (account and end_to_end):
        raise Invalid(detail=f"第{number}笔：缺账号或 EndToEndId / payment {number}: no account or no EndToEndId")
    sequence = instruction if instruction.isdigit() else str(number)
    return Line(sequence, end_to_end, account, _fen(amount.text or "", number))


def _add_up(root: ElementTree.Element, lines: list[Line]) -> None:
    """The control figures of the group header must be those of its payments."""
    count, total = _text(root, ".//{*}GrpHdr/{*}NbOfTxs"), _text(root, ".//{*}GrpHdr/{*}CtrlSum")
    if count and count != str(len(lines)):
        raise Invalid(detail="NbOfTxs 与明细笔数不符 / NbOfTxs is not the number of payments")
    if total and _fen(total, 0) != sum(line.fen for line in lines):
        raise Invalid(detail="CtrlSum 与明细合计不符 / CtrlSum is not the sum of the payments")


def _text(element: ElementTree.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _csv(body: bytes) -> Iterator[Line]:
    """The columns are found by name; lines before the one that names them are the file's header."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(detail="CSV 应为 UTF-8 / the CSV must be UTF-8") from error
    rows = csv.reader(io.StringIO(text))
    columns = next((row for row in rows if "payment_id" in row), None)
    if columns is None:
        raise Invalid(detail="CSV 缺 payment_id 列 / the CSV has no column payment_id")
    for number, row in enumerate(filter(any, rows), 1):
        fields = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}  # a tab keeps Excel's digits
        account = next((fields[name] for name in _ACCOUNT_COLUMNS if fields.get(name)), "")
        if not (account and fields.get("payment_id")):
            raise Invalid(detail=f"第{number}行：缺账号或付款编号 / line {number}: no account or no payment id")
        yield Line(fields.get("sequence") or str(number), fields["payment_id"], account, _amount(fields, number))


def _amount(fields: dict[str, str], number: int) -> int:
    fen = next((fields[name] for name in ("amount_fen", "fen") if fields.get(name)), None)
    if fen is None:
        return _fen(fields.get("amount", ""), number)
    if not re.fullmatch(r"[1-9][0-9]{0,14}", fen):
        raise Invalid(detail=f"第{number}行：金额（分）应为正整数 / line {number}: fen must be a whole number above 0")
    return int(fen)


def _fen(yuan: str, number: int) -> int:
    if not re.fullmatch(r"[0-9]{1,13}(\.[0-9]{1,2})?", yuan) or not (fen := int(Decimal(yuan) * _FEN)):
        raise Invalid(detail=f"第{number}笔：金额应大于零且至多两位小数 / payment {number}: no amount in yuan and fen")
    return fen
