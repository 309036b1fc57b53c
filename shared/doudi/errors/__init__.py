"""Refusals (`refusals`) and the one place that renders them as RFC 9457 problem+json (`edge`)."""

from doudi.errors.edge import RESPONSES, install, problem_response
from doudi.errors.refusals import (
    AnsweredBefore,
    Conflict,
    Fault,
    Forbidden,
    IdempotencyKeyReused,
    Invalid,
    Malformed,
    MethodNotAllowed,
    NotFound,
    Refusal,
    Stale,
    TooLarge,
    Unauthenticated,
    Unavailable,
    UnsupportedMediaType,
)

__all__ = [
    "RESPONSES",
    "AnsweredBefore",
    "Conflict",
    "Fault",
    "Forbidden",
    "IdempotencyKeyReused",
    "Invalid",
    "Malformed",
    "MethodNotAllowed",
    "NotFound",
    "Refusal",
    "Stale",
    "TooLarge",
    "Unauthenticated",
    "Unavailable",
    "UnsupportedMediaType",
    "install",
    "problem_response",
]
