"""The one error a person sees from the one-machine start."""

from __future__ import annotations


class LocalError(Exception):
    """Something on this machine is in the way. The message is one sentence that says what to do about it."""
