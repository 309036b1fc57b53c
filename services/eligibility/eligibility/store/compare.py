"""Two registers laid side by side, as sets (domain §5.3, §5.4): no loop over people, memory does not grow with them.

All of it is one transaction: joined people, units and pairs live in temporary tables that end with it, so a comparison
that is killed leaves nothing and is made again: its commit need not wait for the disk. What is found does not depend
on the order in which rows came; only `n`, the place in a list, does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doudi.law import mirrors
from doudi.transaction import Transaction
from eligibility.model import Comparison
from eligibility.rules import ledger
from eligibility.store import side_by_side

# fmt: off
_SETTINGS = """
SET LOCAL work_mem = '128MB'; SET LOCAL jit = off; SET LOCAL synchronous_commit = off;
SET LOCAL random_page_cost = 1.4; SET LOCAL enable_mergejoin = off
"""
# The rules of §5.4 as bits of `why`, from the lowest: fully without labour, partly and no way out, below the line;
# illness, disability, sudden event, few and old, a minor.
_SCREENED = """
WITH w AS (
    SELECT *, CASE WHEN people = 0 THEN 0 ELSE (lost = people)::int
        + 2 * (lost + partly > 0 AND lost < people AND marks & 1 > 0)::int
        + 4 * coalesce(income_year < $3, false)::int
        + 8 * (marks & 2 > 0)::int + 16 * (marks & 4 > 0)::int + 32 * (marks & 8 > 0)::int
        + 64 * (people <= $4 AND old = people)::int + 128 * (young > 0)::int END AS why
    FROM register_household WHERE file_id = $2 AND status <> 'OUT'
)
INSERT INTO ledger_screened SELECT $1, household, why & 7 > 0, why & 7 > 0 AND why & 248 > 0,
    why & 1 > 0 AND marks & 112 = 112, marks & 6 > 0, why
