"""The generated indexes: docs/, tests/policy/README.md and services/*/openapi.json, from the code.

`python -m doudi_local.indexes write|check [openapi]`; without `openapi`, also `python -m doudi.events write|check`.
Exit codes: 0 done or fresh, 1 stale (each stale file is named), 2 wrong argument.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import yaml

from doudi.events.__main__ import main as events
from doudi.law import RegisteredClause, clauses
from doudi.service import Service
from doudi.settings import Settings
from doudi_local import policy
from doudi_local.described import LISTENS, Setting, described, endpoints_of, metrics_of, settings_of
from doudi_local.layout import CHECKOUT, SERVICES
from doudi_local.policy import MADE, function_of, natural, service_of, table, tests_of

__all__ = ["cited", "made", "main", "services", "stale", "table", "tests_of", "write"]


@cache
def services() -> tuple[Service, ...]:
    """The six, in the order of a case."""
    return tuple(import_module(f"{named.package}.app").SERVICE for named in SERVICES)


@cache
def cited() -> tuple[RegisteredClause, ...]:
    """Every clause that a rule of a service cites."""
    packages = [named.package for named in SERVICES]
    for package in packages:
        rules = import_module(f"{package}.rules")
        for module in walk_packages(rules.__path__, f"{package}.rules."):
            import_module(module.name)
    return tuple(e for e in clauses() if e.rule.split(".")[0] in packages and e.rule.split(".")[1] == "rules")


def clauses_page() -> str:
    """Document by document: number, sentence, the rule that stands for it."""
    by_document: dict[str, list[RegisteredClause]] = defaultdict(list)
    for entry in cited():
        by_document[entry.clause.document].append(entry)
    page = (
        "# Clauses\n\n"
        + MADE
        + "Which rule stands for which sentence of the law. Its tests: tests/policy/README.md.\n\n"
    )
    for document, entries in by_document.items():
        rows = [
            (
                e.clause.number,
                e.clause.sentence,
                f"[{function_of(e)}](../{Path(e.file).relative_to(CHECKOUT).as_posix()})",
                service_of(e),
            )
            for e in sorted(entries, key=lambda e: (natural(e.clause.number), e.rule))
        ]
        page += f"## {document}\n\n" + table(("clause", "says", "rule", "service"), rows)
    return page


def policy_page() -> str:
    """Clause, rule, tests, doors, metric; the seed; what is missing."""
    return policy.page(cited(), services())


def endpoints_page() -> str:
    """Every operation of every service with the roles that may call it."""
    page = (
        "# Endpoints\n\n"
        + MADE
        + "Each service serves `/docs` and `/openapi.json`; the roles are those of the token.\n\n"
    )
    for service in services():
        rows = [
            (e.method, f"`{e.path}`", "anybody" if e.open else ", ".join(e.roles) or "any role", e.summary)
            for e in endpoints_of(service)
        ]
        page += f"## {service.name}\n\n" + table(("method", "path", "roles", "does"), rows)
    return page


def settings_page() -> str:
    """Every environment variable, first those that all services read."""
    shared = settings_of(Settings)
    listens = [Setting(name, False, default, "Where the service listens") for name, default in LISTENS.items()]
    page = "# Settings\n\n" + MADE + "Environment variables; an empty one counts as not given.\n\n"
    page += "## every service\n\n" + _settings_table([*shared, *listens])
    for service in services():
        own = [s for s in settings_of(service.settings) if s not in shared]
        if own:
            page += f"## {service.name}\n\n" + _settings_table(own)
    return page


def _settings_table(settings: Iterable[Setting]) -> str:
    rows = [
        (f"`{s.name}`", "required" if s.required else f"`{s.default}`" if s.default else "none", s.meaning)
        for s in settings
    ]
    return table(("variable", "default", "meaning"), rows)


def metrics_page() -> str:
    """Every metric that a service has from its start, and the alerts that watch it."""
    rules = yaml.safe_load((CHECKOUT / "deploy" / "observability" / "alerts.yaml").read_text(encoding="utf-8"))
    alerts = [rule for group in rules["groups"] for rule in group["rules"]]
    by_name = {m.name: m for service in services() for m in metrics_of(described(service))}
    rows = [
        (
            f"`{m.name}`",
            m.kind,
            ", ".join(m.labels),
            m.meaning,
            ", ".join(a["alert"] for a in alerts if m.name in a["expr"]),
        )
        for m in sorted(by_name.values(), key=lambda m: m.name)
    ]
    head = ("metric", "kind", "labels", "meaning", "alerts")
    return (
        "# Metrics\n\n"
        + MADE
        + "Of every service, at `/metrics`. No label holds anything about a person.\n\n"
        + table(head, rows)
    )


def openapi(service: Service) -> str:
    """The service's OpenAPI document as it serves it."""
    document: dict[str, Any] = described(service).openapi()
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/clauses.md": clauses_page,
    "docs/endpoints.md": endpoints_page,
    "docs/settings.md": settings_page,
    "docs/metrics.md": metrics_page,
    "tests/policy/README.md": policy_page,
}


def made(*, only_openapi: bool = False) -> Iterator[tuple[str, str]]:
    """Path from the root, and what is to stand there."""
    if not only_openapi:
        yield from ((path, page()) for path, page in PAGES.items())
    yield from ((f"services/{service.name}/openapi.json", openapi(service)) for service in services())


def stale(root: Path = CHECKOUT, *, only_openapi: bool = False) -> list[str]:
    """The files that do not say what the code says."""
    return [
        path
        for path, text in made(only_openapi=only_openapi)
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]


def write(root: Path = CHECKOUT, *, only_openapi: bool = False) -> None:
    """Writes every index."""
    for path, text in made(only_openapi=only_openapi):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser("python -m doudi_local.indexes", description=__doc__)
    parser.add_argument("what", choices=("write", "check"))
    parser.add_argument("only", nargs="?", choices=("openapi",), help="only services/*/openapi.json")
    asked = parser.parse_args(arguments)
    if asked.what == "write":
        write(only_openapi=bool(asked.only))
    found = stale(only_openapi=bool(asked.only))
    for path in found:
        sys.stderr.write(f"{path} is stale: make indexes\n")
    wrong_events = 0 if asked.only else events([asked.what])
    return 1 if found or wrong_events else 0


if __name__ == "__main__":
    sys.exit(main())
