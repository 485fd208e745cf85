"""Made-up, round figures: what staff edit in sources/ can break no test of this folder."""

from __future__ import annotations

import os

import made_up
from hypothesis import settings

# The same made-up sets in every run, so that a red build always means a changed line; no
# deadline, because a busy machine is no bug. HYPOTHESIS_PROFILE=new tries new sets.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("new", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

folder = made_up.folder
build_sources = made_up.build_sources
