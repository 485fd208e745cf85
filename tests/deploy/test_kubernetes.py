"""The manifests: valid, confined, and as many pods as are needed and no more."""

from __future__ import annotations

import copy
import re

import kubernetes_validate
import pytest
import yaml
from deployed import DEPLOY, ROOT, SITES, read, resources

from campaign.config import Settings
from campaign.serving.server import GRACEFUL_SECONDS

# The oldest that docs/deploying.md asks for, and the newest whose schemas there are.
VERSIONS = ("1.30", kubernetes_validate.latest_version())
KUSTOMIZATION = yaml.safe_load(read("kustomization.yaml"))


def made_by_kustomize():
    """Return the ConfigMaps that kustomize makes of the files and values it is given."""
    for made in KUSTOMIZATION["configMapGenerator"]:
        values = dict(each.split("=", 1) for each in made.get("literals", []))
        files = {name.rpartition("/")[2]: read(name) for name in made.get("files", [])}
        named = {"name": made["name"], "namespace": KUSTOMIZATION["namespace"]}
        yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": named, "data": values | files}


EVERY = [*resources(), *made_by_kustomize()]
NAMES = [f"{each['kind']} {each['metadata']['name']}" for each in EVERY]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("resource", EVERY, ids=NAMES)
def test_kubernetes_takes_every_resource(resource, version):
    kubernetes_validate.validate(resource, version, strict=True)


def test_a_misspelt_field_would_be_seen():
    """Kubernetes itself drops it with a warning, and what it should have limited is not limited."""
    wrong = copy.deepcopy(EVERY[NAMES.index("Deployment schatje")])
    wrong["spec"]["template"]["spec"]["containers"][0]["resources"]["limit"] = {"memory": "3Gi"}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


def test_every_manifest_is_applied_in_the_namespace_and_nothing_else_is_asked_of_kustomize():
    assert KUSTOMIZATION.keys() == {
        "apiVersion", "kind", "namespace", "resources", "configMapGenerator"
    }  # fmt: skip
    assert {DEPLOY / name for name in KUSTOMIZATION["resources"]} == set(
        (DEPLOY / "kubernetes").glob("*.yaml")
    )
    for each in EVERY:
        own = each["metadata"]["name" if each["kind"] == "Namespace" else "namespace"]
        assert own == KUSTOMIZATION["namespace"]


def read_from(part):
    """Yield every (kind, name, key) of a ConfigMap or Secret that a part of a manifest reads."""
    if isinstance(part, list):
        for each in part:
            yield from read_from(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("configMapKeyRef", "secretKeyRef"):
                yield key.removesuffix("KeyRef"), value["name"], value["key"]
            elif key in ("configMap", "secret") and "items" in value:
                yield from ((key, value["name"], item["key"]) for item in value["items"])
            else:
                yield from read_from(value)


def test_whatever_a_pod_reads_is_made_by_kustomize_or_by_the_document():
    document = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    maps = {each["metadata"]["name"]: each["data"] for each in EVERY if each["kind"] == "ConfigMap"}
    read_by_pods = set(read_from(resources()))
    assert len(read_by_pods) == 13
    for kind, name, key in read_by_pods:
        if kind == "configMap":
            assert key in maps[name]
        elif key.startswith("tls."):  # the two that `create secret tls` makes
            assert f"create secret tls {name} " in document
        else:
            assert re.search(rf"create secret generic {name} [^#]*--from-literal={key}=", document)


def test_pods_outside_the_strictest_standard_are_refused(manifests):
    labels = manifests["Namespace", "schatje"]["metadata"]["labels"]
    asked = {name.rpartition("/")[2]: value for name, value in labels.items()}
    assert asked == {
        "enforce": "restricted", "enforce-version": "latest", "warn": "restricted",
        "audit": "restricted",
    }  # fmt: skip


def test_pods_of_one_version_are_spread_over_zones_and_nodes(manifests):
    deployment = manifests["Deployment", "schatje"]["spec"]
    spread = deployment["template"]["spec"]["topologySpreadConstraints"]
    assert [each["topologyKey"].rpartition("/")[2] for each in spread] == ["zone", "hostname"]
    assert all(each["matchLabelKeys"] == ["pod-template-hash"] for each in spread)
    assert deployment["minReadySeconds"] >= 10


def hardened(container):
    context = container["securityContext"]
    return (
        context["allowPrivilegeEscalation"] is False
        and context["readOnlyRootFilesystem"] is True
        and context["capabilities"] == {"drop": ["ALL"]}
        and "memory" in container["resources"]["limits"]
    )


def test_every_pod_is_confined(manifests):
    pods = [
        each["spec"]["template"]["spec"]
        for (kind, _), each in manifests.items()
        if kind == "Deployment"
    ]
    assert len(pods) == 2
    for pod in pods:
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert all(map(hardened, pod["containers"]))
        volumes = [each["emptyDir"] for each in pod["volumes"] if "emptyDir" in each]
        assert volumes
        assert all(each["medium"] == "Memory" for each in volumes)


def test_pods_have_one_way_out_and_it_is_the_counters(manifests):
    everyone = manifests["NetworkPolicy", "nothing"]["spec"]
    assert everyone == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    (way_out,) = manifests["NetworkPolicy", "schatje"]["spec"]["egress"]
    (to,) = way_out["to"]
    assert to == {"podSelector": {"matchLabels": {"app.kubernetes.io/name": "valkey"}}}
    assert way_out["ports"] == [{"port": 6379}]
    assert "egress" not in manifests["NetworkPolicy", "valkey"]["spec"]


def test_numbers_are_shown_to_prometheus_and_to_no_visitor(manifests):
    pod = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]
    told = {each["name"]: each.get("value", "") for each in pod["containers"][0]["env"]}
    number = int(told["SCHATJE_METRICS"].rpartition(":")[2])
    policies = manifests["NetworkPolicy", "schatje"]["spec"]["ingress"]
    (from_whom,) = [each for each in policies if {"port": number} in each["ports"]]
    assert from_whom["ports"] == [{"port": number}]
    (watchers,) = from_whom["from"]
    assert watchers["namespaceSelector"]["matchLabels"]
    visitors = {each["targetPort"] for each in manifests["Service", "web"]["spec"]["ports"]}
    assert visitors == {each["name"] for each in pod["containers"][1]["ports"]}


