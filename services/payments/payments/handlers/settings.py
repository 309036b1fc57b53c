"""What payments needs to know of its surroundings, beyond what every service does."""

from __future__ import annotations

from pydantic import Field

from doudi.settings import Settings


class PaymentsSettings(Settings):
    """Payments' settings."""

    bank_url: str | None = Field(
        default=None,
        description="The agent bank's address; without it finance downloads files and brings results by hand",
    )
    max_body_bytes: int = Field(
        default=33_554_432, ge=1024, description="Largest request body; a results file has a line for each payment"
    )
