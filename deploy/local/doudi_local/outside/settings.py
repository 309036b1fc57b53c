"""The environment of the simulators, read once."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class OutsideSettings(BaseSettings):
    """Names in the environment: DOUDI_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="DOUDI_", extra="ignore", frozen=True)

    profile: Literal["production", "demonstration", "test"] = Field(
        default="production", description="Only demonstration and test may move a clock"
    )
    clock: str = Field(default="real", description="'real', or 'file:/path' with a date")
    outside_bank_delay_ms: int = Field(
        default=200, ge=0, description="Milliseconds that the simulated bank takes for a file"
    )
