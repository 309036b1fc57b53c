"""What is wrong with a field, in Chinese and English, without its value: pydantic's own messages may quote it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_PLACES = ("body", "query", "path", "header", "cookie")
_OTHER = "格式不正确 / not valid"
# Only limits that come from our own schema are filled in: never `input`, never a tag or an error text.
_MESSAGES: Mapping[str, str] = {
    "missing": "必填 / required",
    "extra_forbidden": "未知字段 / unknown field",
    "string_type": "应为文本 / must be text",
    "string_too_short": "至少 {min_length} 个字符 / at least {min_length} characters",
    "string_too_long": "至多 {max_length} 个字符 / at most {max_length} characters",
    "string_pattern_mismatch": "格式不符 / does not match the required format",
    "too_short": "至少 {min_length} 项 / at least {min_length} items",
    "too_long": "至多 {max_length} 项 / at most {max_length} items",
    "greater_than": "应大于 {gt} / must be greater than {gt}",
    "greater_than_equal": "应不小于 {ge} / must be at least {ge}",
    "less_than": "应小于 {lt} / must be less than {lt}",
    "less_than_equal": "应不大于 {le} / must be at most {le}",
    "enum": "应为 {expected} / must be one of these",
    "literal_error": "应为 {expected} / must be one of these",
    "int_type": "应为整数 / must be a whole number",
    "int_parsing": "应为整数 / must be a whole number",
    "int_from_float": "应为整数 / must be a whole number",
    "bool_type": "应为 true 或 false / must be true or false",
    "bool_parsing": "应为 true 或 false / must be true or false",
    "decimal_max_places": "至多 {decimal_places} 位小数 / at most {decimal_places} decimal places",
    "decimal_max_digits": "至多 {max_digits} 位数字 / at most {max_digits} digits",
    "list_type": "应为列表 / must be a list",
    "dict_type": "应为对象 / must be an object",
    "model_attributes_type": "应为对象 / must be an object",
    "model_type": "应为对象 / must be an object",
    "uuid_parsing": "应为 UUID / must be a UUID",
    "uuid_type": "应为 UUID / must be a UUID",
    "date_parsing": "应为日期，如 2020-03-02 / must be a date such as 2020-03-02",
    "date_from_datetime_parsing": "应为日期，如 2020-03-02 / must be a date such as 2020-03-02",
    "date_type": "应为日期，如 2020-03-02 / must be a date such as 2020-03-02",
    "datetime_parsing": "应为带时区的时间（RFC 3339）/ must be a time with zone (RFC 3339)",
    "timezone_aware": "时间应带时区 / the time must have a zone",
}


def field_errors(errors: Sequence[Any]) -> list[dict[str, str]]:
    """`[{field, message}]` of pydantic's errors. `field` is a path: `members/0/name`; the whole body is `body`."""
    return [{"field": field_name(e["loc"]), "message": _message(e)} for e in errors]


def field_name(loc: Sequence[int | str]) -> str:
    """The path of a field. A name that the client made up is shown only when it is a plain identifier."""
    parts = loc[1:] if len(loc) > 1 and loc[0] in _PLACES else loc
    shown = [_part(p) for p in parts if not (isinstance(p, str) and "[" in p)]  # '[' marks a validator, not a field
    return "/".join(shown) or "body"


def _part(part: int | str) -> str:
    if isinstance(part, int):
        return str(part)
    return part if _SAFE_NAME.fullmatch(part) else "?"


def _message(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    cause = context.get("error")
    meaning = type(cause).__doc__ if isinstance(cause, Exception) else None
    if meaning and type(cause).__module__ != "builtins":
        return meaning.strip().splitlines()[0]  # a class says what is wrong without the value
    pattern = _MESSAGES.get(error["type"], _OTHER)
    try:
        return pattern.format_map(context)
    except KeyError:
        return _OTHER
