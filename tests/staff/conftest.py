"""Staff commands on made-up figures: an edit of sources/ can break no test of this folder."""

from __future__ import annotations

import sys
from pathlib import Path

import command_line
import made_up

sys.path.insert(0, str(Path(__file__).parent))  # modules for more than one file of this folder

folder = made_up.folder
run = command_line.run
