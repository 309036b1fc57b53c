"""What every event of doudi has in common: an immutable fact, its name, its case, its place in the registry.

An event class is a promise to readers that we do not know. It may gain optional fields; a dropped, retyped or
newly required one needs a new version (`version=2`), which is a new type beside the old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

_REGISTRY: dict[str, type[Event]] = {}


class Part(BaseModel):
    """A value inside an event. Unknown fields are ignored, so that a publisher can add some."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Event(Part):
    """A fact in the past tense, said once by its publisher about one case.

    A subclass names the field that holds its case: `class ApplicationAccepted(IntakeEvent, key="application_id")`.
    All events with the same case stay in order. `TYPE` is the CloudEvents type, `doudi.<service>.<what-happened>.v<n>`.
    """

    PUBLISHER: ClassVar[str] = ""
    TYPE: ClassVar[str] = ""
    KEY: ClassVar[str] = ""

    def __init_subclass__(
        cls, *, publisher: str = "", key: str = "", version: int = 1, called: str = "", **kwargs: Any
    ) -> None:
        """`called` names what happened where the class cannot, because a newer version has that name."""
        super().__init_subclass__(**kwargs)
        if publisher:
            cls.PUBLISHER = publisher
        if key:
            cls.KEY = key
            cls.TYPE = f"doudi.{cls.PUBLISHER}.{kebab(called or cls.__name__)}.v{version}"
            if cls.TYPE in _REGISTRY:
                raise TypeError(f"two events are called {cls.TYPE}")
            _REGISTRY[cls.TYPE] = cls

    @property
    def case(self) -> str:
        """The case that this event is about: the message key, within which order is kept."""
        return str(getattr(self, self.KEY))

    @classmethod
    def read(cls, value: bytes | str) -> Self:
        """The event in a message's value; raises pydantic's ValidationError where it is not one."""
        return cls.model_validate_json(value)


def kebab(name: str) -> str:
    """`ApplicationAccepted` -> `application-accepted`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def topic(publisher: str, prefix: str = "doudi") -> str:
    """The one topic of a publishing service; the prefix keeps installations on one broker apart."""
    return f"{prefix}.{publisher}"


def event_class(type_: str) -> type[Event] | None:
    """The class for a CloudEvents type; None when the type is not one of ours (then it is ignored)."""
    return _REGISTRY.get(type_)


def registered() -> Iterator[type[Event]]:
    """All event classes, by type."""
    return iter(sorted(_REGISTRY.values(), key=lambda c: c.TYPE))
