"""Registers in the database: mappings, files, their people by COPY, what could not be read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from doudi.division import Division
from doudi.errors import NotFound
from doudi.transaction import Transaction
from eligibility.model import RegisterFile, RegisterMapping
from eligibility.model.register import Problem

_PAGE = 5_000
ENTRY = (
    "file_id", "n", "household", "person", "name", "fallback", "active", "here", "programme", "state", "stopped_on",
    "number", "status", "class", "in_taper", "born", "labour", "marks", "income_year",
)  # fmt: skip
_TWICE = """
SELECT household, person FROM register_entry WHERE file_id = $1 AND person IS NOT NULL
GROUP BY household, person, programme, active HAVING count(*) > 1
"""
_ALL_BUT_FIRST = """
DELETE FROM register_entry e USING (
    SELECT x.n, row_number() OVER (PARTITION BY x.household, x.person, x.programme, x.active ORDER BY x.n) AS place
    FROM register_entry x JOIN unnest($2::uuid[], $3::uuid[]) AS t (household, person) USING (household, person)
    WHERE x.file_id = $1
) ranked WHERE e.file_id = $1 AND e.n = ranked.n AND ranked.place > 1 RETURNING e.n
"""
# `folk` names a household's people and their names as one, if all of them are there and nobody of them is elsewhere
# in the register: two such households with one `folk` are the same, and no other has anything to do with them.
_HOUSEHOLDS = """
WITH twice AS (
    SELECT person FROM register_entry WHERE file_id = $1 AND person IS NOT NULL GROUP BY person HAVING count(*) > 1
)
INSERT INTO register_household SELECT file_id, household, programme, bool_or(active),
    CASE WHEN bool_or(status = 'RETURNED') THEN 'RETURNED' WHEN bool_or(status = 'NOT_OUT') THEN 'NOT_OUT'
         ELSE 'OUT' END,
    count(*), count(*) FILTER (WHERE active AND state = 'NORMAL' AND person IS NOT NULL),
    count(*) FILTER (WHERE state = 'NORMAL'), count(*) FILTER (WHERE state = 'NORMAL' AND labour = 'NONE'),
    count(*) FILTER (WHERE state = 'NORMAL' AND labour = 'PARTIAL'),
    count(*) FILTER (WHERE state = 'NORMAL' AND born <= $2), count(*) FILTER (WHERE state = 'NORMAL' AND born > $3),
    bit_or(marks), max(income_year) FILTER (WHERE active), max(class) FILTER (WHERE active),
    coalesce(bool_or(in_taper) FILTER (WHERE active), false),
    CASE WHEN bool_and(active AND here AND person IS NOT NULL AND t.again IS NULL)
         THEN md5(string_agg(uuid_send(person) || uuid_send(name), '' ORDER BY person))::uuid END
