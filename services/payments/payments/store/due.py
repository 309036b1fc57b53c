"""What is due and what was put in, as SQL that several questions share."""

from __future__ import annotations

DUE = """
    SELECT a.id AS subject_id, a.programme, a.division, l.person_id, l.item, m.month::date AS month, l.amount_fen AS fen
    FROM award a JOIN award_line l ON l.award_id = a.id LEFT JOIN death d ON d.person_id = l.person_id
    CROSS JOIN LATERAL generate_series(
        greatest(l.from_month, a.starts)::timestamp,
        least($2::date, l.until_month, a.last_month, a.taper_until, a.held_before, d.month)::timestamp,
        interval '1 month'
    ) AS m (month)
    WHERE a.division LIKE $1::text || '%' AND l.amount_fen > 0
"""
"""Every month of money that awards below $1 give up to the month $2. The month of death is the person's last.

What is held (`held_before`: the last month before the hold) is not due; after the release it is, and comes as arrears.
"""

PUT = """
    SELECT person_id, programme, item, month, sum(fen)::bigint AS fen FROM (
        SELECT person_id, programme, item, month, amount_fen AS fen FROM payment
        WHERE attempt = 1 AND status <> 'CANCELLED' AND item <> 'ARREARS'
        UNION ALL
        SELECT p.person_id, p.programme, a.item, a.month, a.amount_fen
        FROM payment p JOIN arrears_part a USING (payment_key)
        WHERE p.attempt = 1 AND p.status <> 'CANCELLED' AND p.item = 'ARREARS'
        UNION ALL
        SELECT person_id, programme, item, month, -repaid_fen FROM recovery_part WHERE undue AND repaid_fen > 0
    ) AS each GROUP BY person_id, programme, item, month
"""
"""What was put in of it, whatever became of it: a returned line is still owed under its own key, by a further try.

An arrears line counts by its parts, for the months and items that it makes good. What was repaid because it was not due
counts as not put in: should it be due again, it is owed again.
"""

UNDUE = """
WITH piece AS (
    SELECT id, subject_id, person_id, programme, item, month FROM payment
    WHERE run_id = $1 AND status = 'PREPARED' AND item <> 'ARREARS'
    UNION ALL
    SELECT p.id, p.subject_id, p.person_id, p.programme, a.item, a.month
    FROM payment p JOIN arrears_part a USING (payment_key)
    WHERE p.run_id = $1 AND p.status = 'PREPARED' AND p.item = 'ARREARS'
)
SELECT l.id FROM piece l WHERE EXISTS (SELECT FROM award a WHERE a.id = l.subject_id)
  AND (SELECT coalesce(sum(p.amount_fen), 0) FROM payment p
       WHERE p.person_id = l.person_id AND p.programme = l.programme AND p.item = l.item AND p.month = l.month
         AND p.attempt = 1 AND p.status <> 'CANCELLED')
    + (SELECT coalesce(sum(part.amount_fen), 0) FROM payment p JOIN arrears_part part USING (payment_key)
       WHERE p.person_id = l.person_id AND p.programme = l.programme AND p.item = 'ARREARS'
         AND p.attempt = 1 AND p.status <> 'CANCELLED' AND part.item = l.item AND part.month = l.month)
    - (SELECT coalesce(sum(r.repaid_fen), 0) FROM recovery_part r
       WHERE r.person_id = l.person_id AND r.programme = l.programme AND r.item = l.item AND r.month = l.month
         AND r.undue)
    > coalesce((SELECT max(al.amount_fen)
       FROM award a JOIN award_line al ON al.award_id = a.id LEFT JOIN death d ON d.person_id = al.person_id
       WHERE a.id = l.subject_id AND al.person_id = l.person_id AND al.item = l.item
         AND l.month >= greatest(al.from_month, a.starts)
         AND l.month <= least(al.until_month, a.last_month, a.taper_until, a.held_before, d.month, l.month)), 0)
"""
"""Prepared lines of the run $1 of which more was put in than is due. By index for each line, so that it does not hang
on what the planner believes of tables that just grew."""
