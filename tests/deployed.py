"""The files of deploy/, read."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
DOCUMENTS = ("deploying", "operating", "threat-model")
SITES = ("site-1", "site-2")


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def resources():
    """Return every resource that the manifests hold, in their order."""
    files = yaml.safe_load(read("kustomization.yaml"))["resources"]
    return [each for name in files for each in yaml.safe_load_all(read(name))]


def megabytes(text):
    return int(re.match(r"\d+", text)[0]) * {"m": 1, "g": 1024}[text.lower().strip("0123456789")[0]]
