"""An award that is being looked at again stands in REVIEWING (domain §4.2) and goes on; a case's facts have days."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ON = "status IN ('ACTIVE', 'REVIEWING', 'SUSPENDED')"
_STEPS = (
    "ALTER TABLE award DROP CONSTRAINT award_status_check",
    "ALTER TABLE award ADD CONSTRAINT award_status_check "
    "CHECK (status IN ('ACTIVE', 'REVIEWING', 'SUSPENDED', 'TAPER', 'STOPPED'))",
    "ALTER TABLE award ADD COLUMN reviewing_since date",
    "ALTER TABLE award ADD CONSTRAINT award_reviewing CHECK ((status = 'REVIEWING') = (reviewing_since IS NOT NULL))",
    "ALTER TABLE county_case ADD COLUMN declared_on date, ADD COLUMN matched_on date, ADD COLUMN surveyed_on date",
    "DROP INDEX award_review_near",
    "DROP INDEX award_review_late",
    f"CREATE INDEX award_review_near ON award (review_due_on) WHERE {_ON} "
    "AND review_near IS DISTINCT FROM review_due_on",
    f"CREATE INDEX award_review_late ON award (review_due_on) WHERE {_ON} "
    "AND review_late IS DISTINCT FROM review_due_on",
)


def upgrade() -> None:
    """`reviewing_since`: the day on which the review began. A case keeps when its facts were found out."""
    for step in _STEPS:
        op.get_bind().exec_driver_sql(step)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
