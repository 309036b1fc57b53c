"""Importing a register (domain §5.2): all of it or nothing, or the good rows and a report; people only as keys."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import IO
from uuid import UUID

import orjson

from doudi.division import Division, Level
from doudi.errors import Forbidden, Invalid
from doudi.sealed import KeyRing
from doudi.transaction import Transaction, new_id
from eligibility.handlers import common, ledger_files
from eligibility.model import RegisterFile, RegisterMapping, refusals
from eligibility.model.register import OPTIONAL, REQUIRED, WORDS, Problem, Reader, Row
from eligibility.rules import ledger, matching
from eligibility.store import registers

_BATCH = 2_000
_MOST_SHOWN = 200
_SEPARATORS = {"\t": "制表符", ";": "分号"}
_TITLE_ROWS = 10
"""A register may have a title above its header."""


@dataclass(frozen=True)
class Upload:
    """What is told beside the file."""

    kind: str
    division: Division
    snapshot_on: date
    on_error: str
    media: str


@dataclass
class Batch:
    """Some rows, read: as they are copied, and what could not be read."""

    entries: list[tuple[object, ...]] = field(default_factory=list)
    sealed: list[tuple[UUID, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


class Keys:
    """A person as keys, the same in every register: nobody reads who it is, and equal people are equal."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._home = ("", "")

    def of(self, text: str) -> str:
        """The keyed hash of a text, as 128 bits in hex, which a uuid column takes."""
        return self.known(self._keys.match(text.replace("*", "＊")))

    def known(self, match_key: str) -> str:
        """The key of somebody of whom only `match_key` is kept: `of` their ID number."""
        return match_key[:32]

    def _household(self, text: str) -> str:
        """As `of`; people of one household mostly follow one another."""
        if self._home[0] != text:
            self._home = (text, self.of(text))
        return self._home[1]

    def entry(self, file_id: UUID, row: Row, division: Division) -> tuple[object, ...]:
        """A row as it is compared (`registers.ENTRY`)."""
        found = matching.fallback(row.name, row.born, row.sex, row.village)
        return (
            file_id, row.n, self._household(f"household|{division.prefix}|{row.household}"),
            self.of(row.id_number) if row.number == "OK" else None, self.of(f"name|{matching.name_of(row.name)}"),
            self.of(f"fallback|{found}") if found else None, row.stopped_on is None,
            row.state == ledger.NORMAL, row.programme or "", row.state,
            row.stopped_on, row.number, row.status, row.assistance_class, row.in_taper, row.born, row.labour,
            row.marks, row.income_year,
        )  # fmt: skip

    def sealed(self, file_id: UUID, row: Row) -> tuple[UUID, int, str]:
        """Who it is, for an officer who has to go there."""
        who = {"name": row.name, "id_number": row.id_number, "household": row.household}
        return file_id, row.n, self._keys.seal(orjson.dumps(who).decode(), "register.person")


async def set_mapping(
    division: Division, kind: str, columns: dict[str, str], words: dict[str, dict[str, str]], tx: Transaction
) -> RegisterMapping:
    """Tells how a county names its columns. Raises MappingIncomplete, Forbidden."""
    _may_act_for(division, tx)
    missing = [name for name in REQUIRED[kind] if not columns.get(name)]
    unknown = [name for name in (*columns, *words) if name not in {*REQUIRED[kind], *OPTIONAL}]
    twice = [name for name, column in columns.items() if list(columns.values()).count(column) > 1]
    wrong = [name for name, told in words.items() if name in WORDS and set(told.values()) - set(WORDS[name].values())]
    for names, what in ((missing, "缺少"), (unknown, "未知项目"), (twice, "列名重复"), (wrong, "取值未知")):
        if names:
            raise refusals.MappingIncomplete(detail=f"{what}：{'、'.join(sorted(set(names)))}")
    made = RegisterMapping(
        division=division.code, kind=kind, columns=columns, words=words, set_on=tx.today, set_by=common.officer(tx)
    )
    tx.session.add(made)
    return made


async def import_register(upload: Upload, body: AsyncIterator[bytes], tx: Transaction) -> RegisterFile:
    """Takes in a register. Raises MappingMissing, RegisterUnreadable, WrongColumns, RegisterRefused, Forbidden."""
    _may_act_for(upload.division, tx)
    if upload.snapshot_on > tx.today:
        raise Invalid(field="snapshot_on", detail="快照日期不得晚于今天 / not in the future")
    mapping = await registers.mapping(tx, upload.division, upload.kind)
    if mapping is None:
        raise refusals.MappingMissing
    record = RegisterFile(
        id=new_id(), division=upload.division.code, kind=upload.kind, snapshot_on=upload.snapshot_on,
        mapping_id=mapping.id, imported_on=tx.today, imported_by=common.officer(tx),
    )  # fmt: skip
    reader = Reader(upload.kind, upload.division, mapping.columns, mapping.words, upload.snapshot_on)
    with tempfile.TemporaryFile() as file:
        record.sha256, record.bytes = await _spool(body, file)
        tx.session.add(record)
        await tx.session.flush()
        wrong = await _take(record, reader, upload, file, tx)
    kept, homes, bad = await summarise(record, tx)
    if not kept:
        raise refusals.RegisterUnreadable(detail="文件中没有可导入的人员")
    record.holds(kept, wrong.rows, homes, bad)
    return record


