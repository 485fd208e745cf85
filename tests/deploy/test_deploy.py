"""What stands in deploy/ and its documents can be read, and agrees with the site and itself."""

from __future__ import annotations

import ast
import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from calculator.figures.publication import LANGUAGES
from campaign.config import MEGABYTE, Settings
from campaign.serving.server import GRACEFUL_SECONDS
from campaign.web.headers import HEADERS, TRANSPORT_SECURITY

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
DOCUMENTS = ("deploying", "operating", "threat-model")
KNOWN_SETTINGS = {f"SCHATJE_{name.upper()}" for name in Settings.model_fields}


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def documents_of(name):
    return list(yaml.safe_load_all(read(name)))


@pytest.fixture(scope="module")
def manifests():
    """Return everything that is applied to Kubernetes, by kind and name."""
    files = yaml.safe_load(read("kustomization.yaml"))["resources"]
    every = [document for name in files for document in documents_of(name)]
    return {(each["kind"], each["metadata"]["name"]): each for each in every}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("compose/compose.yaml"))


def nginx_size(name):
    found = re.search(rf"^\s*{name} (\d+)m;", read("nginx/nginx.conf"), re.MULTILINE)
    return int(found[1]) * MEGABYTE


def test_a_body_that_nginx_lets_in_fits_its_memory():
    assert nginx_size("client_body_buffer_size") == nginx_size("client_max_body_size")
    own = (ROOT / "campaign" / "config.py").read_text(encoding="utf-8")
    limit = int(re.search(r"MAX_CONTENT_LENGTH=(\d+) \* MEGABYTE", own)[1]) * MEGABYTE
    assert limit < nginx_size("client_max_body_size")
    claimed = re.search(r"Content-Length (\d+);", read("nginx/site.conf"))
    assert int(claimed[1]) > nginx_size("client_max_body_size")


def test_nginx_writes_nothing_down():
    text = read("nginx/nginx.conf")
    for line in ("access_log off;", "error_log stderr emerg;", "proxy_max_temp_file_size 0;"):
        assert line in text
    everything = "".join(path.read_text() for path in DEPLOY.rglob("*.conf"))
    assert set(re.findall(r"access_log ([^;]+);", everything)) == {"off"}
    assert len(re.findall(r"error_log ", everything)) == 1


def test_nginx_leads_on_by_301_which_programs_that_fetch_previews_follow():
    everything = "".join(path.read_text() for path in DEPLOY.rglob("*.conf"))
    assert set(re.findall(r"return (30\d)", everything)) == {"301"}


def test_nginx_says_who_the_visitor_is_and_no_visitor_does():
    text = read("nginx/proxy.conf")
    assert "X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert 'X-Forwarded-Host "";' in text


