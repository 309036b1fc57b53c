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

# fmt: off
_SETTINGS = """
SET LOCAL work_mem = '128MB'; SET LOCAL jit = off; SET LOCAL synchronous_commit = off;
SET LOCAL random_page_cost = 1.4; SET LOCAL enable_mergejoin = off
"""
_TEMPORARY = """
CREATE TEMP TABLE m (k uuid, lh uuid, rh uuid, programme text COLLATE "C", active boolean, lgone text COLLATE "C",
    rgone text COLLATE "C", stopped_on date, other_name boolean) ON COMMIT DROP;
CREATE TEMP TABLE held (h uuid) ON COMMIT DROP;
CREATE TEMP TABLE settled (ln integer, rn integer, lh uuid, rh uuid, link uuid) ON COMMIT DROP;
"""
_AGAIN = "DROP TABLE m, held, settled, whole, lr, rr, lp, rp, p"
_SETTLED = """
INSERT INTO settled SELECT left_n, right_n, left_household, right_household, link FROM ledger_probable
WHERE comparison_id = $1 AND verdict = 'SAME'
"""
# Households of the same people under the same names (`folk`, store/registers.py) are pairs at once: nobody of them is
# anywhere else. All others stand here alone, `shared` is NULL, and their people are joined one by one.
_WHOLE = """
CREATE TEMP TABLE whole ON COMMIT DROP AS SELECT l.household AS lh, l.programme, r.household AS rh,
    CASE WHEN l.same = r.same THEN l.members END AS shared, l.active, l.class, l.in_taper, l.income_year AS income,
    l.known AS lknown, l.members AS lmembers, r.status, r.known AS rknown, r.members AS rmembers,
    r.status <> 'OUT' AND r.people > 0 AND r.lost = r.people AND r.marks & 112 = 112 AS "key"
FROM (SELECT *, {left} AS same FROM register_household x WHERE file_id = '{left_id}') l
FULL JOIN (SELECT *, {right} AS same FROM register_household x WHERE file_id = '{right_id}') r ON r.same = l.same
"""
# Who has no `folk` gets a value of their own: in a full join by hash all NULLs would be held against one another.
_OWN = "md5(concat_ws('|', '{side}', household, programme))::uuid"
_FOLK = tuple(f"coalesce(folk, {_OWN.format(side=side)})" for side in ("lh", "rh"))
_FOLK_UNSETTLED = tuple(
    f"CASE WHEN folk IS NULL OR EXISTS (SELECT FROM settled s WHERE s.{side} = x.household) "
    f"THEN {_OWN.format(side=side)} ELSE folk END"
    for side in ("lh", "rh")
)
_REST = """
CREATE TEMP TABLE lr ON COMMIT DROP AS
    SELECT lh, programme, active, class, in_taper, income, lknown AS known, lmembers AS members FROM whole
    WHERE shared IS NULL AND lh IS NOT NULL;
CREATE TEMP TABLE rr ON COMMIT DROP AS
    SELECT rh, status, "key", rknown AS known, rmembers AS members FROM whole
    WHERE shared IS NULL AND rh IS NOT NULL;
ANALYZE lr; ANALYZE rr
"""
_PEOPLE = """
CREATE TEMP TABLE lp ON COMMIT DROP AS SELECT e.n, lr.lh, e.programme, {left} AS k, e.name, e.fallback, e.active,
    e.here, e.state, e.stopped_on, e.person
FROM lr JOIN register_entry e ON e.file_id = '{left_id}' AND e.household = lr.lh AND e.programme = lr.programme;
CREATE TEMP TABLE rp ON COMMIT DROP AS SELECT e.n, rr.rh, {right} AS k, e.name, e.fallback, e.here, e.state,
    e.person
FROM rr JOIN register_entry e ON e.file_id = '{right_id}' AND e.household = rr.rh
"""
_PERSON = "e.person", "e.person"
_PERSON_LINKED = (
    "coalesce((SELECT min(link::text)::uuid FROM settled s WHERE s.ln = e.n), e.person)",
    "coalesce(e.person, (SELECT min(link::text)::uuid FROM settled s WHERE s.rn = e.n))",
)
# Households with people in common. A pair tells whether there is anything odd about its people and whether all of
# either household are in it, so that only the others are looked at one by one.
_PAIRS = """
CREATE TEMP TABLE p ON COMMIT DROP AS SELECT lh, programme, rh, x.shared::integer,
    (lr.known + x.lsettled - x.lgone + rr.known + x.rsettled - x.rgone - x.shared)::integer AS together, rr.status,
    rr."key", lr.class, lr.in_taper, lr.income, x.met = lr.members AS lfull, x.met = rr.members AS rfull, x.odd
FROM (SELECT lp.lh, lp.programme, rp.rh, count(*) AS met,
          count(*) FILTER (WHERE lp.here AND rp.here) AS shared,
          count(*) FILTER (WHERE lp.here AND NOT rp.here) AS lgone,
          count(*) FILTER (WHERE rp.here AND NOT lp.here) AS rgone,
          count(*) FILTER (WHERE lp.person IS NULL AND lp.here) AS lsettled,
          count(*) FILTER (WHERE rp.person IS NULL AND rp.here) AS rsettled,
          bool_or(lp.name <> rp.name OR NOT lp.here OR NOT rp.here) AS odd
      FROM lp JOIN rp USING (k) WHERE lp.active GROUP BY lp.lh, lp.programme, rp.rh) x
JOIN lr USING (lh, programme) JOIN rr USING (rh)
"""
_ODD_PEOPLE = """
INSERT INTO m SELECT k, lp.lh, rp.rh, lp.programme, lp.active, nullif(lp.state, 'NORMAL'), nullif(rp.state, 'NORMAL'),
    lp.stopped_on, lp.person IS NOT NULL AND rp.person IS NOT NULL AND lp.name <> rp.name
FROM p JOIN lp USING (lh, programme) JOIN rp USING (rh, k) WHERE p.odd AND lp.active
UNION ALL
SELECT k, lh, rh, programme, active, NULL, NULL, stopped_on, false FROM lp JOIN rp USING (k) WHERE NOT active
"""
# People of households that are not wholly in a pair, who are alike but by their number. What somebody once said of
# these two (`who`: name, birth, sex and village, and both numbers, or the household of who has none) goes on being
# true; when one of these changed it is another question.
_PROBABLES = """
WITH l AS MATERIALIZED (
    SELECT * FROM lp WHERE fallback IS NOT NULL
        AND NOT EXISTS (SELECT FROM p WHERE p.lfull AND p.lh = lp.lh AND p.programme = lp.programme)
), r AS MATERIALIZED (
    SELECT * FROM rp WHERE fallback IS NOT NULL AND NOT EXISTS (SELECT FROM p WHERE p.rfull AND p.rh = rp.rh)
), alike AS MATERIALIZED (
    SELECT lh, programme, active, rh, fallback, l.n AS ln, r.n AS rn, l.k AS lk, r.k AS rk, l.person AS one,
        r.person AS other
    FROM l JOIN r USING (fallback) WHERE l.k IS DISTINCT FROM r.k
), found AS (
    SELECT md5(concat_ws('|', lh, programme, active, rh, fallback))::uuid AS id, min(ln) AS left_n, min(rn) AS right_n,
        lh, rh, coalesce(rk, md5(concat_ws('|', rh, fallback))::uuid) AS link,
        md5(concat_ws('|', fallback, coalesce(one, lh), coalesce(other, rh)))::uuid AS who
    FROM alike WHERE NOT EXISTS (SELECT FROM rp WHERE rp.k = lk) AND NOT EXISTS (SELECT FROM lp WHERE lp.k = rk)
    GROUP BY lh, programme, active, rh, fallback, rk, one, other
), gone AS (
    DELETE FROM ledger_probable q WHERE comparison_id = $1 AND verdict IS NULL
        AND NOT EXISTS (SELECT FROM found WHERE found.id = q.id)
), made AS (
    INSERT INTO ledger_probable (comparison_id, n, id, left_n, right_n, left_household, right_household, link, who,
        verdict, reason, settled_on, settled_by, carried_from)
    SELECT $1, (SELECT coalesce(max(n), 0) FROM ledger_probable WHERE comparison_id = $1)
            + row_number() OVER (ORDER BY id), id, left_n, right_n, lh, rh, link, f.who,
        said.verdict, said.reason, said.settled_on, said.settled_by, said.said_in
    FROM (SELECT DISTINCT ON (id) * FROM found ORDER BY id, link, who) f LEFT JOIN LATERAL (
        SELECT q.verdict, q.reason, q.settled_on, q.settled_by, coalesce(q.carried_from, q.comparison_id) AS said_in
        FROM ledger_probable q JOIN comparison c ON c.id = q.comparison_id
        WHERE q.who = f.who AND q.verdict IS NOT NULL AND q.comparison_id <> $1 AND c.division = $2 AND c.kind = $3
        ORDER BY q.settled_on DESC, said_in DESC, q.comparison_id DESC, q.n LIMIT 1
    ) said ON true
    WHERE NOT EXISTS (SELECT FROM ledger_probable q WHERE q.comparison_id = $1 AND q.id = f.id)
    RETURNING verdict
)
SELECT count(*) FROM made WHERE verdict = 'SAME'
"""
_HELD = """
INSERT INTO held SELECT left_household FROM ledger_probable WHERE comparison_id = $1 AND verdict IS NULL
UNION SELECT right_household FROM ledger_probable WHERE comparison_id = $1 AND verdict IS NULL
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
        EXISTS (SELECT FROM m WHERE m.rh = rr.rh AND NOT m.active AND m.programme = 'DIBAO_R'
            AND m.stopped_on > $7 AND m.stopped_on <= $8) AS stopped
    FROM rr LEFT JOIN ledger_screened s ON s.comparison_id = $1 AND s.household = rh
    WHERE status <> 'OUT' AND (known > 0 OR EXISTS (SELECT FROM settled WHERE settled.rh = rr.rh))
        AND NOT EXISTS (SELECT FROM p WHERE p.rh = rr.rh) AND NOT EXISTS (SELECT FROM held WHERE h = rr.rh)
), pairs AS NOT MATERIALIZED (
    SELECT lh, programme, rh, shared, shared AS together, status, "key", class, in_taper, income FROM whole
    WHERE shared IS NOT NULL
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
        AND NOT EXISTS (SELECT FROM p WHERE p.lh = lr.lh AND p.programme = lr.programme)
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
    FROM m WHERE active AND (lgone IS NULL) <> (rgone IS NULL)
    UNION ALL
    SELECT DISTINCT 'ID_CONFLICT', programme, lh, rh, k, NULL::integer, NULL::integer, 'NAME_DIFFERS', true
    FROM m WHERE active AND other_name
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
    while await _side_by_side(tx, c):
        await tx.execute(_AGAIN)
    await tx.execute(_HELD, c.id)
    await tx.execute(_SCREENED, c.id, c.right_id, c.standard_fen, lines.few)
    one, other = [list(side) for side in zip(*lines.conflicts, strict=True)] or [[], []]
    await tx.execute(
        _FINDINGS, c.id, c.left_id, c.right_id, c.standard_fen, one, other,
        lines.stopped_after, c.right_on, c.division, c.kind,
    )  # fmt: skip
    return await _counts(tx, c.id)


async def _side_by_side(tx: Transaction, c: Comparison) -> int:
    """Finds who is in both. Returns how many more are known to be the same, by what was said before: then it is done
    anew with them."""
    await tx.execute(_TEMPORARY)
    settled = await tx.execute(_SETTLED, c.id)
    ids = {"left_id": c.left_id, "right_id": c.right_id}
    left, right = _FOLK_UNSETTLED if settled else _FOLK
    await tx.execute(_WHOLE.format(left=left, right=right, **ids))
    await tx.execute(_REST)
    left, right = _PERSON_LINKED if settled else _PERSON
    await tx.execute(_PEOPLE.format(left=left, right=right, **ids))
    # The planner takes what is just found for nothing.
    await tx.execute("SET LOCAL enable_nestloop = off")
    await tx.execute(_PAIRS)
    await tx.execute(_ODD_PEOPLE)
    return int(await tx.fetchval(_PROBABLES, c.id, c.division, c.kind))


async def _counts(tx: Transaction, id_: UUID) -> tuple[dict[str, dict[str, int]], str]:
    rows = await tx.fetch(_COUNTS, id_)
    counts = {r["code"]: {k: r[k] for k in ("results", "households", "actionable")} for r in rows}
    total = 0
    for row in rows:
        total ^= row["hash"]
    return counts, f"{total & 0xFFFFFFFFFFFFFFFF:016x}"
