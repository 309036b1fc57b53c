"""What endpoints share: request and response models, ETag and If-Match, cursor paging."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Query, Response
from pydantic import BaseModel, ConfigDict

from doudi.calendar import Month
from doudi.division import Division
from doudi.errors import Invalid, Malformed, Stale

T = TypeVar("T")


class Request(BaseModel):
    """A request body. A field that nobody knows is refused, since a misspelt one would be lost in silence."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(from_attributes=True)


def _version(
    if_match: Annotated[
        str | None,
        Header(description='The ETag of the state that you saw, e.g. `"3"`; a stale one is refused with 412'),
    ] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    bare = if_match.strip().removeprefix("W/").strip('"')
    if not bare.isascii() or not bare.isdigit() or len(bare) > 9:
        raise Malformed(
            field="If-Match", detail='If-Match 应为资源的 ETag，例如 "3" / If-Match must be an ETag such as "3"'
        )
    return int(bare)


IfMatch = Annotated[int | None, Depends(_version)]
"""The version that the client saw, or None when it did not say."""


def check_version(current: int, seen: int | None) -> None:
    """Raises Stale (412) when the client saw another version than the current one."""
    if seen is not None and seen != current:
        raise Stale(detail=f'现版本为 "{current}"，请求所依据的版本为 "{seen}" / current version is "{current}"')


def etag(response: Response, version: int) -> None:
    """Tells the client the version that it got."""
    response.headers["ETag"] = f'"{version}"'


@dataclass(slots=True, frozen=True)
class Window:
    """Which part of a list is asked for: at most `limit` items with an id above `after`."""

    limit: int
    after: UUID | None


def _window(
    limit: Annotated[int, Query(ge=1, le=200, description="Most items of one page")] = 50,
    after: Annotated[UUID | None, Query(description="`next` of the page before")] = None,
) -> Window:
    return Window(limit, after)


Paging = Annotated[Window, Depends(_window)]


def _division(
    division: Annotated[
        str | None, Query(pattern="^[0-9]{12}$", description="Division code: what lies in it and below it")
    ] = None,
) -> Division | None:
    try:
        return Division.parse(division) if division is not None else None
    except ValueError as error:
        raise Invalid(field="division", detail=str(error)) from None


def _month(
    month: Annotated[str | None, Query(pattern="^[0-9]{4}-[0-9]{2}$", description="Month: 2020-04")] = None,
) -> Month | None:
    try:
        return Month.parse(month) if month is not None else None
    except ValueError as error:
        raise Invalid(field="month", detail=str(error)) from None


InDivision = Annotated[Division | None, Depends(_division)]
"""The query parameter `division`. (FastAPI would look for a parameter of type Division in the body.)"""
InMonth = Annotated[Month | None, Depends(_month)]
"""The query parameter `month`."""


class Page(BaseModel, Generic[T]):
    """A page of a list, in the order of ids. `next` is the `after` of the following page; null on the last."""

    items: list[T]
    next: UUID | None

    @classmethod
    def of(cls, rows: Sequence[Any], paging: Window, view: Callable[[Any], T]) -> Page[T]:
        """The page from `limit + 1` rows that have an `id` (attribute or key)."""
        kept = rows[: paging.limit]
        more = len(rows) > paging.limit
        return cls(items=[view(r) for r in kept], next=_id(kept[-1]) if more else None)


def _id(row: Any) -> UUID:
    found = row.id if hasattr(row, "id") else row["id"]
    assert isinstance(found, UUID)
    return found
