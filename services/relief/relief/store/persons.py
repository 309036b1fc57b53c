"""Who was helped before, over emergencies and requests: people are found by the hash of their ID number alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from doudi.transaction import Transaction

_PERSON = """
SELECT person_id FROM (
    SELECT person_id, id FROM relief_case WHERE match_key = $1
    UNION ALL SELECT person_id, request_id FROM relief_request_member WHERE match_key = $1
) AS known ORDER BY id LIMIT 1
"""
_GRANTS = """
SELECT granted_on AS on FROM relief_case
WHERE match_key = ANY($1::text[]) AND cause = ANY($2::text[]) AND granted_on IS NOT NULL AND id <> $3
UNION ALL
SELECT DISTINCT ON (r.id) r.decided_on FROM relief_request r JOIN relief_request_member m ON m.request_id = r.id
WHERE m.match_key = ANY($1::text[]) AND r.cause = ANY($2::text[]) AND r.status IN ('GRANTED', 'PAID') AND r.id <> $3
"""


async def hold_person(tx: Transaction, *match_keys: str) -> None:
    """Makes two decisions about one person, or about anybody of a household, wait for each other, until the
    transaction ends."""
    for match_key in sorted(set(match_keys)):
        await tx.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", match_key)


async def person_id_of(tx: Transaction, match_key: str) -> UUID | None:
    """The id under which relief knows this person from an earlier case or request."""
    found: UUID | None = await tx.fetchval(_PERSON, match_key)
    return found


async def grants_for_cause(
    tx: Transaction, match_keys: Collection[str], causes: Collection[str], *, but: UUID
) -> Sequence[date]:
    """The days on which one of these people was granted relief for one of these causes, in other cases and requests."""
    return [row["on"] for row in await tx.fetch(_GRANTS, list(match_keys), list(causes), but)]
