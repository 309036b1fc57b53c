"""Two registers laid side by side, as sets (domain §5.3, §5.4): no loop over people, memory does not grow with them.

All of it is one transaction: joined people, units and pairs live in temporary tables that end with it, so a comparison
that is killed leaves nothing. Nothing depends on the order in which rows came: every number is given by keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi.transaction import Transaction
from eligibility.model import Comparison

# fmt: off
_TEMPORARY = """
SET LOCAL work_mem = '96MB';
CREATE TEMP TABLE m (k uuid, ln integer, rn integer, lh uuid, rh uuid, programme text COLLATE "C", active boolean,
    lstate text COLLATE "C", rstate text COLLATE "C", lnumber text COLLATE "C", rnumber text COLLATE "C",
    status text COLLATE "C", stopped_on date, other_name boolean, fallback uuid) ON COMMIT DROP;
CREATE TEMP TABLE lu (lh uuid, programme text COLLATE "C", active boolean, a integer, class text COLLATE "C",
    in_taper boolean, income bigint) ON COMMIT DROP;
CREATE TEMP TABLE ru (rh uuid, status text COLLATE "C", b integer, why integer, must boolean, priority boolean,
    "key" boolean, first boolean) ON COMMIT DROP;
CREATE TEMP TABLE p (lh uuid, programme text COLLATE "C", rh uuid, shared integer, together integer,
    status text COLLATE "C", "key" boolean, class text COLLATE "C", in_taper boolean, income bigint) ON COMMIT DROP;
CREATE TEMP TABLE held (h uuid) ON COMMIT DROP;
"""
_PEOPLE = """
INSERT INTO m SELECT coalesce(l.k, r.k), l.n, r.n, l.household, r.household, l.programme, l.active, l.state, r.state,
    l.number, r.number, r.status, l.stopped_on, l.name <> r.name,
    CASE WHEN l.k = r.k THEN NULL ELSE coalesce(l.fallback, r.fallback) END
FROM (SELECT e.*, coalesce(s.link, e.person) AS k FROM register_entry e
      LEFT JOIN (SELECT DISTINCT ON (left_n) left_n, link FROM ledger_probable
                 WHERE comparison_id = $1 AND verdict = 'SAME' ORDER BY left_n, link) s ON s.left_n = e.n
      WHERE e.file_id = $2) l
FULL JOIN (SELECT e.*, coalesce(e.person, s.link) AS k FROM register_entry e
      LEFT JOIN (SELECT DISTINCT ON (right_n) right_n, link FROM ledger_probable
                 WHERE comparison_id = $1 AND verdict = 'SAME' ORDER BY right_n, link) s ON s.right_n = e.n
      WHERE e.file_id = $3) r ON r.k = l.k
"""
_PROBABLES = """
WITH found AS (
    SELECT md5(concat_ws('|', l.lh, l.programme, l.active, r.rh, l.fallback))::uuid AS id, min(l.ln) AS left_n,
        min(r.rn) AS right_n, l.lh, r.rh, coalesce(r.k, md5(concat_ws('|', r.rh, r.fallback))::uuid) AS link
    FROM m l JOIN m r ON r.fallback = l.fallback WHERE l.rn IS NULL AND r.ln IS NULL
    GROUP BY l.lh, l.programme, l.active, r.rh, l.fallback, r.fallback, r.k
), gone AS (
    DELETE FROM ledger_probable q WHERE comparison_id = $1 AND verdict IS NULL
        AND NOT EXISTS (SELECT FROM found WHERE found.id = q.id)
)
INSERT INTO ledger_probable (comparison_id, n, id, left_n, right_n, left_household, right_household, link)
SELECT $1, (SELECT coalesce(max(n), 0) FROM ledger_probable WHERE comparison_id = $1)
        + row_number() OVER (ORDER BY id), id, left_n, right_n, lh, rh, link
FROM (SELECT DISTINCT ON (id) * FROM found ORDER BY id, link) f
WHERE NOT EXISTS (SELECT FROM ledger_probable q WHERE q.comparison_id = $1 AND q.id = f.id)
"""
_HELD = """
INSERT INTO held SELECT left_household FROM ledger_probable WHERE comparison_id = $1 AND verdict IS NULL
UNION SELECT right_household FROM ledger_probable WHERE comparison_id = $1 AND verdict IS NULL
"""
_LEFT = """
INSERT INTO lu SELECT household, programme, bool_or(active),
    count(*) FILTER (WHERE active AND state = 'NORMAL' AND (person IS NOT NULL OR s.left_n IS NOT NULL)),
    max(class) FILTER (WHERE active), bool_or(in_taper) FILTER (WHERE active), max(income_year) FILTER (WHERE active)
