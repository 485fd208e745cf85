"""The unit: what it takes away, and what systemd says of it."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from deployed import ROOT, read

from campaign.serving.server import GRACEFUL_SECONDS


def test_nginx_on_a_host_swaps_no_photo_and_dumps_none():
    lines = read("systemd/nginx.service.d/schatje.conf").splitlines()
    assert {"MemorySwapMax=0", "LimitCORE=0"} <= set(lines)
    assert "systemd/nginx.service.d" in (ROOT / "docs" / "deploying.md").read_text("utf-8")


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


def test_whoever_stops_the_site_waits_for_its_cards():
    unit = (ROOT / "deploy" / "systemd" / "schatje@.service").read_text(encoding="utf-8")
    pod = (ROOT / "deploy" / "kubernetes" / "site.yaml").read_text(encoding="utf-8")

    for pattern, text in (("TimeoutStopSec=", unit), ("terminationGracePeriodSeconds: ", pod)):
        assert int(re.search(rf"{pattern}(\d+)", text)[1]) > GRACEFUL_SECONDS
