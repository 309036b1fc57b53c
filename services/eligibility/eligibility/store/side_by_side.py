"""People of two registers laid side by side (domain §5.3): which households are the same, which have people in common,
who is alike but by their number. What is found lives in temporary tables until the transaction ends.

`whole`: households of both that are one at once. `lr`, `rr`: all others of either side, numbered by `i`. `p`: pairs of
these that have people in common; `m`: those of their people about whom something is odd; `alike`: people of one side
only who may be one.
"""

from __future__ import annotations

from doudi.transaction import Transaction
from eligibility.model import Comparison

# fmt: off
# Joined by hash: the planner takes what is just found for nothing. But a register's people by its index where few of
# its households are wanted; it takes that index for one in the order of the pages, which it is not.
_BY_HASH = "SET LOCAL enable_nestloop = off"
_BY_INDEX_IF_FEW = "SET LOCAL enable_nestloop = on; SET LOCAL cpu_index_tuple_cost = 0.05"
_TEMPORARY = """
CREATE TEMP TABLE settled (ln integer, rn integer, lh uuid, rh uuid, link uuid) ON COMMIT DROP;
CREATE TEMP TABLE held (h uuid) ON COMMIT DROP;
CREATE TEMP TABLE p (li integer, ri integer, lh uuid, programme text COLLATE "C", rh uuid, shared integer,
    together integer, status text COLLATE "C", "key" boolean, class text COLLATE "C", in_taper boolean, income bigint
) ON COMMIT DROP;
CREATE TEMP TABLE m (k uuid, li integer, ri integer, active boolean, lgone text COLLATE "C", rgone text COLLATE "C",
    stopped_on date, other_name boolean) ON COMMIT DROP;
CREATE TEMP TABLE alike (li integer, ri integer, active boolean, fallback uuid, ln integer, rn integer, rk uuid,
    one uuid, other uuid) ON COMMIT DROP;
"""
_AGAIN = "DROP TABLE settled, held, p, m, alike, whole, lr, rr"
_SETTLED = """
INSERT INTO settled SELECT left_n, right_n, left_household, right_household, link FROM ledger_probable
WHERE comparison_id = $1 AND verdict = 'SAME'
"""
# Households of the same people under the same names (`folk`, store/registers.py) are pairs at once: nobody of them is
# anywhere else. Of all others the people are joined one by one.
_WHOLE = """
CREATE TEMP TABLE whole ON COMMIT DROP AS SELECT l.household AS lh, l.programme, r.household AS rh, l.members AS shared,
    r.status, {key} AS "key", l.class, l.in_taper, l.income_year AS income
FROM register_household l JOIN register_household r ON {same}
WHERE l.file_id = '{left_id}' AND r.file_id = '{right_id}';
CREATE TEMP TABLE lr ON COMMIT DROP AS SELECT row_number() OVER ()::integer AS i, household AS lh, programme, active,
    class, in_taper, income_year AS income, known
FROM register_household l WHERE file_id = '{left_id}'
    AND NOT EXISTS (SELECT FROM register_household r WHERE r.file_id = '{right_id}' AND {same});
CREATE TEMP TABLE rr ON COMMIT DROP AS SELECT row_number() OVER ()::integer AS i, household AS rh, status,
    {key} AS "key", known
FROM register_household r WHERE file_id = '{right_id}'
    AND NOT EXISTS (SELECT FROM register_household l WHERE l.file_id = '{left_id}' AND {same})
"""
_KEY = "r.status <> 'OUT' AND r.people > 0 AND r.lost = r.people AND r.marks & 112 = 112"
_SAME = "r.folk = l.folk"
_SAME_UNSETTLED = """r.folk = l.folk AND NOT EXISTS (SELECT FROM settled s WHERE s.lh = l.household)
    AND NOT EXISTS (SELECT FROM settled s WHERE s.rh = r.household)"""
