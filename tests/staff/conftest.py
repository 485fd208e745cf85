"""Staff commands on made-up figures: an edit of sources/ can break no test of this folder."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from campaign.commands import main

_SPEC = importlib.util.spec_from_file_location(
    "made_up", Path(__file__).parents[1] / "calculator" / "conftest.py"
)
made_up = importlib.util.module_from_spec(_SPEC)
sys.modules["made_up"] = made_up  # dataclasses look themselves up there
_SPEC.loader.exec_module(made_up)

folder = made_up.folder
TODAY = made_up.TODAY


@pytest.fixture
def run():
    """Give a function that runs the command within this process."""

    def run_it(*arguments, code=0, **options):
        result = CliRunner().invoke(main, [str(part) for part in arguments], **options)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run_it