def test_a_pod_has_time_for_running_cards(manifests):
    pod = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]
    site, nginx = pod["containers"]
    leaving, closing = (each["lifecycle"]["preStop"]["sleep"]["seconds"] for each in (site, nginx))
    assert leaving >= closing + 25, "nginx answers to its end, and needs somebody behind it"
    assert pod["terminationGracePeriodSeconds"] >= leaving + GRACEFUL_SECONDS + 5
    assert site["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert site["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_no_service_makes_variables_that_look_like_settings(manifests):
    """Kubernetes sets NAME_PORT and others; the site refuses a setting it does not know."""
    names = [name for kind, name in manifests if kind == "Service"]
    made = {
        f"{name.upper().replace('-', '_')}_{end}"
        for name in names
        for end in ("SERVICE_HOST", "SERVICE_PORT", "PORT", "PORT_80_TCP")
    }
    assert len(made) == 8
    Settings.from_environment(dict.fromkeys(made, "x"))


def test_containers_on_many_cores_draw_with_few_processes(manifests, compose):
    """A container sees all cores of its machine: a process for each would need 3 GB and more."""
    site = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]["containers"][0]
    told = {each["name"]: each.get("value") for each in site["env"]}
    for each in (told, *(compose["services"][name]["environment"] for name in SITES)):
        assert each["SCHATJE_RENDERERS"] == "1"


def test_disruptions_and_load_are_provided_for(manifests):
    deployment = manifests["Deployment", "schatje"]
    labels = deployment["spec"]["selector"]
    budget = manifests["PodDisruptionBudget", "schatje"]["spec"]
    scaler = manifests["HorizontalPodAutoscaler", "schatje"]["spec"]
    assert budget["selector"] == labels
    assert budget["minAvailable"] < scaler["minReplicas"]
    assert budget["unhealthyPodEvictionPolicy"] == "AlwaysAllow"
    assert "replicas" not in deployment["spec"], "each apply would undo what the scaler did"
    (metric,) = scaler["metrics"]
    assert metric["containerResource"]["container"] == "site"
    upwards = scaler["behavior"]["scaleUp"]
    assert upwards["stabilizationWindowSeconds"] >= 60
    assert all(each["type"] == "Pods" and each["value"] <= 2 for each in upwards["policies"])
    assert scaler["scaleTargetRef"]["name"] == "schatje"
