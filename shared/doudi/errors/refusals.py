"""What is refused, and why: a refusal is a class, and the first line of its docstring is the message (Chinese)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class Refusal(Exception):
    """该请求不能办理。"""

    status: int = 409
    clause: str | None = None
    standard_headers: ClassVar[Mapping[str, str]] = {}
    title: ClassVar[str] = "该请求不能办理。"
    type_name: ClassVar[str] = "/problems/refusal"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Takes title and type from the class; raises TypeError when it does not say why it refuses."""
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} needs a docstring: its first line is what the person reads")
        cls.title = cls.__doc__.strip().splitlines()[0].strip()
        cls.type_name = "/problems/" + _WORD_START.sub("-", cls.__name__).lower()

    def __init__(
        self,
        *,
        detail: str | None = None,
        field: str | None = None,
        errors: list[dict[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`detail` has the figures of this case, `field` the request field it is about; neither has personal data."""
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = list(errors or [])
        if field is not None:
            self.errors.insert(0, {"field": field, "message": detail or self.title})
        self.headers = {**self.standard_headers, **(headers or {})}

    def problem(self) -> dict[str, Any]:
        """The body of RFC 9457, with `clause` and `errors` as extension members where there are any."""
        body: dict[str, Any] = {
            "type": self.type_name,
            "title": self.title,
            "status": self.status,
            "detail": self.detail or self.title,
        }
        if self.clause is not None:
            body["clause"] = self.clause
        if self.errors:
            body["errors"] = self.errors
        return body


class Malformed(Refusal):
    """请求格式不正确，无法解析。

    The request cannot be parsed (for example, the body is not JSON).
    """

    status = 400


class Unauthenticated(Refusal):
    """未登录或登录凭证无效，请重新登录。

    No bearer token, or one that is not valid (RFC 6750 section 3).
    """

    status = 401
    standard_headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(Refusal):
    """您没有办理此事项的权限。

    The caller's role or division does not allow this.
    """

    status = 403


class NotFound(Refusal):
    """未找到该记录。

    Unknown, or outside the caller's division: one body for both, so that nobody learns what exists elsewhere.
    """

    status = 404

    def problem(self) -> dict[str, Any]:
        """Always the same body, whatever the raiser knew."""
        return {"type": self.type_name, "title": self.title, "status": self.status, "detail": self.title}


class MethodNotAllowed(Refusal):
    """此地址不支持该操作。

    The path exists, the method does not (RFC 9110 section 15.5.6).
    """

    status = 405


class Conflict(Refusal):
    """当前状态下不能办理该事项。

    The state of the record does not allow this; services say why with classes of their own.
    """

    status = 409


class Stale(Refusal):
    """记录已被他人修改，请刷新后再试。

    If-Match names another version than the present one (RFC 9110 section 13.1.1).
    """

    status = 412


class TooLarge(Refusal):
    """请求内容过大。

    The body is larger than this service accepts.
    """

    status = 413


class UnsupportedMediaType(Refusal):
    """不支持该内容类型，请使用 application/json。

    The body is in a media type that this endpoint does not read.
    """

    status = 415


class Invalid(Refusal):
    """填报内容有误，请核对后重新提交。

    Fields are missing, unknown or not valid; `errors` names each.
    """

    status = 422


class IdempotencyKeyReused(Refusal):
    """该幂等键已用于另一请求。

    The same Idempotency-Key came with a different request.
    """

    status = 422


class AnsweredBefore(Refusal):
    """该请求已经办理，原答复已不能读出，请查询办理结果。

    The Idempotency-Key was used and the request took effect, but the key that sealed the kept answer is retired.
    """

    status = 409


class Unavailable(Refusal):
    """系统暂时不可用，请稍后再试。

    Something that this service needs is away for the moment; trying again can help.
    """

    status = 503
    standard_headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}


class Fault(Refusal):
    """系统内部错误，请联系运维人员。

    Our fault; the log has the rest under the trace id.
    """

    status = 500


BY_STATUS: Mapping[int, type[Refusal]] = {
    r.status: r
    for r in (
        Malformed, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, Conflict, Stale, TooLarge,
        UnsupportedMediaType, Invalid, Unavailable, Fault,
    )
}  # fmt: skip
"""The general refusal of a status: what an error of the framework becomes, and what OpenAPI documents."""
