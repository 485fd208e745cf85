"""Staff commands on made-up figures: an edit of sources/ can break no test of this folder."""

from __future__ import annotations

import command_line
import made_up

folder = made_up.folder
run = command_line.run
