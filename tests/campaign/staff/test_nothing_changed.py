"""Opened and sent back with nothing changed, every real file is byte for byte what it was."""

from __future__ import annotations

import shutil

import pytest
from page import Page

from campaign.config import ROOT, Settings
from campaign.staff import create_staff_app
from campaign.staff.forms.fields import TEXT_ONLY

BASE_URL = "http://127.0.0.1:8001"
CONTENT = ROOT / "campaign" / "content"
FILES = [*(ROOT / "sources" / "publications").glob("*.yaml"), *CONTENT.glob("*.yaml")]
FORMS = sorted(
    name for path in FILES if (name := path.relative_to(ROOT).as_posix()) not in TEXT_ONLY
)
PAGES = sorted({path.stem for path in CONTENT.glob("*/*.md")})


@pytest.fixture(scope="module")
def real_desk(tmp_path_factory):
    """Return a browser at the desk of a copy of the project's own files."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "sources", root / "sources")
    shutil.copytree(CONTENT, root / "campaign" / "content")
    return create_staff_app(root, Settings()).test_client()


def send(client, path, do, **changed):
    """Open a form and press one of its buttons."""
    page = Page(path, client.get(path, base_url=BASE_URL, headers={"Accept-Language": "nl"}))
    assert page.status == 200, path
    sent = {name: text for name, text in page.fields.items() if name and text is not None}
    # A browser sends the lines of a text with its own ends.
    sent = {name: text.replace("\n", "\r\n") for name, text in sent.items()}
    sent |= changed | {"do": do}
    # What is sent leads to a page with an address, so that "Back" works.
    headers = {"Accept-Language": "nl"}
    options = {"base_url": BASE_URL, "headers": headers, "follow_redirects": True}
    return Page(path, client.post(page.action, data=sent, **options))


@pytest.mark.parametrize("name", FORMS)
def test_form_of_a_real_file_sent_back_is_the_same_file(name, real_desk):
    page = send(real_desk, f"/edit/{name}", "text")

    assert page.fields["text"] == (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_page_of_words_sent_back_changes_in_no_language(page, real_desk):
    answer = send(real_desk, f"/texts/{page}", "preview")

    assert answer.status == 422
    assert "Er verandert nog niets" in answer.alerts[0]


def test_one_language_changed_leaves_the_blanks_in_headings_of_all(real_desk):
    changed = send(real_desk, "/texts/faq", "preview", **{"0.nl.body": "Een andere zin."})

    files = {name for name in changed.fields if name.endswith(".name")}
    assert {changed.fields[name] for name in files} == {"campaign/content/nl/faq.md"}
    before = (CONTENT / "nl" / "faq.md").read_text(encoding="utf-8").splitlines()
    after = changed.fields["file.0.text"].splitlines()
    assert [line for line in after if line.startswith("##")] == [
        line for line in before if line.startswith("##")
    ]