FROM register_entry e LEFT JOIN (SELECT DISTINCT left_n FROM ledger_probable
    WHERE comparison_id = $1 AND verdict = 'SAME') s ON s.left_n = e.n
WHERE file_id = $2 GROUP BY household, programme
"""
_RIGHT = """
WITH h AS (
    SELECT household, CASE WHEN bool_or(status = 'RETURNED') THEN 'RETURNED' WHEN bool_or(status = 'NOT_OUT')
            THEN 'NOT_OUT' ELSE 'OUT' END AS status,
        count(*) FILTER (WHERE state = 'NORMAL' AND (person IS NOT NULL OR s.right_n IS NOT NULL)) AS b,
        count(*) FILTER (WHERE state = 'NORMAL') AS people,
        count(*) FILTER (WHERE state = 'NORMAL' AND labour = 'NONE') AS lost,
        count(*) FILTER (WHERE state = 'NORMAL' AND labour = 'PARTIAL') AS partly,
        count(*) FILTER (WHERE state = 'NORMAL' AND born <= $4) AS old,
        count(*) FILTER (WHERE state = 'NORMAL' AND born > $5) AS young,
        bit_or(marks) AS marks, max(income_year) AS income
    FROM register_entry e LEFT JOIN (SELECT DISTINCT right_n FROM ledger_probable
        WHERE comparison_id = $1 AND verdict = 'SAME') s ON s.right_n = e.n
    WHERE file_id = $2 GROUP BY household
), w AS (
    SELECT *, CASE WHEN people = 0 THEN 0 ELSE (lost = people)::int
        + 2 * (lost + partly > 0 AND lost < people AND marks & 1 > 0)::int
        + 4 * coalesce(income < $3, false)::int
        + 8 * (marks & 2 > 0)::int + 16 * (marks & 4 > 0)::int + 32 * (marks & 8 > 0)::int
        + 64 * (people <= $6 AND old = people)::int + 128 * (young > 0)::int END AS why
    FROM h
)
INSERT INTO ru SELECT household, status, b, why, status <> 'OUT' AND why & 7 > 0,
    status <> 'OUT' AND why & 7 > 0 AND why & 248 > 0,
    status <> 'OUT' AND why & 1 > 0 AND marks & 112 = 112, status <> 'OUT' AND marks & 6 > 0
FROM w
"""
_PAIRS = """
INSERT INTO p SELECT x.lh, x.programme, x.rh, x.shared, lu.a - x.lgone + ru.b - x.rgone - x.shared, ru.status, ru.key,
    lu.class, lu.in_taper, lu.income
FROM (SELECT lh, programme, rh, count(*) FILTER (WHERE lstate = 'NORMAL' AND rstate = 'NORMAL') AS shared,
          count(*) FILTER (WHERE lstate = 'NORMAL' AND rstate <> 'NORMAL') AS lgone,
          count(*) FILTER (WHERE lstate <> 'NORMAL' AND rstate = 'NORMAL') AS rgone
      FROM m WHERE active AND ln IS NOT NULL AND rn IS NOT NULL GROUP BY lh, programme, rh) x
