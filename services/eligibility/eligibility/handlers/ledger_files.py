"""The rows of a register file, one after the other: xlsx, or csv in UTF-8 or GB18030. Memory does not grow with it."""

from __future__ import annotations

import codecs
import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from eligibility.model import refusals

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_INFLATED = 20
"""A workbook unpacks to about ten times its size; one that claims more than this is not opened."""
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 1_000
"""No sheet has more rows, and no register so many columns; a file may claim any number."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an .xls begins, and a workbook with a password."""
_UNCOMPUTED = re.compile(
    rb"""<(?:\w+:)?c (?![^>]{0,200}\bt="str")[^>]{0,200}>\s*<(?:\w+:)?f(?:\s[^>]{0,2000})?"""
    rb"""(?:/>|>[^<]{0,8192}</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
"""A cell with a formula and no value: nobody ever computed it, and it would be read as an empty one."""
_OVERLAP = 1 << 14
_EXACT = 15
"""Digits that a workbook keeps of a number; the last ones of a longer one, such as an ID number, are lost."""
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, EOFError, zlib.error, lzma.LZMAError, RuntimeError, ArithmeticError, struct.error, AssertionError,
)  # fmt: skip
"""What openpyxl raises on a file that is no workbook; it has no one error for that."""

Cells = Sequence[str]


def rows(file: IO[bytes], media: str, size: int) -> Iterator[tuple[int, Cells]]:
    """(number from 1, cells as text) of every row that is not empty. Raises RegisterUnreadable."""
    found = _xlsx(file, size) if media == XLSX else _csv(file)
    return ((n, cells) for n, cells in found if any(cells))


def _xlsx(file: IO[bytes], size: int) -> Iterator[tuple[int, Cells]]:
    if file.read(len(_OLE)) == _OLE:
        raise refusals.RegisterUnreadable(detail="工作簿有密码保护，或是旧版 .xls，请另存为无密码的 .xlsx")
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _INFLATED * max(size, 1 << 20):
                raise refusals.RegisterUnreadable(detail="工作簿解压后过大")
            if _has_uncomputed(packed):
                raise refusals.RegisterUnreadable(detail="工作簿有未计算的公式，请用表格软件打开保存，或粘贴为数值")
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for n, row in enumerate(sheet.iter_rows(values_only=True, max_row=_MOST_ROWS + 1), 1):
            if n > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise refusals.RegisterUnreadable(detail=f"行数超过 {_MOST_ROWS} 或列数超过 {_MOST_COLUMNS}")
            yield n, [_text(value) for value in row]
    except _BROKEN as error:
        raise refusals.RegisterUnreadable(detail=f"不是可读取的 xlsx 工作簿（{type(error).__name__}）") from error


def _has_uncomputed(packed: zipfile.ZipFile) -> bool:
    """Whether a sheet has a formula that was never computed."""
    for part in packed.infolist():
        if not (part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")):
            continue
        with packed.open(part) as sheet:
            before = b""
            while piece := sheet.read(1 << 20):
                if b"f" in piece and _UNCOMPUTED.search(before + piece):
                    return True
                before = piece[-_OVERLAP:]
    return False


def _text(value: object) -> str:
    """A cell as its reader sees it: a day as a day, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value).strip()
    if isinstance(value, str):
        return text
    plain = text.removesuffix(".0")
    return f"{Decimal(plain):.14E}" if len(plain) > _EXACT and plain.isdecimal() else plain


def _csv(file: IO[bytes]) -> Iterator[tuple[int, Cells]]:
    if file.read(len(_OLE)) == _OLE:
        raise refusals.RegisterUnreadable(detail="是旧版 .xls 或有密码的工作簿，不是文本")
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        for n, row in enumerate(csv.reader(text, strict=True), 1):
            yield n, [cell.strip() for cell in row]
    except csv.Error as error:
        raise refusals.RegisterUnreadable(detail="不是可读取的 csv 文件") from error


def _encoding(file: IO[bytes]) -> str:
    """utf-8-sig or gb18030, whichever the whole file is; text in UTF-8 is almost never by chance GB18030's."""
    for encoding in ("utf-8-sig", "gb18030"):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while piece := file.read(1 << 20):
                if b"\x00" in piece:
                    raise refusals.RegisterUnreadable(detail="文件含有空字符：不是文本，或是 UTF-16，请另存为 UTF-8")
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return encoding
    raise refusals.RegisterUnreadable(detail="既不是 UTF-8 也不是 GB18030 文本")