FROM w WHERE why & 7 > 0 OR marks & 6 > 0
"""
_FINDINGS = """
WITH conflicts AS (
    SELECT * FROM unnest($5::text[], $6::text[]) AS c (one, other)
), uncovered AS (
    SELECT rh, status, known, coalesce(s.must, false) AS must, coalesce(s.priority, false) AS priority,
        EXISTS (SELECT FROM m JOIN lr ON lr.i = li WHERE ri = rr.i AND NOT m.active AND programme = 'DIBAO_R'
            AND m.stopped_on > $7 AND m.stopped_on <= $8) AS stopped
    FROM rr LEFT JOIN ledger_screened s ON s.comparison_id = $1 AND s.household = rh
    WHERE status <> 'OUT' AND (known > 0 OR EXISTS (SELECT FROM settled WHERE settled.rh = rr.rh))
        AND NOT EXISTS (SELECT FROM p WHERE ri = rr.i) AND NOT EXISTS (SELECT FROM held WHERE h = rr.rh)
), pairs AS NOT MATERIALIZED (
    SELECT lh, programme, rh, shared, shared AS together, status, "key", class, in_taper, income FROM whole
    UNION ALL
    SELECT lh, programme, rh, shared, together, status, "key", class, in_taper, income FROM p WHERE shared > 0
), found AS (
    SELECT 'BOTH'::text COLLATE "C" AS code, programme, lh, rh, NULL::uuid AS person, shared, together,
        (CASE WHEN programme <> 'DIBAO_R' THEN 'IN_ORDER' WHEN class IS NULL THEN 'CLASS_UNKNOWN'
             WHEN "key" AND class <> 'A' THEN 'KEY_NOT_A' WHEN NOT "key" AND class = 'A' THEN 'A_NOT_KEY'
             ELSE 'IN_ORDER' END) COLLATE "C" AS note,
        programme = 'DIBAO_R' AND (class IS NULL OR (class = 'A') <> "key") AS actionable
    FROM pairs WHERE status <> 'OUT'
    UNION ALL
    SELECT 'MEMBER_GAP', programme, lh, rh, NULL, shared, together, 'MEMBERS', true
    FROM p WHERE status <> 'OUT' AND shared > 0 AND programme = 'DIBAO_R' AND together > shared
        AND NOT (EXISTS (SELECT FROM held WHERE h = lh) AND EXISTS (SELECT FROM held WHERE h = rh))
    UNION ALL
    SELECT 'EXITED_STILL_CA', programme, lh, rh, NULL, shared, together,
        CASE WHEN income < $4 THEN 'KEEP_BELOW' WHEN in_taper THEN 'KEEP_TAPER' ELSE 'REVIEW' END,
        NOT (coalesce(income < $4, false) OR in_taper)
    FROM pairs WHERE status = 'OUT' AND programme = 'DIBAO_R'
    UNION ALL
    SELECT 'CA_ONLY', programme, lh, NULL, NULL, 0, known, 'NOT_REGISTERED', true
    FROM lr WHERE active AND known > 0 AND programme IN ('DIBAO_R', 'TEKUN')
        AND NOT EXISTS (SELECT FROM p WHERE li = lr.i)
        AND NOT EXISTS (SELECT FROM held WHERE h = lr.lh)
    UNION ALL
    SELECT CASE WHEN status = 'RETURNED' THEN 'RETURNED' WHEN stopped THEN 'STOPPED_STILL_POOR'
                WHEN must THEN 'PR_ONLY_LIKELY' ELSE 'PR_ONLY_UNLIKELY' END, NULL, NULL, rh, NULL, 0, known,
        CASE WHEN priority THEN 'PRIORITY' WHEN must THEN 'MUST' ELSE 'NOT_PASSED' END,
        status = 'RETURNED' OR stopped OR must
    FROM uncovered
    UNION ALL
    SELECT DISTINCT 'STATUS_CONFLICT', programme, lh, rh, k, NULL::integer, NULL::integer,
        CASE WHEN lgone IS NOT NULL THEN 'LEFT_' || lgone ELSE 'RIGHT_' || rgone END, true
    FROM m JOIN lr ON lr.i = li JOIN rr ON rr.i = ri WHERE m.active AND (lgone IS NULL) <> (rgone IS NULL)
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', programme, lh, rh, k, NULL::integer, NULL::integer, 'NAME_DIFFERS', true
    FROM m JOIN lr ON lr.i = li JOIN rr ON rr.i = ri WHERE m.active AND other_name
    UNION ALL
    SELECT 'ID_CONFLICT', programme, household, NULL::uuid, person, NULL::integer, NULL::integer, 'LEFT_' || note, true
    FROM register_odd WHERE file_id = $2 AND note <> 'TWICE'
    UNION ALL
    SELECT 'ID_CONFLICT', NULL, NULL::uuid, o.household, person, NULL::integer, NULL::integer, 'RIGHT_' || note, true
    FROM register_odd o JOIN register_household r ON r.file_id = o.file_id AND r.household = o.household
    WHERE o.file_id = $3 AND note <> 'TWICE' AND r.status <> 'OUT'
    UNION ALL
    SELECT DISTINCT 'DUPLICATE_CA', x.programme, x.household, NULL::uuid, x.person, NULL::integer, NULL::integer,
        x.programme || '+' || y.programme, true
    FROM register_odd x JOIN register_odd y ON y.file_id = $2 AND y.note = 'TWICE' AND y.person = x.person
    WHERE x.file_id = $2 AND x.note = 'TWICE' AND (x.programme, x.household) < (y.programme, y.household)
        AND (x.programme = y.programme OR EXISTS (SELECT FROM conflicts c
            WHERE (c.one, c.other) IN ((x.programme, y.programme), (y.programme, x.programme))))
)
INSERT INTO ledger_result (comparison_id, n, code, programme, left_household, right_household, person, shared, together,
    note, actionable, task_id)
SELECT $1, row_number() OVER (), code, programme, lh, rh, person, shared,
    together, note, actionable, CASE WHEN actionable THEN
        md5(concat_ws('|', $9::text, $10::text, code, programme, coalesce(lh, rh), rh, person))::uuid END
FROM found
"""
_COUNTS = """
SELECT code, count(*) AS results, count(DISTINCT coalesce(left_household, right_household)) AS households,
    count(*) FILTER (WHERE actionable) AS actionable, bit_xor(hash_record_extended((code, programme, left_household,
        right_household, person, shared, together, note), 0)) AS hash
FROM ledger_result WHERE comparison_id = $1 GROUP BY code ORDER BY code
"""
# fmt: on


@dataclass(frozen=True)
class Lines:
    """Where the rules draw their lines for this comparison, resolved once."""

    few: int
    stopped_after: date
    conflicts: tuple[tuple[str, str], ...]


@mirrors(
    ledger.overlap,
    ledger.members_differ,
    ledger.one_says_gone,
    ledger.stopped_lately,
    ledger.conflict,
    ledger.must_be_found,
    ledger.priority,
    ledger.key_guarantee,
    ledger.class_needs_check,
    ledger.exited_keeps,
    ledger.looked_at_first,
)
async def compare(tx: Transaction, c: Comparison, lines: Lines) -> tuple[dict[str, dict[str, int]], str]:
    """Finds everything anew. Returns counts by code, and a fingerprint of the findings."""
    await tx.session.flush()
    await tx.execute(_SETTINGS)
    for table in ("ledger_result", "ledger_screened"):
        await tx.execute(f"DELETE FROM {table} WHERE comparison_id = $1", c.id)
    await side_by_side.lay(tx, c)
    await tx.execute(_SCREENED, c.id, c.right_id, c.standard_fen, lines.few)
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
