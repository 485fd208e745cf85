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
from campaign.views.sources import FILTERS
from campaign.web.headers import HEADERS, TRANSPORT_SECURITY
from campaign.words.addresses import page_path

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
DOCUMENTS = ("deploying", "operating", "threat-model")
SITES = ("site-1", "site-2")
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


def nginx_sizes(name):
    """Return a size of nginx's, for everyone and where a photo is sent, in bytes."""
    pattern = rf"^\s*{name} (\d+)([km]);"
    found = [
        re.findall(pattern, read(f"nginx/{file}.conf"), re.MULTILINE) for file in ("nginx", "site")
    ]
    return [int(count) * {"k": 1024, "m": MEGABYTE}[unit] for ((count, unit),) in found]


def test_a_body_that_nginx_lets_in_fits_its_memory():
    most = nginx_sizes("client_max_body_size")
    assert nginx_sizes("client_body_buffer_size") == most
    everyone, photo = most
    assert everyone <= 1024, "4,096 connections with one each are nothing"
    own = (ROOT / "campaign" / "config.py").read_text(encoding="utf-8")
    limit = int(re.search(r"MAX_CONTENT_LENGTH=(\d+) \* MEGABYTE", own)[1]) * MEGABYTE
    assert limit < photo
    claimed = re.search(r"Content-Length (\d+);", read("nginx/site.conf"))
    assert int(claimed[1]) >= photo


def test_photos_and_what_is_kept_fit_the_memory_that_nginx_gets(manifests, compose):
    at_once = int(re.search(r"limit_conn photos (\d+);", read("nginx/site.conf"))[1])
    kept = int(re.search(r"max_size=(\d+)m", read("nginx/nginx.conf"))[1]) * MEGABYTE
    bodies = at_once * nginx_sizes("client_max_body_size")[1]
    pod = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]
    nginx = next(each for each in pod["containers"] if each["name"] == "nginx")
    (shared,) = [each["name"] for each in nginx["volumeMounts"] if each["mountPath"] == "/dev/shm"]  # noqa: S108
    volume = next(each["emptyDir"] for each in pod["volumes"] if each["name"] == shared)
    assert volume["medium"] == "Memory"
    service = compose["services"]["nginx"]
    for memory, room in (
        (nginx["resources"]["limits"]["memory"], volume["sizeLimit"]),
        (service["mem_limit"], service["shm_size"]),
    ):
        assert megabytes(memory) * MEGABYTE > bodies + megabytes(room) * MEGABYTE
        assert megabytes(room) * MEGABYTE >= 2 * kept


def megabytes(text):
    return int(re.match(r"\d+", text)[0]) * {"m": 1, "g": 1024}[text.lower().strip("0123456789")[0]]


def test_nginx_keeps_answers_in_memory_only_and_knows_every_form_and_word():
    assert re.findall(r"proxy_cache_path (\S+)", read("nginx/nginx.conf")) == ["/dev/shm/schatje"]  # noqa: S108
    forms = re.search(r"location ~ \^/\(\?:(\S+)\)\$", read("nginx/site.conf"))[1].split("|")
    assert set(forms) == {page_path("photo", language)[1:] for language in LANGUAGES}
    read_by_nginx = re.search(r"\(\?!\(\?:([a-z|]+)\)", read("nginx/nginx.conf"))[1].split("|")
    code = "".join(path.read_text("utf-8") for path in (ROOT / "campaign/views").glob("*.py"))
    named = set(re.findall(r'"(\w+)" in request\.args|request\.args\.get\("(\w+)"', code))
    read_by_site = {name for pair in named for name in pair if name} | set(FILTERS)
    assert set(read_by_nginx) == read_by_site


def test_a_request_whose_body_was_left_out_gets_a_connection_of_its_own():
    """The site would take the next visitor's request for the body it was told of."""
    place = re.search(r"location @too_large \{(.*?)\n\}", read("nginx/site.conf"), re.DOTALL)[1]
    assert place.index("include proxy.conf;") < place.index("proxy_set_header Connection close;")


def test_every_file_of_nginx_comes_along(manifests, compose):
    ours = {path.name for path in (DEPLOY / "nginx").glob("*.conf")}
    mounted = {each.split(":")[0] for each in compose["services"]["nginx"]["volumes"]}
    assert ours <= {Path(each).name for each in mounted}
    pod = manifests["Deployment", "schatje"]["spec"]["template"]["spec"]
    volume = next(each for each in pod["volumes"] if each["name"] == "nginx")
    items = volume["projected"]["sources"][0]["configMap"]["items"]
    assert ours <= {each["path"] for each in items}
    (made,) = [
        each["files"]
        for each in yaml.safe_load(read("kustomization.yaml"))["configMapGenerator"]
        if each["name"] == "nginx"
    ]
    assert {Path(each).name for each in made} == {each["key"] for each in items}


