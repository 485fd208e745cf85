"""Alert rules and the dashboard: they ask for what the site tells, and wake for what they should."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from deployed import DEPLOY


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
