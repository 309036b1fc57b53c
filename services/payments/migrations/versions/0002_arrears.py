"""Of which months and items an arrears line is made."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# By the payment key, which is the same for every try to pay it and for a line that is put in again.
_TABLES = """
CREATE TABLE arrears_part (
    payment_key text NOT NULL, month date NOT NULL, item text NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (payment_key, month, item)
);
CREATE INDEX arrears_part_month ON arrears_part (month, payment_key);
CREATE INDEX payment_arrears ON payment (person_id, programme, month) WHERE item = 'ARREARS';
CREATE INDEX payment_key_arrears ON payment (payment_key) WHERE item = 'ARREARS'
"""


def upgrade() -> None:
    """Makes everything."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
