"""The command line, run within the process of the tests."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from campaign.commands import main


@pytest.fixture
def run():
    """Return a function that runs the command within this process."""

    def run_it(*arguments, code=0, **options):
        # A command may set what its own process is to read; this one is not its own.
        with patch.dict(os.environ):
            result = CliRunner().invoke(main, [str(part) for part in arguments], **options)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run_it
