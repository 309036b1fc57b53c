"""What eligibility needs to know of its surroundings, beyond what every service does."""

from __future__ import annotations

from pydantic import Field

from doudi.settings import Settings


class EligibilitySettings(Settings):
    """Eligibility's settings."""

    max_register_bytes: int = Field(
        default=134_217_728, ge=1024, description="Largest register file; it has a line for each person of a county"
    )
