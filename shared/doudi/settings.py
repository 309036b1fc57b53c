"""The environment, read once. Below it everything is an argument."""

from __future__ import annotations

from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What every service needs; a service with more subclasses it. Names in the environment: DOUDI_<NAME>."""

    model_config = SettingsConfigDict(
        env_prefix="DOUDI_", extra="ignore", populate_by_name=True, frozen=True, env_ignore_empty=True
    )

    database_url: SecretStr = Field(
        validation_alias=AliasChoices("DATABASE_URL", "database_url"),
        description="PostgreSQL of this service alone: postgresql://user:password@host:port/database",
    )
    kafka_bootstrap_servers: str = Field(
        validation_alias=AliasChoices("KAFKA_BOOTSTRAP_SERVERS", "kafka_bootstrap_servers"),
        description="Apache Kafka: host:port, comma-separated",
    )
    issuer: str = Field(description="OIDC issuer whose tokens are accepted")
    audience: str = Field(default="doudi", description="The audience that a token must name")
    jwks_url: str | None = Field(default=None, description="Keys of the issuer; default <issuer>/jwks.json")
    sealing_keys: SecretStr = Field(description='Keys for personal data: JSON {"key id": "base64 of 32 bytes"}')
    sealing_active: str = Field(description="Id of the key that seals new values; older ones only open")
    match_key: SecretStr = Field(description="Base64 key of the blind index over ID numbers; the same in all services")
    profile: Literal["production", "demonstration", "test"] = Field(
        default="production", description="Demonstration and test allow a simulated clock and the development issuer"
    )
    clock: str = Field(default="real", description="'real', or 'file:/path' with a date, outside production only")
    log_level: str = Field(default="INFO", description="Least level that is logged")
    otlp_endpoint: str | None = Field(
        default=None, description="OpenTelemetry collector (OTLP over HTTP); off when empty"
    )
    database_patience: int = Field(
        default=60, ge=0, le=3_600, description="Seconds that a start waits for a database that is starting itself"
    )
    pool_size: int = Field(default=10, ge=2, le=200, description="Database connections of one process")
    max_body_bytes: int = Field(
        default=1_048_576, ge=1024, description="Largest request body; more is refused with 413"
    )
    idempotency_days: int = Field(
        default=30, ge=1, le=3_660, description="Days for which an answer is kept for its Idempotency-Key"
    )
    measure_seconds: int = Field(
        default=120, ge=1, le=86_400, description="Seconds between two counts of what the service measures"
    )
    consumer_batch: int = Field(default=500, ge=1, le=10_000, description="Most messages of one consumer transaction")
    topic_prefix: str = Field(
        default="doudi", pattern=r"^[a-z0-9-]+$", description="First part of topic and group names: <prefix>.intake"
    )
    topic_replication: int = Field(default=1, ge=1, le=9, description="Replicas of a topic that has to be created")
    relay_batch: int = Field(default=1_000, ge=1, le=20_000, description="Most events that the relay sends at a time")