async def summarise(record: RegisterFile, tx: Transaction) -> tuple[int, int, int]:
    """Households and oddities of a register as of its day; how many people, households and bad numbers it has."""
    elder, minor = (ledger.born_by(f"ledger.{age}_age", record.snapshot_on) for age in ("elder", "adult"))
    return await registers.summarise(tx, record.id, elder, minor)


@dataclass(slots=True)
class Wrong:
    """How much of a file could not be read, and the first of it; all of it would not fit into memory."""

    rows: int = 0
    places: int = 0
    first: list[Problem] = field(default_factory=list)

    def add(self, problems: Sequence[Problem]) -> None:
        """Counts these; a row is never in two batches."""
        self.rows += len({p.n for p in problems})
        self.places += len(problems)
        self.first += problems[: _MOST_SHOWN - len(self.first)]


async def _take(record: RegisterFile, reader: Reader, upload: Upload, file: IO[bytes], tx: Transaction) -> Wrong:
    """Copies the good rows in and keeps what is wrong with the others, batch by batch, or refuses all of them."""
    file.seek(0)
    found = _read(record.id, reader, ledger_files.rows(file, upload.media, record.bytes), tx.keys)
    wrong, refuses = Wrong(), upload.on_error == "REFUSE"
    async with aclosing(_ahead(found)) as batches:
        async for batch in batches:
            wrong.add(batch.problems)
            if not refuses:
                await registers.report(tx, record.id, batch.problems)
            if not (wrong.places and refuses):
                await registers.put(tx, batch.entries, batch.sealed)
    if not (wrong.places and refuses):
        column = reader.columns["id_number"]
        twice = await registers.drop_twice(tx, record.id)
        again = [Problem(n, column, "", "同一家庭中该人员重复登记") for n in twice]
        wrong.add(again)
        await registers.report(tx, record.id, again)
    if wrong.places and refuses:
        shown = [{"field": f"{p.n}/{p.field}", "message": p.reason} for p in wrong.first]
        raise refusals.RegisterRefused(detail=f"共 {wrong.rows} 行有错误，{wrong.places} 处", errors=shown)
    return wrong


async def _ahead(found: Iterator[Batch]) -> AsyncGenerator[Batch, None]:
    """Each batch, while the next one is being read in a thread, which is done with the file when this is closed."""
    reading = asyncio.ensure_future(asyncio.to_thread(next, found, None))
    try:
        while (batch := await asyncio.shield(reading)) is not None:
            reading = asyncio.ensure_future(asyncio.to_thread(next, found, None))
            yield batch
    finally:
        await asyncio.wait([reading])


def _read(
    file_id: UUID, reader: Reader, rows: Iterator[tuple[int, ledger_files.Cells]], keys: KeyRing
) -> Iterator[Batch]:
    """The file, some rows at a time."""
    header, made = _header(reader, rows), Keys(keys)
    reader.begin(header)
    while some := list(islice(rows, _BATCH)):
        batch = Batch(rows=len(some))
        for n, cells in some:
            if len(cells) > len(header) and any(cells[len(header) :]):
                batch.problems.append(Problem(n, "", "", "列数多于表头"))
                continue
            row = reader.read(n, cells)
            if isinstance(row, list):
                batch.problems += row
                continue
            batch.entries.append(made.entry(file_id, row, reader.division))
            batch.sealed.append(made.sealed(file_id, row))
        yield batch


def _header(reader: Reader, rows: Iterator[tuple[int, ledger_files.Cells]]) -> list[str]:
    """The row with the mapped columns, at the top or below a title. Raises WrongColumns, RegisterUnreadable."""
    least: list[str] | None = None
    for _, cells in islice(rows, _TITLE_ROWS):
        missing = reader.missing(cells)
        if not missing:
            if twice := reader.twice(cells):
                raise refusals.WrongColumns(detail=f"列名重复：{'、'.join(twice)}")
            return list(cells)
        if len(cells) == 1 and (other := next((c for c in _SEPARATORS if c in cells[0]), None)):
            raise refusals.WrongColumns(detail=f"文件以{_SEPARATORS[other]}分隔，请另存为逗号分隔的 csv")
        least = missing if least is None or len(missing) < len(least) else least
    if least is None:
        raise refusals.RegisterUnreadable(detail="文件是空的")
    raise refusals.WrongColumns(detail=f"缺少列：{'、'.join(least)}")


async def _spool(body: AsyncIterator[bytes], file: IO[bytes]) -> tuple[str, int]:
    """Keeps the body in a file without a name, gone with this process; its hash and size."""
    digest, size = hashlib.sha256(), 0
    async for piece in body:
        digest.update(piece)
        size += file.write(piece)
    return digest.hexdigest(), size


def _may_act_for(division: Division, tx: Transaction) -> None:
    assert tx.principal is not None
    if not tx.principal.may_see(division) or division.level is not Level.COUNTY:
        raise Forbidden(field="division", detail="只能办理本辖区县（区）的台账")
