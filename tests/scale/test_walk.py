"""The document for a single host can be followed to the letter, on a Debian with nothing yet."""

from __future__ import annotations

import os
import shutil

import pytest
from steps import INSTEAD, blocks
from walk import DOCUMENT, walk


@pytest.mark.skipif(os.getuid() != 0, reason="debootstrap and systemd are for root")
def test_the_steps_of_a_single_host_work_as_written(tmp_path, tell):
    try:
        printed = walk(tmp_path)
    finally:
        shutil.rmtree(tmp_path)

    headings = dict.fromkeys(heading for heading, _ in blocks(DOCUMENT.read_text("utf-8")))
    for heading in headings:
        assert f"== {heading}" in printed
    assert "\n== walked" in printed
    tell(f"docs/deploying.md walked: {len(headings)} steps on a bare Debian under systemd")
    for start, (_, reason) in INSTEAD.items():
        tell(f"  not as written: {start.strip()} …: {reason}")
