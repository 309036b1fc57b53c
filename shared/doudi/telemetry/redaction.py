"""A last defence of the logs: numbers that look like a person's are masked, exception texts that quote input are cut.

Nothing is meant to log personal data in the first place; this is for the day somebody does.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

MASK = "[masked]"
_PERSONAL = re.compile(
    r"(?<!\d)\d{17}[\dXx](?!\d)"  # citizen ID number (GB 11643)
    r"|(?<!\d)\d{15,19}(?!\d)"  # account or card number
    r"|(?<!\d)\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,4})?(?!\d)"  # the same, printed in groups of four
    r"|(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"  # mainland mobile number
)
_LEAST_PERSONAL_INTEGER = 10**10
_FRAMES = 30
_QUOTING = ("pydantic", "pydantic_core", "fastapi", "sqlalchemy", "asyncpg", "sqlmodel")

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def masked(text: str) -> str:
    """The text without numbers that look like a citizen ID, an account or a mobile phone."""
    return _PERSONAL.sub(MASK, text)


def redact(value: Any) -> Any:
    """The same shape with every text masked, ready for JSON."""
    if isinstance(value, str):
        return masked(value)
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LEAST_PERSONAL_INTEGER or MASK not in masked(str(value)) else MASK
    if isinstance(value, Mapping):
        return {masked(str(name)): redact(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(inner) for inner in value]
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, BaseException):
        return summary(value)
    return masked(str(value))


def summary(error: BaseException) -> str:
    """Type and text of an exception; only the type where the text would quote what somebody sent or stored."""
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    if _quotes(kind):
        facts = [f"{fact}={value}" for fact in _FACTS if isinstance(value := getattr(error, fact, None), str) and value]
        return masked(" ".join([name, *facts]))
    return masked(f"{name}: {error}")


_FACTS = ("sqlstate", "constraint_name", "table_name", "column_name")


def _quotes(kind: type[BaseException]) -> bool:
    return any(base.__module__.partition(".")[0] in _QUOTING for base in kind.__mro__)


def explain(error: BaseException) -> list[dict[str, Any]]:
    """An exception with its causes, outermost first: what it was, and where (file:line function; no values)."""
    told: list[dict[str, Any]] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        frames = traceback.extract_tb(now.__traceback__)[-_FRAMES:]
        told.append({"error": summary(now), "at": [f"{f.filename}:{f.lineno} {f.name}" for f in frames]})
        if isinstance(now, BaseExceptionGroup):
            told.extend(part for inner in now.exceptions for part in explain(inner))
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return told
