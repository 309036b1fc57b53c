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
    SELECT person_id, programme, item, month, sum(amount_fen) AS fen, max(sequence) AS sequence FROM payment
    WHERE attempt = 1 AND status <> 'CANCELLED' GROUP BY person_id, programme, item, month
"""
"""What was put in of it, whatever became of it: a returned line is still owed under its own key, by a further try."""
