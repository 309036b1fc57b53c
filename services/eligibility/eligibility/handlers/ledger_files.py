"""The rows of a register file, one after the other: xlsx, or csv in UTF-8 or GB18030. Memory does not grow with it."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import IO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from eligibility.model import refusals

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_INFLATED = 20
"""A workbook unpacks to about ten times its size; one that claims more than this is not opened."""
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, EOFError, zlib.error, NotImplementedError, AssertionError,
)  # fmt: skip
"""What openpyxl raises on a file that is no workbook; it has no one error for that."""

Cells = Sequence[str]


def rows(file: IO[bytes], media: str, size: int) -> Iterator[tuple[int, Cells]]:
    """(number from 1, cells as text) of every row that is not empty. Raises RegisterUnreadable."""
    found = _xlsx(file, size) if media == XLSX else _csv(file)
    return ((n, cells) for n, cells in found if any(cells))


def _xlsx(file: IO[bytes], size: int) -> Iterator[tuple[int, Cells]]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _INFLATED * max(size, 1 << 20):
                raise refusals.RegisterUnreadable(detail="工作簿解压后过大")
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for n, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield n, [_text(value) for value in row]
    except _BROKEN as error:
        raise refusals.RegisterUnreadable(detail=f"不是可读取的 xlsx 工作簿（{type(error).__name__}）") from error


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
    return text.removesuffix(".0") if not isinstance(value, str) else text


def _csv(file: IO[bytes]) -> Iterator[tuple[int, Cells]]:
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
                    raise refusals.RegisterUnreadable(detail="文件含有空字符，不是文本")
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return encoding
    raise refusals.RegisterUnreadable(detail="既不是 UTF-8 也不是 GB18030 文本")
