"""What intake needs to know of its surroundings, beyond what every service does."""

from __future__ import annotations

from pydantic import Field

from doudi.settings import Settings


class IntakeSettings(Settings):
    """Intake's settings."""

    departments_url: str | None = Field(
        default=None,
        description="The county's matching centre (核对中心); without it every source counts as out of reach",
    )
    hotline: str = Field(default="12349", description="Telephone on a posting, to object (12349: civil affairs)")
