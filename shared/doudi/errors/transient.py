"""Which failures pass by themselves."""

from __future__ import annotations

import asyncpg

_TRANSIENT_CLASSES = ("08", "40", "53", "57", "58")
_TRANSIENT_STATES = ("55P03",)


def is_transient(error: BaseException | None) -> bool:
    """Whether trying again can help: a lost connection, a deadlock, a server that is starting or full."""
    if error is None:
        return False
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return state[:2] in _TRANSIENT_CLASSES or state in _TRANSIENT_STATES
    if isinstance(error, asyncpg.InterfaceError):
        return "closed" in str(error) or "released" in str(error)  # otherwise it is a mistake in our own code
    if isinstance(error, OSError | TimeoutError | asyncpg.InternalClientError):
        return True  # the last is what a server that dies while it greets us leaves behind
    return is_transient(getattr(error, "orig", None)) or is_transient(error.__cause__)
