"""What is applied to Kubernetes, and the services of the compose file."""

from __future__ import annotations

import pytest
import yaml
from deployed import read, resources


@pytest.fixture(scope="module")
def manifests():
    """Return everything that is applied to Kubernetes, by kind and name."""
    return {(each["kind"], each["metadata"]["name"]): each for each in resources()}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("compose/compose.yaml"))