FROM register_entry LEFT JOIN (SELECT person, true AS again FROM twice) t USING (person)
WHERE file_id = $1 GROUP BY file_id, household, programme
"""
_ODD = """
INSERT INTO register_odd
SELECT DISTINCT file_id, household, programme, md5(concat_ws('|', household, name))::uuid, number FROM register_entry
WHERE file_id = $1 AND active AND number <> 'OK'
UNION ALL
SELECT DISTINCT e.file_id, e.household, e.programme, e.person, v.note FROM (
    SELECT person, bit_and(uuid_hash(name)) <> bit_or(uuid_hash(name)) AS two_names FROM register_entry
    WHERE file_id = $1 AND active AND person IS NOT NULL GROUP BY person HAVING count(*) > 1
) t JOIN register_entry e ON e.file_id = $1 AND e.person = t.person AND e.active
CROSS JOIN LATERAL (VALUES ('TWICE'), ('TWO_NAMES')) AS v (note) WHERE v.note = 'TWICE' OR t.two_names
"""


async def mapping(tx: Transaction, division: Division, kind: str) -> RegisterMapping | None:
    """The mapping in force for a place: of the nearest division the newest."""
    query = select(RegisterMapping).where(RegisterMapping.kind == kind)
    found = [m for m in (await tx.session.exec(query)).all() if Division(m.division).contains(division)]
    return max(found, key=lambda m: (len(Division(m.division).prefix), m.id), default=None)


async def put(tx: Transaction, entries: Sequence[tuple[object, ...]], sealed: Sequence[tuple[UUID, int, str]]) -> None:
    """People of a register, by COPY; what names them apart from what is compared."""
    await tx.copy("register_entry", ENTRY, entries)
    await tx.copy("register_sealed", ("file_id", "n", "sealed"), sealed)


async def drop_twice(tx: Transaction, file_id: UUID) -> list[int]:
    """Takes out all but the first of rows that say the same person twice in one household; the rows' numbers.

    Statistics come first: without them the planner takes a new file for an empty one.
    """
    await tx.execute("ANALYZE register_entry")
    twice = await tx.fetch(_TWICE, file_id)
    if not twice:
        return []
    homes, people = [row["household"] for row in twice], [row["person"] for row in twice]
    numbers = sorted(row["n"] for row in await tx.fetch(_ALL_BUT_FIRST, file_id, homes, people))
    await tx.execute("DELETE FROM register_sealed WHERE file_id = $1 AND n = ANY($2)", file_id, numbers)
    return numbers


async def report(tx: Transaction, file_id: UUID, problems: Iterable[Problem]) -> None:
    """Keeps what could not be read. A cell may hold anything, so it is sealed."""
    await tx.executemany(
        "INSERT INTO register_error (file_id, n, place, field, what, reason) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (file_id, p.n, place, p.field, tx.keys.seal(p.what, "register.cell"), p.reason)
            for place, p in enumerate(problems)
        ],
    )


async def problems(tx: Transaction, file_id: UUID) -> AsyncIterator[Problem]:
    """What could not be read, in the order of the rows; a page of it at a time is in memory."""
    after = (0, -1)
    while rows := await tx.fetch(
        """SELECT n, place, field, what, reason FROM register_error
           WHERE file_id = $1 AND (n, place) > ($2, $3) ORDER BY n, place LIMIT $4""",
        file_id, *after, _PAGE,
    ):  # fmt: skip
        for r in rows:
            yield Problem(r["n"], r["field"], tx.keys.open(r["what"], "register.cell"), r["reason"])
        after = (rows[-1]["n"], rows[-1]["place"])


async def summarise(tx: Transaction, file_id: UUID, elder: date, minor: date) -> tuple[int, int, int]:
    """Puts a register's people together to households, once, so that a comparison need not; finds what is odd in it.

    `elder`, `minor`: who was born by the one is old, after the other young. Returns how many people and households
    there are, and how many people have no good ID number.
    """
    await tx.execute("SELECT brin_summarize_new_values('register_entry_file')")
    await tx.execute(_HOUSEHOLDS, file_id, elder, minor)
    await tx.execute(_ODD, file_id)
    await tx.execute("SELECT brin_summarize_new_values('register_household_file')")
    await tx.execute("ANALYZE register_household; ANALYZE register_odd")
    row = await tx.fetchrow(
        "SELECT count(*) AS kept, count(*) FILTER (WHERE number <> 'OK') AS bad, (SELECT count(DISTINCT household) "
        "FROM register_household WHERE file_id = $1) AS homes FROM register_entry WHERE file_id = $1",
        file_id,
    )
    assert row is not None
    return row["kept"], row["homes"], row["bad"]


async def fingerprint(tx: Transaction, file_id: UUID) -> str:
    """Equal for the same people in the same households, in any order."""
    found = await tx.fetchval(
        "SELECT encode(sha256(concat_ws('|', count(*), bit_xor(hashtextextended("
        "concat_ws('|', household, person, name, programme, active), 0)))::bytea), 'hex') "
        "FROM register_entry WHERE file_id = $1",
        file_id,
    )
    return str(found)


async def file_to_see(tx: Transaction, id_: UUID) -> RegisterFile:
    """A register of the principal's subtree. Raises NotFound."""
    found = await tx.session.get(RegisterFile, id_)
    if found is None or (tx.principal is not None and not tx.principal.may_see(found.division)):
        raise NotFound
    return found


async def newest(tx: Transaction, division: str, kind: str, until: date) -> RegisterFile | None:
    """The newest register of a county that was handed in as a file."""
    query = select(RegisterFile).where(
        RegisterFile.division == division,
        RegisterFile.kind == kind,
        RegisterFile.source == "FILE",
        RegisterFile.snapshot_on <= until,
    )
    return (
        await tx.session.exec(query.order_by(col(RegisterFile.snapshot_on).desc(), col(RegisterFile.id).desc()))
    ).first()
