"""The unit: what it takes away, and what systemd says of it and of what is laid over nginx."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from deployed import DEPLOY, ROOT, read

from campaign.serving.server import GRACEFUL_SECONDS


def test_nginx_on_a_host_swaps_no_photo_and_dumps_none():
    lines = read("systemd/nginx.service.d/schatje.conf").splitlines()
    assert {"MemorySwapMax=0", "LimitCORE=0"} <= set(lines)
    installs = [ROOT / "docs" / "deploying.md", *DEPLOY.glob("roll")]
    assert any("deploy/systemd/nginx.service.d" in path.read_text("utf-8") for path in installs)


def test_instances_of_a_host_show_their_numbers_on_ports_of_their_own():
    assert (
        "Environment=SCHATJE_METRICS=127.0.0.1:1%i" in read("systemd/schatje@.service").splitlines()
    )


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
    assert folder.endswith("-%i"), "two instances may share a user, but not what they keep"


@pytest.fixture
def analyze(do_without, tmp_path):
    """Return a function that runs systemd-analyze on our units, outside systemd."""
    if (program := shutil.which("systemd-analyze")) is None:
        do_without("systemd-analyze is not there: run `make test`, which says how to install it")
    # Each program must exist for systemd to be content; any will do.
    start = "/srv/schatje/.venv/bin/schatje"
    text = read("systemd/schatje@.service")
    assert f"ExecStart={start} serve" in text
    (tmp_path / "schatje@8001.service").write_text(text.replace(start, shutil.which("true")))
    (tmp_path / "nginx.service").write_text(f"[Service]\nExecStart={shutil.which('true')}\n")
    shutil.copytree(DEPLOY / "systemd/nginx.service.d", tmp_path / "nginx.service.d")

    def run(*arguments):
        return subprocess.run(
            [program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize("unit", ["schatje@8001.service", "nginx.service"])
def test_systemd_takes_the_unit_and_what_is_laid_over_nginx(unit, analyze, tmp_path):
    told = analyze("verify", "--man=no", f"./{unit}")
    assert not [line for line in told.stderr.splitlines() if "schatje" in line or unit in line]

    for path in (tmp_path / unit, *(tmp_path / f"{unit}.d").glob("*.conf")):
        path.write_text(path.read_text().replace("LimitCORE=0", "LimitKERN=0"))
    told = analyze("verify", "--man=no", f"./{unit}")
    assert "LimitKERN" in told.stderr, "a word that systemd does not know is told"


def test_systemd_counts_little_that_the_unit_could_do(analyze):
    """At most 2.0, where 0 is nothing at all and 10 everything."""
    security = ("security", "--offline=yes", "--no-pager")
    told = analyze(*security, "--threshold=20", "./schatje@8001.service")
    assert told.returncode == 0, told.stdout + told.stderr
    assert analyze(*security, "--threshold=20", "./nginx.service").returncode != 0


def test_whoever_stops_the_site_waits_for_its_cards():
    unit = (ROOT / "deploy" / "systemd" / "schatje@.service").read_text(encoding="utf-8")
    pod = (ROOT / "deploy" / "kubernetes" / "site.yaml").read_text(encoding="utf-8")

    for pattern, text in (("TimeoutStopSec=", unit), ("terminationGracePeriodSeconds: ", pod)):
        assert int(re.search(rf"{pattern}(\d+)", text)[1]) > GRACEFUL_SECONDS