def test_nginx_writes_nothing_down():
    text = read("nginx/nginx.conf")
    for line in ("access_log off;", "error_log stderr emerg;", "proxy_max_temp_file_size 0;"):
        assert line in text
    everything = "".join(path.read_text() for path in DEPLOY.rglob("*.conf"))
    assert set(re.findall(r"access_log ([^;]+);", everything)) == {"off"}
    assert len(re.findall(r"error_log ", everything)) == 1


def test_nginx_leads_on_by_301_which_programs_that_fetch_previews_follow():
    """And by 302 where every visitor is led to a page of his own language."""
    everything = "".join(path.read_text() for path in DEPLOY.rglob("*.conf"))
    led = re.findall(r"return (30\d) (\S+);", everything)
    assert {target for status, target in led if status != "301"} == {"/$first_language/"}


def test_nginx_says_who_the_visitor_is_and_no_visitor_does():
    text = read("nginx/proxy.conf")
    assert "X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert "proxy_pass_request_headers off;" in text
    every = text + read("nginx/site.conf")
    passed = set(re.findall(r"proxy_set_header (\S+) \$http_", every))
    assert passed == {"Accept", "Accept-Language", "Cookie"}


def test_the_page_of_nginx_itself_has_the_headers_of_the_site():
    text = read("nginx/own.conf")
    assert read("nginx/site.conf").count("include own.conf;") == 2
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
        text = text.replace("/dev/shm/schatje", f"{folder}/kept")  # noqa: S108 - nginx makes it
        text = re.sub(r"(listen (?:\[::\]:)?)(80|443)\b", r"\g<1>1\g<2>", text)
        path.write_text(text)

    told = subprocess.run(
        [nginx, "-t", "-p", folder, "-c", folder / "nginx.conf", "-g", f"pid {folder}/pid;"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "test is successful" in told.stderr, told.stderr


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


def test_images_are_named_in_full_and_wait_until_the_site_is_ready(compose):
    services = compose["services"]
    for name in ("valkey", "nginx"):
        assert services[name]["image"].startswith("docker.io/")
    assert re.search(r"^ARG PYTHON=docker\.io/", read("Containerfile"), re.MULTILINE)
    for name in SITES:
        assert "readyz" in services[name]["healthcheck"]["test"][-1]
        assert services["nginx"]["depends_on"][name] == {"condition": "service_healthy"}
    assert any("/var/www/acme" in each for each in services["nginx"]["volumes"])


def test_nginx_on_a_host_swaps_no_photo_and_dumps_none():
    lines = read("systemd/nginx.service.d/schatje.conf").splitlines()
    assert {"MemorySwapMax=0", "LimitCORE=0"} <= set(lines)
    assert "deploy/systemd/nginx.service.d" in read("roll")


def test_instances_of_a_host_show_their_numbers_on_ports_of_their_own():
    assert (
        "Environment=SCHATJE_METRICS=127.0.0.1:1%i" in read("systemd/schatje@.service").splitlines()
    )


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


def test_every_container_of_the_compose_file_is_confined(compose):
    base = compose["services"]["site-1"]
    for name in ("site-1", "site-2", "valkey", "nginx"):
        service = compose["services"][name]
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["memswap_limit"] == service["mem_limit"], "no photo in swap"
        assert name == "valkey" or service["ulimits"] == {"core": 0}
        assert not re.search(r"uid=|gid=", " ".join(service["tmpfs"])), "Podman knows neither"
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
    text = read("Containerfile").replace("\\\n", " ")
    final = text[text.rindex("\nFROM ") :]
    assert "USER 65532:65532" in final
    commands = re.findall(
        r"^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK .* CMD) +(?:--mount=\S+ +)*(.*)$", text, re.MULTILINE
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


def test_alerts_wake_for_what_they_should_and_for_nothing_else(tmp_path):
    """Where Debian's prometheus is installed, which brings promtool."""
    if (promtool := shutil.which("promtool")) is None:
        pytest.skip("promtool is not there")
    shutil.copy(DEPLOY / "alerts.yaml", tmp_path / "alerts.yaml")
    shutil.copy(Path(__file__).parent / "alerts.yaml", tmp_path / "tests.yaml")

    told = subprocess.run(
        [promtool, "test", "rules", "tests.yaml"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 0, told.stdout + told.stderr


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
    made = {"deploy/compose/.env", "deploy/compose/tls", "deploy/compose/acme"}
    for each in named:
        assert each in made or (ROOT / each).exists(), each
    for target in re.findall(r"\]\(([\w./-]+\.md)(?:#[\w-]+)?\)", text):
        assert (ROOT / "docs" / target).exists(), target


def test_whoever_stops_the_site_waits_for_its_cards():
    unit = (ROOT / "deploy" / "systemd" / "schatje@.service").read_text(encoding="utf-8")
    pod = (ROOT / "deploy" / "kubernetes" / "site.yaml").read_text(encoding="utf-8")

    for pattern, text in (("TimeoutStopSec=", unit), ("terminationGracePeriodSeconds: ", pod)):
        assert int(re.search(rf"{pattern}(\d+)", text)[1]) > GRACEFUL_SECONDS
