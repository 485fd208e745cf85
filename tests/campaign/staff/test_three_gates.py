"""One list of texts that may not go live, at the desk, at the command and on the running site."""

from __future__ import annotations

import re
import shutil

import pytest
from damage import Files
from damaged_texts import DAMAGED_TEXTS
from live_files import look

from campaign.config import ROOT
from campaign.published.overruled import Entry, write_entries
from campaign.staff.files.checkout import text_digest

PRESS_PAGE = "/texts/press"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """Return a checkout of the real files."""
    root = tmp_path_factory.mktemp("gates") / "checkout"
    shutil.copytree(ROOT / "sources", root / "sources")
    shutil.copytree(ROOT / "campaign" / "content", root / "campaign" / "content")
    return root


@pytest.fixture(scope="module")
def files(checkout):
    return Files(checkout / "sources", checkout / "campaign" / "content")


@pytest.fixture(scope="module")
def an(checkout, desk_on):
    return desk_on(checkout).person()


@pytest.fixture(scope="module")
def app(make_app, checkout, files, tmp_path_factory):
    return make_app(
        SOURCES=str(files.sources),
        CONTENT=str(files.content),
        STATE=str(tmp_path_factory.mktemp("state")),
        LOOK_SECONDS="60",
    )


@pytest.mark.parametrize("damage", DAMAGED_TEXTS, ids=lambda damage: damage.name)
def test_what_may_not_go_live_is_refused_at_all_three(damage, checkout, files, an, app, run):
    path = files.path(damage.named)
    sound, served = path.read_bytes(), app.extensions["published"]
    damage.do(files)
    wrong = path.read_text(encoding="utf-8")
    told = rf"{re.escape(damage.named)}:\d+: .*{re.escape(damage.words)}"
    try:
        # The first problem of several; the command lists them all.
        assert look(app).startswith(f"refused: {damage.named}:")
        assert app.extensions["published"] is served
        output = run("sources", "check", checkout / "sources", code=1).output
        assert re.search(f"(?m)^{told}", output), output
    finally:
        path.write_bytes(sound)

    name = path.relative_to(checkout).as_posix()
    token = an.get(PRESS_PAGE).fields["csrf_token"]
    base = text_digest(sound.decode())
    sent = {"csrf_token": token, "file.0.name": name, "file.0.base": base, "file.0.text": wrong}
    page = an.post("/save", sent | {"do": "preview"})
    assert page.status == 422
    assert re.search(rf", line \d+: .*{re.escape(damage.words)}", page.alerts[0])
    refused = an.post("/save", sent | {"do": "save", "why": "x"})
    assert refused.status in (409, 422)
    assert path.read_bytes() == sound


def test_doubtful_words_are_told_by_the_command_until_overruled(checkout, files, run):
    path, record = files.path("nl/faq.md"), files.path("overruled.yaml")
    sound, before = path.read_text(encoding="utf-8"), record.read_text(encoding="utf-8")
    path.write_text(sound.replace("\n\n", "\n\nBellen is volledig anoniem.\n\n", 1))
    try:
        told = run("sources", "check", checkout / "sources").output
        assert re.search(r"(?m)^nl/faq\.md:3: “volledig anoniem”: No site can promise this\.", told)
        assert "all sound" not in told

        entry = Entry(file="nl/faq.md", words="volledig anoniem", reason="“So”: it is\\ #1",
                      who="An", when="2026-11-28")  # fmt: skip
        record.write_text(write_entries(before, [entry]), encoding="utf-8")
        told = run("sources", "check", checkout / "sources").output
        assert "all sound" in told
    finally:
        path.write_text(sound, encoding="utf-8")
        record.write_text(before, encoding="utf-8")


def test_the_command_says_so_when_there_are_no_texts_beside_the_figures(checkout, run, tmp_path):
    shutil.copytree(checkout / "sources", tmp_path / "sources")

    told = run("sources", "check", tmp_path / "sources").output
    assert "all sound" in told
    assert "No texts were checked" in told