JOIN lu ON lu.lh = x.lh AND lu.programme = x.programme JOIN ru ON ru.rh = x.rh
"""
_SCREENED = """
INSERT INTO ledger_screened SELECT $1, rh, must, priority, "key", first, why FROM ru WHERE must OR "key" OR first
"""
_FINDINGS = """
WITH left_twice AS (
    SELECT person AS k, bit_and(uuid_hash(name)) <> bit_or(uuid_hash(name)) AS other_name FROM register_entry
    WHERE file_id = $2 AND active AND person IS NOT NULL GROUP BY person HAVING count(*) > 1
), right_twice AS (
    SELECT person AS k FROM register_entry WHERE file_id = $3 AND person IS NOT NULL AND status <> 'OUT'
    GROUP BY person HAVING bit_and(uuid_hash(name)) <> bit_or(uuid_hash(name))
), conflicts AS (
    SELECT * FROM unnest($5::text[], $6::text[]) AS c (one, other)
), uncovered AS (
    SELECT ru.*, EXISTS (SELECT FROM m WHERE m.rh = ru.rh AND NOT m.active AND m.programme = 'DIBAO_R'
        AND m.stopped_on > $7 AND m.stopped_on <= $8) AS stopped
    FROM ru WHERE status <> 'OUT' AND b > 0 AND NOT EXISTS (SELECT FROM p WHERE p.rh = ru.rh)
        AND NOT EXISTS (SELECT FROM held WHERE h = ru.rh)
), found AS (
    SELECT 'BOTH' AS code, programme, lh, rh, NULL::uuid AS person, shared, together,
        CASE WHEN programme <> 'DIBAO_R' THEN 'IN_ORDER' WHEN class IS NULL THEN 'CLASS_UNKNOWN'
             WHEN "key" AND class <> 'A' THEN 'KEY_NOT_A' WHEN NOT "key" AND class = 'A' THEN 'A_NOT_KEY'
             ELSE 'IN_ORDER' END AS note,
        programme = 'DIBAO_R' AND (class IS NULL OR (class = 'A') <> "key") AS actionable
    FROM p WHERE status <> 'OUT' AND shared > 0
    UNION ALL
    SELECT 'MEMBER_GAP', programme, lh, rh, NULL, shared, together, 'MEMBERS', true
    FROM p WHERE status <> 'OUT' AND shared > 0 AND programme = 'DIBAO_R' AND together > shared
        AND NOT (EXISTS (SELECT FROM held WHERE h = lh) AND EXISTS (SELECT FROM held WHERE h = rh))
    UNION ALL
    SELECT 'EXITED_STILL_CA', programme, lh, rh, NULL, shared, together,
        CASE WHEN income < $4 THEN 'KEEP_BELOW' WHEN in_taper THEN 'KEEP_TAPER' ELSE 'REVIEW' END,
        NOT (coalesce(income < $4, false) OR in_taper)
    FROM p WHERE status = 'OUT' AND shared > 0 AND programme = 'DIBAO_R'
    UNION ALL
    SELECT 'CA_ONLY', programme, lh, NULL, NULL, 0, a, 'NOT_REGISTERED', true
    FROM lu WHERE active AND a > 0 AND programme IN ('DIBAO_R', 'TEKUN')
        AND NOT EXISTS (SELECT FROM p WHERE p.lh = lu.lh AND p.programme = lu.programme)
        AND NOT EXISTS (SELECT FROM held WHERE h = lu.lh)
    UNION ALL
    SELECT CASE WHEN status = 'RETURNED' THEN 'RETURNED' WHEN stopped THEN 'STOPPED_STILL_POOR'
                WHEN must THEN 'PR_ONLY_LIKELY' ELSE 'PR_ONLY_UNLIKELY' END, NULL, NULL, rh, NULL, 0, b,
        CASE WHEN priority THEN 'PRIORITY' WHEN must THEN 'MUST' ELSE 'NOT_PASSED' END,
        status = 'RETURNED' OR stopped OR must
    FROM uncovered
    UNION ALL
    SELECT DISTINCT 'STATUS_CONFLICT', programme, lh, rh, k, NULL::integer, NULL::integer,
        CASE WHEN lstate <> 'NORMAL' THEN 'LEFT_' || lstate ELSE 'RIGHT_' || rstate END, true
    FROM m WHERE active AND ln IS NOT NULL AND rn IS NOT NULL AND (lstate = 'NORMAL') <> (rstate = 'NORMAL')
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', programme, lh, rh, k, NULL::integer, NULL::integer, 'NAME_DIFFERS', true
    FROM m WHERE active AND other_name AND lnumber = 'OK' AND rnumber = 'OK'
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', e.programme, e.household, NULL::uuid,
        md5(concat_ws('|', e.household, e.name))::uuid, NULL::integer, NULL::integer, 'LEFT_' || e.number, true
    FROM register_entry e WHERE e.file_id = $2 AND e.active AND e.number <> 'OK'
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', NULL, NULL::uuid, e.household,
        md5(concat_ws('|', e.household, e.name))::uuid, NULL::integer, NULL::integer, 'RIGHT_' || e.number, true
    FROM register_entry e WHERE e.file_id = $3 AND e.status <> 'OUT' AND e.number <> 'OK'
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', NULL, e.household, NULL::uuid, t.k, NULL::integer, NULL::integer,
        'LEFT_TWO_NAMES', true
    FROM left_twice t JOIN register_entry e ON e.person = t.k WHERE e.file_id = $2 AND e.active AND t.other_name
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', NULL, NULL::uuid, e.household, t.k, NULL::integer, NULL::integer,
        'RIGHT_TWO_NAMES', true
    FROM right_twice t JOIN register_entry e ON e.person = t.k WHERE e.file_id = $3
    UNION ALL
    SELECT DISTINCT 'DUPLICATE_CA', x.programme, x.household, NULL::uuid, t.k, NULL::integer, NULL::integer,
        x.programme || '+' || y.programme, true
    FROM left_twice t JOIN register_entry x ON x.person = t.k JOIN register_entry y ON y.person = t.k
    WHERE x.file_id = $2 AND y.file_id = $2 AND x.active AND y.active
        AND (x.programme, x.household) < (y.programme, y.household)
        AND (x.programme = y.programme OR EXISTS (SELECT FROM conflicts c
            WHERE (c.one, c.other) IN ((x.programme, y.programme), (y.programme, x.programme))))
)
INSERT INTO ledger_result (comparison_id, n, code, programme, left_household, right_household, person, shared, together,
    note, actionable, task_id)
