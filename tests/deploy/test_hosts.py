"""What puts the site on a host or into an image: `make test-scale` runs it, this reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from steps import script

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"


def test_the_document_can_be_walked():
    """And what the walk does otherwise than the document is still in the document."""
    commands = script((ROOT / "docs" / "deploying.md").read_text(encoding="utf-8"))

    told = subprocess.run(
        ["bash", "-n"], input=commands, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    for word in ("deploy/roll", "git pull --ff-only", "git switch --detach ORIG_HEAD", "nft"):
        assert word in commands


def test_a_roll_brings_every_file_of_nginx_but_those_that_are_edited():
    roll = (DEPLOY / "roll").read_text(encoding="utf-8")
    names = set(re.search(r"^for file in (.*); do$", roll, re.MULTILINE)[1].split())
    assert names | {"servers", "upstream"} == {
        path.stem for path in (DEPLOY / "nginx").glob("*.conf")
    }
    assert not names & {"servers", "upstream"}


@pytest.fixture
def build_with(tmp_path):
    """Return a function that runs tools/image where only some programs are there."""
    for name in ("dirname", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name))

    def build(**programs):
        for name, does in programs.items():
            (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
            (tmp_path / name).chmod(0o755)
        return subprocess.run(
            [ROOT / "tools" / "image", "--tag", "mine"],
            env={"PATH": str(tmp_path), "PIP_CONF": "/own/pip.conf"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return build


def test_the_image_is_built_by_whatever_works_here(build_with):
    assert "podman, docker or buildah" in build_with().stderr
    assert build_with(docker="exit 1").returncode == 1, "a client without its daemon"
    built = build_with(docker="exit 1", buildah="echo buildah $@").stdout
    assert built.startswith("buildah build --format docker --ignorefile")
    assert "--secret id=pip.conf,src=/own/pip.conf" in built
    assert "--tag mine" in built
    assert build_with(docker="echo docker $@").stdout.startswith("docker build --secret")
    assert build_with(podman="echo podman $@").stdout.startswith("podman build")
