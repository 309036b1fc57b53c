"""What eligibility measures of itself: awards, the county's terms, spot checks, reviews, the ledger (domain §14)."""

from __future__ import annotations

from doudi.calendar import MONTHS_A_YEAR
from doudi.dated import MissingParameter
from doudi.telemetry import Measure, counted
from doudi.telemetry.measures import Rows
from doudi.transaction import Transaction
from eligibility import rules, store
from eligibility.rules import ledger
from eligibility.rules.programmes import resolve, tekun
from eligibility.rules.programmes.numbers import TekunNumbers
from eligibility.store import ledger_progress

_FORMS = {"CENTRALISED": "centralised", "SCATTERED": "scattered"}
_ALIVE = """
SELECT left(division, 6) AS county, programme, assistance_class AS class, jsonb_array_length(insured) AS persons,
    amount_fen FROM award WHERE status <> 'STOPPED'
UNION ALL SELECT left(division, 6), programme, '', 1, amount_fen FROM programme_award WHERE status = 'ACTIVE'
"""
_LIVING = """
SELECT left(a.division, 6), CASE WHEN l.id IS NULL THEN 'no' ELSE 'yes' END, count(*)
FROM award a CROSS JOIN LATERAL jsonb_array_elements(a.facts->'unit') p
LEFT JOIN programme_award l ON l.programme = 'LIVING_SUB' AND l.status = 'ACTIVE'
    AND l.person_id::text = p->>'person_id'
WHERE a.status <> 'STOPPED' AND a.insured ? (p->>'person_id') AND coalesce(p->>'disability', '') <> '' GROUP BY 1, 2
"""


async def milestones(tx: Transaction) -> Rows:
    """Of each county that the seed gives a day: the share of what was found that is done (none found: none told)."""
    rows = []
    for m in ledger.milestones():
        (found,) = await ledger_progress.progress(tx, m.division.code, "POVERTY_REGISTRY", [tx.today])
        if found.total:
            share = ledger.progress(found.closed, found.total)
            rows.append((m.division.code[:6], m.strength, share))
    return rows


async def days_to_milestones(tx: Transaction) -> Rows:
    """Of each county that the seed gives a day: how many are left, less than none when it is over."""
    return [(m.division.code[:6], m.strength, (m.on - tx.today).days) for m in ledger.milestones()]


async def tekun_to_income(tx: Transaction) -> Rows:
    """Of each county of the seed the basic standard of a year over last year's income."""
    parameters, rows = await store.parameters(tx), []
    for county in sorted({m.division for m in ledger.milestones()}):
        try:
            n = resolve(TekunNumbers, tx.today, county, parameters)
        except (MissingParameter, rules.RuleSetNotImplemented):
            continue
        for form, label in _FORMS.items():
            year = tekun.basic_standard(form, n) * MONTHS_A_YEAR
            rows.append((county.code[:6], label, year / n.rural_income_year))
    return rows


async def spot_checks(tx: Transaction) -> Rows:
    """Of this quarter's cases that the county has decided, the share whose home it visited, by township."""
    quarter = rules.sampling.frame_of("640000000000", tx.today).quarter
    sql = (
        "SELECT e.township, avg((c.visited_on IS NOT NULL)::int) FROM sample_entry e JOIN county_case c "
        "ON c.id = e.case_id WHERE e.quarter = $1 AND c.decided_on IS NOT NULL GROUP BY 1"
    )
    return [tuple(row) for row in await tx.fetch(sql, quarter)]