SELECT $1, row_number() OVER (ORDER BY code, lh, rh, person, programme, note), code, programme, lh, rh, person, shared,
    together, note, actionable, CASE WHEN actionable THEN
        md5(concat_ws('|', $9::text, $10::text, code, programme, coalesce(lh, rh), rh, person))::uuid END
FROM found
"""
_COUNTS = """
SELECT code, count(*) AS results, count(DISTINCT coalesce(left_household, right_household)) AS households,
    count(*) FILTER (WHERE actionable) AS actionable,
    bit_xor(hashtextextended(concat_ws('|', code, programme, left_household, right_household, person, shared, together,
        note), 0)) AS hash
FROM ledger_result WHERE comparison_id = $1 GROUP BY code ORDER BY code
"""
# fmt: on


@dataclass(frozen=True)
class Lines:
    """Where the rules draw their lines for this comparison; days and money, resolved once."""

    elder: date
    minor: date
    few: int
    stopped_after: date
    conflicts: tuple[tuple[str, str], ...]


async def compare(tx: Transaction, c: Comparison, lines: Lines) -> tuple[dict[str, dict[str, int]], str]:
    """Finds everything anew. Returns counts by code, and a fingerprint of the findings."""
    await tx.session.flush()
    await tx.execute(_TEMPORARY)
    for table in ("ledger_result", "ledger_screened"):
        await tx.execute(f"DELETE FROM {table} WHERE comparison_id = $1", c.id)
    await tx.execute(_PEOPLE, c.id, c.left_id, c.right_id)
    await tx.execute(_PROBABLES, c.id)
    await tx.execute(_HELD, c.id)
    await tx.execute(_LEFT, c.id, c.left_id)
    await tx.execute(_RIGHT, c.id, c.right_id, c.standard_fen, lines.elder, lines.minor, lines.few)
    await tx.execute("ANALYZE m; ANALYZE lu; ANALYZE ru")
    await tx.execute(_PAIRS)
    await tx.execute("ANALYZE p; ANALYZE held")
    await tx.execute(_SCREENED, c.id)
    one, other = [list(side) for side in zip(*lines.conflicts, strict=True)] or [[], []]
    await tx.execute(
        _FINDINGS, c.id, c.left_id, c.right_id, c.standard_fen, one, other,
        lines.stopped_after, c.right_on, c.division, c.kind,
    )  # fmt: skip
    return await _counts(tx, c.id)


async def _counts(tx: Transaction, id_: UUID) -> tuple[dict[str, dict[str, int]], str]:
    rows = await tx.fetch(_COUNTS, id_)
    counts = {r["code"]: {k: r[k] for k in ("results", "households", "actionable")} for r in rows}
    total = 0
    for row in rows:
        total ^= row["hash"]
    return counts, f"{total & 0xFFFFFFFFFFFFFFFF:016x}"