def test_the_page_of_nginx_itself_has_the_headers_of_the_site():
    text = read("nginx/site.conf")
    added = dict(re.findall(r'add_header (\S+) "?([^"\n]+?)"? always;', text))
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert added[name] == value, name
    assert added["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in added["Content-Security-Policy"]
    assert TRANSPORT_SECURITY in read("nginx/servers.conf")


def test_the_page_of_nginx_itself_speaks_every_language_and_asks_for_nothing():
    text = html.unescape(read("nginx/pages/unavailable.html"))
    assert set(re.findall(r'<section lang="(\w\w)">', text)) == set(LANGUAGES)
    assert text.count("tel:116000") == len(LANGUAGES)
    assert not re.search(r"<(script|style|link|img)|style=|src=", text)


@pytest.mark.parametrize("name", ["nginx", "compose", "kubernetes"])
def test_nginx_takes_the_configuration(name, tmp_path, do_without):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if nginx is None or shutil.which("openssl") is None:
        do_without("nginx or openssl is not there: run `make test`, which says how to install them")
    folder = tmp_path / "nginx"
    shutil.copytree(DEPLOY / "nginx", folder)
    shutil.copy(DEPLOY / name / "upstream.conf", folder / "upstream.conf")
    (folder / "tls").mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", "/CN=x", "-keyout", folder / "tls/privkey.pem",
         "-out", folder / "tls/fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    for path in folder.glob("*.conf"):
        # Ports below 1024 and /etc belong to the machine; the rest is as deployed.
        text = path.read_text().replace("/etc/nginx/", f"{folder}/")
        text = re.sub(r"(listen (?:\[::\]:)?)(80|443)\b", r"\g<1>1\g<2>", text)
        path.write_text(text)

    told = subprocess.run(
        [nginx, "-t", "-p", folder, "-c", folder / "nginx.conf", "-g", f"pid {folder}/pid;"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "syntax is ok" in told.stderr, told.stderr


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
    site = pod["containers"][0]
    leaving = site["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod["terminationGracePeriodSeconds"] >= leaving + 20 + 5
    assert site["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert site["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_disruptions_and_load_are_provided_for(manifests):
    deployment = manifests["Deployment", "schatje"]
    labels = deployment["spec"]["selector"]
    budget = manifests["PodDisruptionBudget", "schatje"]["spec"]
    scaler = manifests["HorizontalPodAutoscaler", "schatje"]["spec"]
    assert budget["selector"] == labels
    assert budget["minAvailable"] < scaler["minReplicas"] == deployment["spec"]["replicas"]
    assert scaler["scaleTargetRef"]["name"] == "schatje"


def test_every_container_of_the_compose_file_is_confined(compose):
    base = compose["services"]["site-1"]
    assert compose["services"]["site-2"]["extends"] == {"service": "site-1"}
    for name in ("site-1", "valkey", "nginx"):
        service = compose["services"][name]
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name
        assert not service["user"].startswith("0"), name
        assert name == "nginx" or "ports" not in service
    assert compose["networks"]["inside"]["internal"] is True
    assert list(base["networks"]) == ["inside"]
    servers = re.findall(r"server (10\.77\.0\.\d+):8000", read("compose/upstream.conf"))
    addresses = [
        compose["services"][name]["networks"]["inside"]["ipv4_address"]
        for name in ("site-1", "site-2")
    ]
    assert servers == addresses
    counters = compose["services"]["valkey"]["networks"]["inside"]["ipv4_address"]
    assert f"redis://{counters}:6379" == base["environment"]["SCHATJE_LIMITS_STORAGE"]


def test_the_image_has_all_that_the_site_needs_and_no_shell_in_its_commands():
    text = read("Containerfile")
    final = text[text.rindex("\nFROM ") :]
    assert "USER 65532:65532" in final
    commands = re.findall(
        r"^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK.*\\\n\s+CMD) (.*)$", text, re.MULTILINE
    )
    assert len(commands) >= 8
    for command in commands:
        assert all(isinstance(word, str) for word in ast.literal_eval(command)), command
    copied = set(re.findall(r"^COPY (?:--\S+ )?(\w+) \w+$", text, re.MULTILINE))
    kept = {
        name.strip("!").strip()
        for name in read("Containerfile.dockerignore").splitlines()
        if name[:1] == "!"
    }
    assert copied == {"calculator", "campaign", "templates", "static", "sources"}
    assert copied < kept


@pytest.mark.parametrize(
    "line",
    [
        "DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes",
        "CapabilityBoundingSet=", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        "SystemCallFilter=@system-service", "MemoryDenyWriteExecute=yes", "IPAddressDeny=any",
        "LimitCORE=0", "TimeoutStopSec=30", "UMask=0077",
    ],
)  # fmt: skip
def test_the_unit_takes_away_what_the_site_does_not_need(line):
    assert line in read("systemd/schatje@.service").splitlines()


def test_the_unit_keeps_the_last_good_files_where_it_may_write():
    unit = read("systemd/schatje@.service").splitlines()

    folder = next(line for line in unit if line.startswith("StateDirectory=")).partition("=")[2]
    assert f"Environment=SCHATJE_STATE=/var/lib/{folder}" in unit
    assert folder.endswith("-%i"), "instances have users of their own"


def test_systemd_takes_the_unit(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not there")
    unit = tmp_path / "schatje@8001.service"
    # The program must exist for systemd to be content; any will do.
    unit.write_text(read("systemd/schatje@.service").replace(
        "/srv/schatje/.venv/bin/schatje", shutil.which("true")))  # fmt: skip

    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )

    ours = [line for line in told.stderr.splitlines() if "schatje" in line]
    assert not ours


def test_only_settings_that_exist_are_used_or_told():
    places = [path for path in DEPLOY.rglob("*") if path.is_file()]
    places += [ROOT / "docs" / f"{name}.md" for name in DOCUMENTS]
    used = {
        name for path in places for name in re.findall(r"SCHATJE_[A-Z_]+", path.read_text("utf-8"))
    }
    assert used
    assert used <= KNOWN_SETTINGS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_only_files_that_are_there(name):
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:deploy|tools|docs|campaign|calculator|tests|bench)/[\w@./-]+)`", text)
    made = {"deploy/compose/.env", "deploy/compose/tls"}
    for each in named:
        assert each in made or (ROOT / each).exists(), each
    for target in re.findall(r"\]\(([\w./-]+\.md)(?:#[\w-]+)?\)", text):
        assert (ROOT / "docs" / target).exists(), target


def test_whoever_stops_the_site_waits_for_its_cards():
    unit = (ROOT / "deploy" / "systemd" / "schatje@.service").read_text(encoding="utf-8")
    pod = (ROOT / "deploy" / "kubernetes" / "site.yaml").read_text(encoding="utf-8")

    for pattern, text in (("TimeoutStopSec=", unit), ("terminationGracePeriodSeconds: ", pod)):
        assert int(re.search(rf"{pattern}(\d+)", text)[1]) > GRACEFUL_SECONDS
