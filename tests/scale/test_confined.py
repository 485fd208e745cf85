"""An instance runs with as little as deploy/ leaves it: the unit and the containers, rehearsed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from composition import make_site
from running import ending
from visiting import Visitor

CONFINED = Path(__file__).parent.parent.parent / "tools" / "scale" / "confined.py"
NOBODY = 65532


pytestmark = [
    pytest.mark.skipif(os.getuid() != 0, reason="only root can take everything away"),
    pytest.mark.skipif(
        not all(folder.stat().st_mode & 0o001 for folder in Path(sys.executable).resolve().parents),
        reason="this Python lies where only its owner may go: make .venv with Debian's",
    ),
    pytest.mark.skipif(
        shutil.which("systemd-analyze") is None, reason="needs systemd's list of calls"
    ),
]


def make_confined_site(folder, **settings):
    """Prepare an instance, and the command that starts it confined."""
    site = make_site(folder, 1, {"SCHATJE_SECRET_KEY": "x" * 40} | settings)
    site.environment["SCHATJE_SITE_URL"] = f"http://127.0.0.1:{site.port}"
    site.environment["PYTHONDONTWRITEBYTECODE"] = "1"
    return site, ["unshare", "--mount", sys.executable, str(CONFINED), *site.command]


def status_of(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: text.split() for name, _, text in (line.partition(":") for line in lines)}


def test_an_instance_needs_no_file_no_right_and_few_system_calls(place, photos, tell):
    site, site.command = make_confined_site(place / "confined")
    with ending(site):
        site.start()
        seconds = site.wait_until_ready()
        visitor = Visitor(site.port)
        visitor.open_form()
        codes = [visitor.send_form(photo=photo, tries=8).status for photo in photos.values()]
        every = {pid: status_of(pid) for pid in site.processes()}
        written = "".join(site.written)
        site.stop()

    assert codes == [200] * len(photos)
    assert len(every) >= 3, "master, worker, drawing process"
    for status in every.values():
        assert status["Uid"] == [str(NOBODY)] * 4
        assert int(status["CapEff"][0], 16) == 0
        assert status["NoNewPrivs"] == ["1"]
        assert status["Seccomp"] == ["2"]
    # The drawing process has its own filter on top of the unit's.
    assert max(int(status["Seccomp_filters"][0]) for status in every.values()) == 2
    assert "less protection" not in written
    tell(f"confined as by the unit (read-only, no rights, filtered): ready in {seconds:.1f} s")


def test_an_instance_starts_from_the_last_good_files_where_no_file_can_be_written(place):
    """As at a restart on files with an error: no folder for temporary files is needed."""
    state = place / "last-good"
    site, confined = make_confined_site(place / "restarted", SCHATJE_STATE=str(state))
    with ending(site):
        site.start()
        site.wait_until_ready()
        site.stop()
        for path in state.glob("*"):  # systemd gives StateDirectory to the user of the unit
            path.chmod(0o644)
        (site.sources / "rates.yaml").write_text("exchange_rates: [\n")
        site.command, site.written[:] = confined, []
        site.start()
        site.wait_until_ready()
        told = site.readiness()
        site.stop()

    assert "refused: rates.yaml:" in told
    assert "started from the last good ones" in "".join(site.written)
