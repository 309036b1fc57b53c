"""Requests for relief of the expenditure type."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STEPS = (
    """
    CREATE TABLE relief_request (
        id uuid PRIMARY KEY, version integer NOT NULL, division text NOT NULL,
        status text NOT NULL CHECK (status IN ('ACCEPTED', 'REVIEWED', 'POSTED', 'COUNTY', 'RETURNED', 'GRANTED',
                                               'PAID', 'REFUSED', 'WITHDRAWN')),
        cause text NOT NULL CHECK (cause IN ('MEDICAL', 'EDUCATION', 'OTHER')),
        poverty_registry text NOT NULL CHECK (poverty_registry IN ('NONE', 'NOT_OUT', 'OUT', 'RETURNED')),
        members jsonb NOT NULL CHECK (jsonb_array_length(members) > 0),
        person_id uuid NOT NULL, name text NOT NULL, id_number text NOT NULL, phone text,
        account_number text NOT NULL, bank_code text NOT NULL,
        accepted_by text NOT NULL, accepted_on date NOT NULL, township_due_on date NOT NULL,
        review jsonb, reviewed_by text, reviewed_on date, amount_fen bigint CHECK (amount_fen > 0),
        findings jsonb NOT NULL, posted_on date, posting_ends_on date,
        forwarded_by text, forwarded_on date, county_due_on date, sent_back_because text,
        level text CHECK (level IN ('TOWNSHIP', 'COUNTY')), decided_by text, decided_at timestamptz, decided_on date,
        ground text, reason text, payment_key text UNIQUE, paid_on date,
        bank_returned_on date, bank_return_reason text,
        CHECK ((review IS NULL) = (amount_fen IS NULL)),
        CHECK ((posted_on IS NULL) = (posting_ends_on IS NULL)),
        CHECK (status <> 'POSTED' OR posted_on IS NOT NULL),
        CHECK (status <> 'RETURNED' OR sent_back_because IS NOT NULL),
        CHECK ((status IN ('GRANTED', 'PAID', 'REFUSED')) = (decided_on IS NOT NULL)),
        CHECK ((status IN ('GRANTED', 'PAID')) = (payment_key IS NOT NULL)),
        CHECK ((status = 'REFUSED') = (reason IS NOT NULL)),
        CHECK ((status = 'PAID') = (paid_on IS NOT NULL))
    )
    """,
    "CREATE INDEX relief_request_division ON relief_request (division text_pattern_ops, id)",
    "CREATE INDEX relief_request_status ON relief_request (status, division text_pattern_ops, id)",
    """
    CREATE TABLE relief_request_member (
        request_id uuid NOT NULL REFERENCES relief_request, match_key text NOT NULL, person_id uuid NOT NULL,
        PRIMARY KEY (request_id, match_key)
    )
    """,
    "CREATE INDEX relief_request_member_key ON relief_request_member (match_key)",
)


def upgrade() -> None:
    """Steps forward."""
    for step in _STEPS:
        op.get_bind().exec_driver_sql(step)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