_AWARDS: tuple[Measure, ...] = (
    counted(
        "doudi_awards",
        "Awards that are alive, by programme and class",
        ("county", "programme", "class"),
        f"SELECT county, programme, class, count(*) FROM ({_ALIVE}) a GROUP BY 1, 2, 3",
    ),
    counted(
        "doudi_award_persons",
        "People whom the awards that are alive insure",
        ("county", "programme"),
        f"SELECT county, programme, sum(persons) FROM ({_ALIVE}) a GROUP BY 1, 2",
    ),
    counted(
        "doudi_award_yuan",
        "What the awards that are alive pay in a month, in yuan",
        ("county", "programme"),
        f"SELECT county, programme, sum(amount_fen) / 100 FROM ({_ALIVE}) a GROUP BY 1, 2",
    ),
    counted(
        "doudi_class_c_with_one",
        "C households of two or more of which one person is insured",
        ("county",),
        "SELECT left(division, 6), count(*) FROM award WHERE status <> 'STOPPED' AND assistance_class = 'C' "
        "AND household_size > 1 AND jsonb_array_length(insured) = 1 GROUP BY 1",
    ),
    counted(
        "doudi_tapers",
        "Tapers, by whether they still run",
        ("county", "state"),
        "SELECT left(division, 6), CASE WHEN last_month < to_char($1, 'YYYY-MM') THEN 'ended' "
        "ELSE 'running' END, count(*) FROM taper GROUP BY 1, 2",
    ),
    counted(
        "doudi_living_eligible",
        "Disabled people whom a dibao award insures, by whether they have the living subsidy",
        ("county", "covered"),
        _LIVING,
    ),
    counted(
        "doudi_reviews",
        "Awards that are to be looked at again, by whether their day has passed",
        ("county", "state"),
        "SELECT left(division, 6), CASE WHEN review_due_on < $1 THEN 'overdue' ELSE 'in_time' END, count(*) FROM ("
        "SELECT division, review_due_on FROM award WHERE status IN ('ACTIVE', 'REVIEWING', 'SUSPENDED') "
        "UNION ALL SELECT division, review_due_on FROM programme_award WHERE status = 'ACTIVE') a GROUP BY 1, 2",
    ),
    Measure(
        "doudi_tekun_to_income",
        "The tekun basic standard of a year over last year's rural income",
        ("county", "form"),
        tekun_to_income,
    ),
)
_PROCEDURE: tuple[Measure, ...] = (
    counted(
        "doudi_county_terms",
        "Cases that stand in one of the county's terms, by whether it has passed",
        ("county", "term", "state"),
        "SELECT left(division, 6), term, CASE WHEN term_due_on < $1 THEN 'passed' ELSE 'in_time' END, count(*) "
        "FROM county_case WHERE term IS NOT NULL GROUP BY 1, 2, 3",
    ),
    counted(
        "doudi_county_decisions",
        "Decisions of the last 365 days, by outcome and by whether no term of the case had passed",
        ("county", "outcome", "in_time"),
        "SELECT left(division, 6), status, CASE WHEN late_term IS NULL THEN 'yes' ELSE 'no' END, count(*) "
        "FROM county_case WHERE decided_on > $1 - 365 AND status IN ('APPROVED', 'REJECTED') GROUP BY 1, 2, 3",
    ),
    Measure(
        "doudi_spot_check_share",
        "Of this quarter's decided cases the share whose home the county visited",
        ("township",),
        spot_checks,
    ),
)
_LEDGER: tuple[Measure, ...] = (
    counted(
        "doudi_ledger_tasks",
        "Tasks from comparisons: open in time or overdue, closed by somebody, lapsed",
        ("county", "owner", "state"),
        "SELECT left(division, 6), owner, CASE WHEN status <> 'OPEN' THEN lower(status) "
        "WHEN due_on < $1 THEN 'overdue' ELSE 'in_time' END, count(*) FROM ledger_task GROUP BY 1, 2, 3",
    ),
    counted(
        "doudi_ledger_results",
        "What the newest comparison of a county found, in households, by code",
        ("county", "kind", "code"),
        "SELECT left(c.division, 6), c.kind, r.key, (r.value->>'households')::integer FROM ("
        "SELECT DISTINCT ON (division, kind) division, kind, counts FROM comparison WHERE status = 'DONE' "
        "ORDER BY division, kind, id DESC) c CROSS JOIN LATERAL jsonb_each(c.counts) r",
    ),
    counted(
        "doudi_ledger_comparison_days",
        "Days since the last comparison of a county that has given a register",
        ("county", "kind"),
        "SELECT left(f.division, 6), f.kind, $1 - coalesce(max(c.finished_on), min(f.imported_on)) "
        "FROM register_file f LEFT JOIN comparison c "
        "ON c.division = f.division AND c.kind = f.kind AND c.status = 'DONE' "
        "WHERE f.source = 'FILE' AND f.kind <> 'BENEFICIARIES' GROUP BY 1, 2",
    ),
    Measure(
        "doudi_milestone_progress",
        "Share of a county's ledger tasks that are done",
        ("county", "strength"),
        milestones,
    ),
    Measure(
        "doudi_milestone_days",
        "Days to a county's milestone, less than none when it is over",
        ("county", "strength"),
        days_to_milestones,
    ),
)
MEASURES: tuple[Measure, ...] = (*_AWARDS, *_PROCEDURE, *_LEDGER)
