"""The desk with a region and a period that only the files know."""

from __future__ import annotations

import pytest
from grown_files import PERIOD, REGION, add_examples

from campaign.config import ROOT

ALPHA = "/edit/sources/publications/alpha.yaml"
PAGES = ("/", "/publications", "/publications?by=figure", "/links", "/publications/new",
         ALPHA, f"{ALPHA}?as=text", "/texts", "/texts/faq", "/edit/campaign/content/help.yaml",
         "/proposals", "/history", "/launch")  # fmt: skip


@pytest.fixture
def grown(desk):
    add_examples(desk.root / "sources", ROOT / "sources" / "README.md")
    desk.git("commit", "--all", "--allow-empty", "--quiet", "-m", "A region and a period")
    return desk


def test_every_page_of_the_desk_opens(grown):
    an = grown.person()
    for path in PAGES:
        assert an.get(path).status == 200, path
    words = an.get("/publications?q=alpha&by=figure").words
    assert any(f"{name}: 1 (typical amount)" in words for name in REGION.values())


def test_a_preview_names_them_and_draws_their_cards(grown):
    an = grown.person()

    preview = an.press(an.get(ALPHA), "preview", figures__0__central="90000")

    assert preview.status == 200
    assert any(name in preview.words for name in REGION.values())
    assert any(name.casefold() in preview.words.casefold() for name in PERIOD.values())
    assert preview.html.count('src="data:image/jpeg;base64,') == 4
