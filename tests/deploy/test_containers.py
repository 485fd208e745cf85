"""The compose file and the image."""

from __future__ import annotations

import ast
import re

import pytest
from compose_spec import PyOptions
from deployed import ROOT, SITES, read

from campaign.config import Settings


def refusal(text):
    """Return what a strict reader says against a compose file; nothing where it takes it."""
    try:
        PyOptions(apply_merge=True).from_yaml(text).validate()
    except ValueError as error:
        return str(error)
    return ""


def test_the_compose_file_holds_to_the_specification():
    assert not refusal(read("compose/compose.yaml"))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("pids_limit: 64", "pid_limit: 64", "pid_limit"),
        ("mem_limit: 128m", "mem_limit: 128 apples", "apples"),
        ("condition: service_healthy", "condition: service_well", "service_well"),
        ("      outside: {}\n    read_only", "      outsid: {}\n    read_only", "outsid"),
    ],
)
def test_a_mistake_in_the_compose_file_would_be_seen(right, wrong, said):
    text = read("compose/compose.yaml")
    assert right in text
    assert said in refusal(text.replace(right, wrong, 1))


def test_every_file_that_the_compose_file_mounts_is_there_or_made_by_the_document(compose):
    document = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    folder = ROOT / "deploy" / "compose"
    mounted = [each.split(":")[0] for each in compose["services"]["nginx"]["volumes"]]
    for each in mounted:
        made = f"deploy/compose/{each.removeprefix('./')}"
        assert (folder / each).exists() or re.search(rf"mkdir -p [^#]*{made}\b", document), each
    build = compose["services"]["site-1"]["build"]
    assert (folder / build["context"] / build["dockerfile"]).is_file()


def test_the_example_of_settings_has_all_that_the_compose_file_asks_for(compose):
    example = dict(
        line.split("=", 1) for line in read("compose/example.env").splitlines() if line[:1] != "#"
    )
    asked = re.findall(r"\$\{(\w+)", read("compose/compose.yaml"))
    assert set(asked) == example.keys()
    for name in SITES:
        environment = compose["services"][name]["environment"]
        filled = {key: example.get(key, text) for key, text in environment.items()}
        Settings.from_environment(filled)


def test_images_are_named_in_full_and_wait_until_the_site_is_ready(compose):
    services = compose["services"]
    for name in ("valkey", "nginx"):
        assert services[name]["image"].startswith("docker.io/")
    assert re.search(r"^ARG PYTHON=docker\.io/", read("Containerfile"), re.MULTILINE)
    for name in SITES:
        assert "readyz" in services[name]["healthcheck"]["test"][-1]
        assert services["nginx"]["depends_on"][name] == {"condition": "service_healthy"}
    assert any("/var/www/acme" in each for each in services["nginx"]["volumes"])


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
    assert "SCHATJE_METRICS" in base["environment"], "and `inside` is where they are shown"
    assert compose["services"]["nginx"]["pids_limit"] >= 256, "a worker for each core"
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
