"""The gate on the published language: what a new schema of a type may not do to the promise that was committed.

A reader may be older or newer than its publisher, and journals are replayed for years: a message must stay readable
both ways. So a field may be added when it is optional, and nothing else may change. (`jsoncompat` 0.3 was tried: it
proves containment of open objects, so `serializer` lets a newly required field pass, `deserializer` a dropped one,
and `both` refuses a new optional one.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

_WORDS = frozenset({"title", "description", "examples", "default", "$schema", "$id", "definitions", "x-doudi-sealed"})
_STRUCTURE = frozenset({"properties", "required", "items", "anyOf", "$ref", "additionalProperties"})


def breaks(old: Schema, new: Schema) -> list[str]:
    """Every way in which the new schema breaks the old one's promise, each with the path of the field."""
    return list(_compare(old, new, old.get("definitions", {}), new.get("definitions", {}), ""))


def _compare(old: Schema, new: Schema, old_parts: Schema, new_parts: Schema, path: str) -> Iterator[str]:
    old, new = _resolved(old, old_parts), _resolved(new, new_parts)
    if _bare(old) != _bare(new):
        yield f"{path or 'the event'}: retyped, {_told(old)} became {_told(new)}"
        return
    yield from _fields(old, new, old_parts, new_parts, path)
    for word, mark in (("items", "[]"), ("additionalProperties", "{}")):
        before, after = old.get(word), new.get(word)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _compare(before, after, old_parts, new_parts, path + mark)
        elif before != after:
            yield f"{path}{mark}: retyped"
    choices, now = old.get("anyOf", []), new.get("anyOf", [])
    if len(choices) != len(now):
        yield f"{path}: retyped, {len(choices)} alternatives became {len(now)}"
    else:
        for before, after in zip(choices, now, strict=True):
            yield from _compare(before, after, old_parts, new_parts, path)


def _fields(old: Schema, new: Schema, old_parts: Schema, new_parts: Schema, path: str) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    must, musts = set(old.get("required", [])), set(new.get("required", []))
    for name in sorted({*before, *musts}):
        here = f"{path}.{name}" if path else name
        if name not in after:
            yield f"{here}: dropped"
            continue
        if name in musts and name not in must:
            yield f"{here}: newly required"
        if name in must and name not in musts:
            yield f"{here}: no longer certain, readers count on it"
        if name in before:
            yield from _compare(before[name], after[name], old_parts, new_parts, here)


def _resolved(node: Schema, parts: Schema) -> Schema:
    while "$ref" in node:
        node = parts[node["$ref"].rpartition("/")[2]]
    return node


def _bare(node: Schema) -> Schema:
    """What is left to compare at once: type, format, pattern, allowed values, bounds, key and topic."""
    kept = {k: v for k, v in node.items() if k not in _WORDS and k not in _STRUCTURE}
    return {**kept, **({"enum": sorted(map(str, kept["enum"]))} if "enum" in kept else {})}


def _told(node: Schema) -> str:
    return ", ".join(f"{k} {v}" for k, v in sorted(_bare(node).items())) or "no type"
