"""`python -m doudi.events check|write`: holds docs/events to the classes. Exit codes: 0 true, 1 stale or broken."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from doudi.events import asyncapi, catalogue, schemas
from doudi.events.base import Event
from doudi.events.compatibility import breaks

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "events"


def documents(events: list[type[Event]]) -> dict[str, str]:
    """Every generated file of the published language, by its path in the folder."""
    hears = catalogue.listeners()
    made = {f"schemas/{event.TYPE}.json": schemas.text(schemas.schema(event)) for event in events}
    made["asyncapi.yaml"] = asyncapi.text(asyncapi.document(events, hears))
    made["README.md"] = catalogue.text(events, hears)
    return made


def broken(folder: Path, events: list[type[Event]]) -> list[str]:
    """Promises that were committed and are not kept by the classes."""
    present = {event.TYPE: schemas.schema(event) for event in events}
    found = []
    for file in sorted((folder / "schemas").glob("*.json")):
        type_ = file.name.removesuffix(".json")
        if type_ not in present:
            found.append(f"{type_}: the type is gone")
        else:
            old = json.loads(file.read_text(encoding="utf-8"))
            found += [f"{type_}: {what}" for what in breaks(old, present[type_])]
    return found


def stale(folder: Path, made: dict[str, str]) -> list[str]:
    """Files that are missing or differ from what the classes give."""
    files = {name: folder / name for name in made}
    return [n for n, file in files.items() if not file.is_file() or file.read_text(encoding="utf-8") != made[n]]


def run(action: str, folder: Path) -> list[str]:
    """Checks or writes; returns what is wrong, in sentences. Nothing is written over a broken promise."""
    events = schemas.published()
    wrong = [f"{what}. Keep the promise, or make a new version of the event" for what in broken(folder, events)]
    made = documents(events)
    if action == "check":
        return wrong + [f"{name} is stale: run `python -m doudi.events write`" for name in stale(folder, made)]
    if not wrong:
        (folder / "schemas").mkdir(parents=True, exist_ok=True)
        for name in stale(folder, made):
            (folder / name).write_text(made[name], encoding="utf-8")
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser("python -m doudi.events", description=__doc__)
    parser.add_argument("action", choices=("check", "write"))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="default: docs/events of the checkout")
    asked = parser.parse_args(arguments)
    wrong = run(asked.action, asked.folder)
    for sentence in wrong:
        sys.stderr.write(sentence + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
