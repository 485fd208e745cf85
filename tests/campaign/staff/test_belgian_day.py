"""One day for all: what the desk writes is today in Belgium, and no file check calls it future.

The two zones are 26 hours apart: at any moment the day of one of them is not the day in Belgium.
"""

from __future__ import annotations

import datetime
import re
import time

import pytest

from calculator.clock import belgian_day
from calculator.errors import SourcesInvalid
from calculator.loading.folder import load_sources
from campaign.upkeep.links.memory import today

ALPHA = "sources/publications/alpha.yaml"


@pytest.fixture(params=["Etc/GMT+12", "Etc/GMT-14"])
def machine_far_away(request):
    """Set the machine's clock to one end of the earth, then to the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def test_called_today_is_today_in_belgium_and_sound(machine_far_away, desk):
    an = desk.person()
    token = an.get("/contacts").fields["csrf_token"]

    answer = an.post("/contacts/called", {"csrf_token": token, "called": "services:awel"})

    assert "Saved" in an.get(answer.response.location).words
    text = (desk.root / "campaign/content/help.yaml").read_text(encoding="utf-8")
    awel = re.search(r'id: "?awel"?\n((?:    .*\n)+)', text)[1]
    assert f"    confirmed_on: {belgian_day()}\n" in awel


def test_a_new_publication_was_read_today_in_belgium(machine_far_away, desk):
    page = desk.person().get("/publications/new")

    assert page.fields["accessed"] == f"{belgian_day():%d/%m/%Y}"
    assert today() == str(belgian_day())


def test_the_loader_takes_today_in_belgium_and_refuses_tomorrow(machine_far_away, desk):
    path, day = desk.root / ALPHA, belgian_day()
    text = path.read_text(encoding="utf-8")

    path.write_text(text.replace("accessed: 2026-11-02", f"accessed: {day}"), encoding="utf-8")
    load_sources(desk.root / "sources")

    tomorrow = day + datetime.timedelta(days=1)
    path.write_text(text.replace("accessed: 2026-11-02", f"accessed: {tomorrow}"), encoding="utf-8")
    with pytest.raises(SourcesInvalid, match="lies in the future"):
        load_sources(desk.root / "sources")


def test_an_edit_is_of_the_day_it_was_in_belgium(desk):
    path = desk.root / ALPHA
    path.write_text(path.read_text(encoding="utf-8") + "# Read again\n", encoding="utf-8")
    when = "--date=2026-07-19T22:30:00+00:00"
    desk.git("commit", "--quiet", "--all", when, "-m", "Half past midnight")
    an = desk.person()

    assert "Half past midnight" in an.get("/history?others=1&since=2026-07-20").words
