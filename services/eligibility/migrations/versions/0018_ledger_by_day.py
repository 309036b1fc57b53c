"""What a ledger task was before it was opened anew, so that a day is counted as it was; a ward's ID number, sealed."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STEPS = (
    "CREATE TABLE ledger_task_past (task_id uuid NOT NULL REFERENCES ledger_task (id), opened_on date NOT NULL, "
    "due_on date NOT NULL, closed_on date NOT NULL, PRIMARY KEY (task_id, opened_on, closed_on))",
    "ALTER TABLE programme_case ADD COLUMN id_number text",
    # Whose money goes to themselves is known from their account.
    "UPDATE programme_case SET id_number = account->>'payee_id_number' "
    "WHERE account->>'payee_person_id' = person_id::text",
)


def upgrade() -> None:
    """One more table and a column; a number that is known goes in."""
    for statement in _STEPS:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Steps back are made by a new step forward."""
    raise NotImplementedError("write a new migration that goes forward")