_PERSON = {"left": "e.person", "right": "e.person", "left_said": "", "right_said": ""}
_SAID = "LEFT JOIN (SELECT {n} AS n, min(link::text)::uuid AS link FROM settled GROUP BY {n}) s ON s.n = e.n"
_PERSON_LINKED = {
    "left": "coalesce(s.link, e.person)", "left_said": _SAID.format(n="ln"),
    "right": "coalesce(e.person, s.link)", "right_said": _SAID.format(n="rn"),
}
# All others person by person, once: who is in both makes the pairs, who stands alone may be alike but by their number.
# Who has no number gets a value of their own, as above. Rows with a gap on either side are people of one side only.
_MEET = """
WITH l AS (
    SELECT lr.i, e.n, {left} AS k, e.name, e.fallback, e.active, e.here, e.state, e.stopped_on, e.person
    FROM lr JOIN register_entry e ON e.file_id = '{left_id}' AND e.household = lr.lh AND e.programme = lr.programme
    {left_said}
), r AS (
    SELECT rr.i, e.n, {right} AS k, e.name, e.fallback, e.here, e.state, e.person
    FROM rr JOIN register_entry e ON e.file_id = '{right_id}' AND e.household = rr.rh
    {right_said}
), met AS MATERIALIZED (
    SELECT l.i AS li, r.i AS ri, l.active, l.here AS lhere, r.here AS rhere, l.k AS lk, r.k AS rk,
        nullif(l.state, 'NORMAL') AS lgone, nullif(r.state, 'NORMAL') AS rgone, l.stopped_on,
        l.name <> r.name AND l.person IS NOT NULL AND r.person IS NOT NULL AS other_name,
        l.person AS one, r.person AS other, l.n AS ln, r.n AS rn,
        CASE WHEN r.i IS NULL THEN l.fallback END AS left_alone,
        CASE WHEN l.i IS NULL THEN r.fallback END AS right_alone
    FROM l FULL JOIN r ON l.k = r.k
        AND CASE WHEN l.k IS NULL THEN l.n ELSE 0 END = CASE WHEN r.k IS NULL THEN -r.n ELSE 0 END
), paired AS (
    INSERT INTO p SELECT li, ri, lh, programme, rh, x.shared,
        lr.known + x.lsettled - x.lgone + rr.known + x.rsettled - x.rgone - x.shared, rr.status, rr."key", lr.class,
        lr.in_taper, lr.income
    FROM (SELECT li, ri, count(*) FILTER (WHERE lhere AND rhere) AS shared,
              count(*) FILTER (WHERE lhere AND NOT rhere) AS lgone,
              count(*) FILTER (WHERE rhere AND NOT lhere) AS rgone,
              count(*) FILTER (WHERE one IS NULL AND lhere) AS lsettled,
              count(*) FILTER (WHERE other IS NULL AND rhere) AS rsettled
          FROM met WHERE active AND ri IS NOT NULL GROUP BY li, ri) x
    JOIN lr ON lr.i = li JOIN rr ON rr.i = ri
), odd AS (
    INSERT INTO m SELECT lk, li, ri, active, lgone, rgone, stopped_on, other_name FROM met
    WHERE li IS NOT NULL AND ri IS NOT NULL AND (NOT active OR other_name OR (lgone IS NULL) <> (rgone IS NULL))
)
INSERT INTO alike SELECT l.li, r.ri, l.active, l.left_alone, l.ln, r.rn, r.rk, l.one, r.other
FROM met l JOIN met r ON l.left_alone = r.right_alone WHERE l.lk IS NOT NULL OR r.rk IS NOT NULL
"""
# What somebody once said of these two (`who`: name, birth, sex and village, and both numbers, or the household of who
# has none) goes on being true; when one of these changed it is another question.
_PROBABLES = """
WITH found AS (
    SELECT md5(concat_ws('|', lh, programme, alike.active, rh, fallback))::uuid AS id, min(ln) AS left_n,
        min(rn) AS right_n, lh, rh, coalesce(rk, md5(concat_ws('|', rh, fallback))::uuid) AS link,
        md5(concat_ws('|', fallback, coalesce(one, lh), coalesce(other, rh)))::uuid AS who
    FROM alike JOIN lr ON lr.i = li JOIN rr ON rr.i = ri
    GROUP BY lh, programme, alike.active, rh, fallback, rk, one, other
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
# fmt: on


async def lay(tx: Transaction, c: Comparison) -> None:
    """Finds who is in both; anew as long as more of them turn out to be the same by what was said before."""
    while await _found_same(tx, c):
        await tx.execute(_AGAIN)
    await tx.execute(_HELD, c.id)


async def _found_same(tx: Transaction, c: Comparison) -> int:
    await tx.execute(_TEMPORARY)
    settled = await tx.execute(_SETTLED, c.id)
    ids = {"left_id": c.left_id, "right_id": c.right_id}
    await tx.execute(_BY_HASH)
    await tx.execute(_WHOLE.format(same=_SAME_UNSETTLED if settled else _SAME, key=_KEY, **ids))
    await tx.execute(_BY_INDEX_IF_FEW)
    await tx.execute(_MEET.format(**(_PERSON_LINKED if settled else _PERSON), **ids))
    await tx.execute(_BY_HASH)
    return int(await tx.fetchval(_PROBABLES, c.id, c.division, c.kind))
