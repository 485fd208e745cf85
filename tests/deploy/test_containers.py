"""The compose file and the image."""

from __future__ import annotations

import ast
import re

from deployed import SITES, read


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
