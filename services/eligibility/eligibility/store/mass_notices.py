"""The notices of a changed standard, one statement a batch: no household is loaded, the PDF is made when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import col, select

from doudi.calendar import Month
from doudi.law import Finding
from doudi.transaction import Transaction
from eligibility.model.notice import Notice

_FINDINGS = TypeAdapter(Sequence[Finding])


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """What one award's notice says. Fen per month before and after."""

    id: UUID
    award_id: UUID
    before_fen: int
    fen: int
    from_month: Month
    because: str
    rule_set: str
    findings: Sequence[Finding]


async def write(tx: Transaction, job_id: UUID, told: Sequence[ChangeTold], on: date) -> None:
    """Writes the notices of a batch; a second one for the same award and change is refused by the index.

    It goes to whom `model.notice.addressee` names: of the award's unit who lives, the head first, then the spouse.
    """
    await tx.session.flush()
    written = await tx.execute(
        """INSERT INTO notice (id, version, division, kind, programme, application_id, award_id, redetermination_id,
               issued_on, due_on, addressee, to_family, because, amount_fen, before_fen, from_month, rule_set, findings)
           SELECT n.id, 1, a.division, 'CHANGE', a.programme, a.application_id, a.id, $1, $2, $2, who.name, who.dead,
               n.because, n.fen, n.before_fen, n.from_month, n.rule_set, n.findings::jsonb
           FROM unnest($3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[],
                       $10::text[])
               AS n (id, award_id, before_fen, fen, from_month, because, rule_set, findings)
           JOIN award a ON a.id = n.award_id JOIN county_case c ON c.id = a.application_id
           CROSS JOIN LATERAL (
               SELECT m->>'name' AS name, d.match_key IS NOT NULL AS dead
               FROM jsonb_array_elements(c.household->'members') m LEFT JOIN death d ON d.match_key = m->>'match_key'
               ORDER BY NOT a.facts->'unit' @> jsonb_build_array(jsonb_build_object('person_id', m->>'person_id')),
                   d.match_key IS NOT NULL, m->>'relation' <> 'HEAD', m->>'relation' <> 'SPOUSE', m->>'birth_date'
               LIMIT 1
           ) who""",
        job_id, on, [t.id for t in told], [t.award_id for t in told], [t.before_fen for t in told],
        [t.fen for t in told], [str(t.from_month) for t in told], [t.because for t in told],
        [t.rule_set for t in told], [_FINDINGS.dump_json(t.findings).decode() for t in told],
    )  # fmt: skip
    assert written == len(told), f"{len(told) - written} households have no member to write to"


async def page(tx: Transaction, job_id: UUID, *, after: UUID | None, limit: int) -> Sequence[Notice]:
    """The notices of a change, by id."""
    query = select(Notice).where(Notice.redetermination_id == job_id)
    if after is not None:
        query = query.where(col(Notice.id) > after)
    return (await tx.session.exec(query.order_by(col(Notice.id)).limit(limit))).all()
