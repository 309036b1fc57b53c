"""What the deployment files give to each service, and what is wrong with that."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from doudi.testing import ROOT
from doudi_local.described import LISTENS, Setting

SCHEMA = json.loads((Path(__file__).parent / "schema" / "compose_spec.json").read_text())
SCHEMA["properties"]["name"] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"}  # came after 1.29.2
SERVICES = ("intake", "eligibility", "payments", "relief", "care-institutions", "oversight")
_VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::[-?][^}]*)?\}")


def wrong_settings(given: set[str], known: list[Setting]) -> list[str]:
    """What is given and does not exist, and what is required and not given."""
    exists = {s.name for s in known} | set(LISTENS)
    return [f"{name} does not exist" for name in sorted(given - exists)] + [
        f"{s.name} is required and not given" for s in known if s.required and s.name not in given
    ]


def compose() -> dict[str, Any]:
    """docker-compose.yml with its anchors merged."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


def variables(text: str) -> set[str]:
    """The `${…}` of a compose file."""
    return set(_VARIABLE.findall(text))


def environment_file(text: str) -> set[str]:
    """The names in an `.env` file."""
    return {line.partition("=")[0] for line in text.splitlines() if line and not line.startswith("#")}


def built(folder: str) -> list[dict[str, Any]]:
    """What `kubectl kustomize` makes of a folder below deploy/k8s."""
    command = [str(ROOT / ".venv" / "bin" / "kubectl"), "kustomize", str(ROOT / "deploy" / "k8s" / folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def of_kind(manifests: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The manifests of one kind."""
    return [m for m in manifests if m["kind"] == kind]


def container(deployment: Mapping[str, Any]) -> dict[str, Any]:
    """The one container of a deployment."""
    (found,) = deployment["spec"]["template"]["spec"]["containers"]
    return dict(found)


def given_by(deployment: Mapping[str, Any], manifests: list[dict[str, Any]]) -> set[str]:
    """The variables that a container gets: its own, and those of its ConfigMaps. Raises KeyError for a missing map."""
    maps = {m["metadata"]["name"]: m.get("data", {}) for m in of_kind(manifests, "ConfigMap")}
    it = container(deployment)
    names = {variable["name"] for variable in it["env"]}
    for source in it["envFrom"]:
        names |= set(maps[source["configMapRef"]["name"]])
    return names


def not_restricted(deployment: Mapping[str, Any]) -> Iterator[str]:
    """What the restricted pod security standard would refuse."""
    pod, it = deployment["spec"]["template"]["spec"], container(deployment)
    whole, own = pod.get("securityContext", {}), it.get("securityContext", {})
    if not whole.get("runAsNonRoot") or whole.get("runAsUser", 0) == 0:
        yield "may run as root"
    if whole.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "no seccomp profile"
    if own.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    if own.get("capabilities", {}).get("drop") != ["ALL"]:
        yield "keeps capabilities"
    if not own.get("readOnlyRootFilesystem"):
        yield "writes to its image"


def without_secret(manifest: Mapping[str, Any], secret: set[str]) -> Iterator[str]:
    """Secret values that stand in a manifest instead of being referred to."""
    if manifest["kind"] == "Secret":
        yield f"Secret {manifest['metadata']['name']} is in the manifests"
    if manifest["kind"] == "ConfigMap":
        yield from (f"{name} is in a ConfigMap" for name in sorted(secret & set(manifest.get("data", {}))))
    if manifest["kind"] == "Deployment":
        plain = {v["name"] for v in container(manifest)["env"] if "value" in v}
        yield from (f"{name} is given in the open" for name in sorted(secret & plain))
