"""The published language as JSON Schema, one document a type, in the dialect that AsyncAPI 3 reads (draft-07)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from doudi.events.base import Event, registered, topic

DIALECT = "http://json-schema.org/draft-07/schema#"
PUBLISHERS = ("intake", "eligibility", "payments", "relief", "care-institutions", "oversight")

Schema = dict[str, Any]


def published() -> list[type[Event]]:
    """Every event class of the six publishers, by type."""
    for publisher in PUBLISHERS:
        import_module(f"doudi.events.{publisher.replace('-', '_')}")
    return [event for event in registered() if event.PUBLISHER in PUBLISHERS]


def schema(event: type[Event]) -> Schema:
    """What a message of this type holds. `x-doudi-key` names the field that is the message key, `x-doudi-topic` where
    it is said, `x-doudi-sealed` the fields that only holders of a key can read."""
    made = event.model_json_schema(ref_template="#/definitions/{model}", mode="validation")
    parts = made.pop("$defs", {})
    return {
        "$schema": DIALECT,
        "$id": f"/schemas/{event.TYPE}.json",
        "x-doudi-topic": topic(event.PUBLISHER),
        "x-doudi-key": event.KEY,
        "x-doudi-sealed": list(sealed_fields(made, parts)),
        **made,
        **({"definitions": parts} if parts else {}),
    }


def text(document: Schema) -> str:
    """A schema as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def sealed_fields(node: Schema, parts: Schema, path: str = "") -> Iterator[str]:
    """The paths of sealed values, such as `account.number` or `household.members[].name`."""
    if "$ref" in node:
        yield from sealed_fields(parts[node["$ref"].rpartition("/")[2]], parts, path)
    if node.get("description") == "Sealed personal data" and node.get("type") == "string":
        yield path
    for choice in node.get("anyOf", []):
        yield from sealed_fields(choice, parts, path)
    if isinstance(node.get("items"), dict):
        yield from sealed_fields(node["items"], parts, f"{path}[]")
    for name, field in node.get("properties", {}).items():
        yield from sealed_fields(field, parts, f"{path}.{name}" if path else name)
