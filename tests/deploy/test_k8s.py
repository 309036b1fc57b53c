"""deploy/k8s: built by kustomize, validated strictly, and true to what the services read and serve."""

from __future__ import annotations

import copy

import kubernetes_validate
import pytest

from doudi.settings import Settings
from doudi.testing import service_named
from doudi_local.described import LISTENS, described, settings_of
from tests.deploy.given import (
    SERVICES,
    built,
    container,
    given_by,
    not_restricted,
    of_kind,
    without_secret,
    wrong_settings,
)

FOLDERS = ("base", "overlays/county")
SECRET = {"DATABASE_URL", "DOUDI_SEALING_KEYS", "DOUDI_MATCH_KEY"}


@pytest.fixture(scope="module", params=FOLDERS)
def manifests(request):
    return built(request.param)


@pytest.fixture(scope="module")
def deployments(manifests):
    return {container(d)["args"][0]: d for d in of_kind(manifests, "Deployment")}


def test_every_manifest_is_strictly_valid(manifests):
    for manifest in manifests:
        kubernetes_validate.validate(manifest, "1.37", strict=True)


def test_the_validation_refuses_a_bad_example(deployments):
    bad = copy.deepcopy(deployments["intake"])
    bad["spec"]["replica"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(bad, "1.37", strict=True)


@pytest.mark.parametrize("name", SERVICES)
def test_every_setting_exists_and_every_required_one_is_given(name, manifests, deployments):
    given = given_by(deployments[name], manifests)
    assert wrong_settings(given, settings_of(service_named(name).settings)) == []


def test_a_setting_of_another_service_is_found_out(manifests, deployments):
    given = given_by(deployments["intake"], manifests)
    assert wrong_settings(given, settings_of(Settings)) == ["DOUDI_DEPARTMENTS_URL does not exist"]


@pytest.mark.parametrize("name", SERVICES)
def test_ports_probes_and_selectors_agree(name, manifests, deployments):
    it, paths = container(deployments[name]), described(service_named(name)).openapi()["paths"]
    assert it["ports"] == [{"name": "http", "containerPort": int(LISTENS["DOUDI_PORT"])}]
    probes = {kind: it[kind]["httpGet"]["path"] for kind in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert set(probes.values()) <= set(paths)
    assert probes["readinessProbe"] == "/health/ready"
    labels = deployments[name]["spec"]["template"]["metadata"]["labels"]
    for kind, selector in (("Service", lambda m: m["spec"]["selector"]),
                           ("PodDisruptionBudget", lambda m: m["spec"]["selector"]["matchLabels"])):  # fmt: skip
        (found,) = [m for m in of_kind(manifests, kind) if m["metadata"]["name"] == f"doudi-{name}"]
        assert selector(found) == labels
    assert it["resources"]["requests"].keys() == {"cpu", "memory"}
    assert "memory" in it["resources"]["limits"]


def test_each_service_reads_its_own_database_and_nobody_elses(deployments):
    assert set(deployments) == set(SERVICES)
    for name, deployment in deployments.items():
        (url,) = [v for v in container(deployment)["env"] if v["name"] == "DATABASE_URL"]
        assert url["valueFrom"]["secretKeyRef"] == {"name": f"doudi-database-{name}", "key": "url"}


def test_pods_are_restricted_and_no_secret_is_written_down(manifests, deployments):
    for deployment in deployments.values():
        assert list(not_restricted(deployment)) == []
    assert [found for m in manifests for found in without_secret(m, SECRET)] == []


def test_these_checks_find_a_bad_example(deployments):
    bad = copy.deepcopy(deployments["relief"])
    bad["spec"]["template"]["spec"]["securityContext"] = {}
    it = bad["spec"]["template"]["spec"]["containers"][0]
    it["securityContext"] = {}
    it["env"][0] = {"name": "DATABASE_URL", "value": "postgresql://…"}
    assert len(list(not_restricted(bad))) == 5
    assert list(without_secret(bad, SECRET)) == ["DATABASE_URL is given in the open"]
    written = {"kind": "ConfigMap", "metadata": {"name": "x"}, "data": {"DOUDI_MATCH_KEY": "…"}}
    assert list(without_secret(written, SECRET)) == ["DOUDI_MATCH_KEY is in a ConfigMap"]


def test_the_overlay_is_one_county_with_its_image_and_pod_security():
    manifests = built("overlays/county")
    (namespace,) = of_kind(manifests, "Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    inside = {m["metadata"]["namespace"] for m in manifests if m["kind"] != "Namespace"}
    assert inside == {namespace["metadata"]["name"]}
    images = {container(d)["image"] for d in of_kind(manifests, "Deployment")}
    assert len(images) == 1
    assert not images.pop().endswith((":latest", "doudi"))
    (policy,) = of_kind(manifests, "NetworkPolicy")
    assert {p["port"] for rule in policy["spec"]["egress"] for p in rule["ports"]} == {53, 443, 5432, 9092}
