"""The manifests: valid, confined, and as many pods as are needed and no more."""

from __future__ import annotations

from deployed import SITES

from campaign.config import Settings
from campaign.serving.server import GRACEFUL_SECONDS


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
