"""Four languages: every page, every link between them, and no sentence left behind."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from campaign.words.addresses import PAGES
from campaign.words.i18n import TRANSLATIONS

LANGUAGES = ("nl", "fr", "de", "en")
SITE = "https://campaign.example"


def path_of(page, language):
    tail = "/EUROPE/6m" if page == "result" else ""
    return f"/{language}/{PAGES[page][language]}{tail}"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "nl"),
        ("fr-BE,fr;q=0.9,nl;q=0.8", "fr"),
        ("de", "de"),
        ("en-US,en;q=0.5", "en"),
        ("nl-BE", "nl"),
        ("ja,zh;q=0.9", "nl"),
        ("en;q=0.1,de;q=0.2", "de"),
        ("fr-BE,en;q=0.5", "fr"),
        ("nl-BE,en-US;q=0.8,en;q=0.6", "nl"),
        ("nl-NL", "nl"),
        ("de-BE,fr;q=0.5", "de"),
        ("de-AT", "de"),
        ("de-CH-1996,fr;q=0.5", "de"),
        ("en-GB,nl;q=0.9", "en"),
        ("fr-BE;q=0.9,*;q=0.1", "fr"),
        ("ja,fr-CA;q=0.4", "fr"),
        ("FR-be", "fr"),
        ("*", "nl"),
        ("fr;q=0,de;q=0.1", "de"),
        ("nl;q=0,en", "en"),
        ("fr_BE;;q=x,,-,;", "nl"),
        ("x" * 5000, "nl"),
    ],
)
def test_the_way_in_follows_the_browser(accepted, expected, client):
    response = client.get("/", headers={"Accept-Language": accepted})

    assert (response.status_code, response.headers["Location"]) == (302, f"/{expected}/")
    assert "Accept-Language" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-store"


# ---- The catalogues


@pytest.fixture(scope="module")
def messages(pytestconfig):
    """List every sentence that code and templates mark for translation."""
    root = pytestconfig.rootpath
    methods = [
        tuple(re.fullmatch(r"\[(\w+): (.+)\]", line).groups()[::-1])
        for line in (root / "babel.cfg").read_text().split("\n")
        if line.startswith("[")
    ]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}
    found = {}
    for folder in ("campaign", "templates"):
        for file, line, message, _comments, _context in extract_from_dir(
            root / folder,
            [(pattern.partition("/")[2], method) for pattern, method in methods
             if pattern.startswith(folder)],
            keywords=keywords,
            options_map={"**.html": {"newstyle_gettext": "true", "trimmed": "false"}},
        ):  # fmt: skip
            singular = message if isinstance(message, str) else message[0]
            found.setdefault(singular, f"{folder}/{file}:{line}")
    assert len(found) > 100
    return found


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_is_translated(language, messages):
    with (TRANSLATIONS / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    translated = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalogue
        if message.id
    }

    missing = {text: place for text, place in messages.items() if text not in translated}
    assert not missing
    for text, message in translated.items():
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(strings), f"{language}: {text!r} has no translation"
        assert not message.fuzzy, f"{language}: {text!r} is only a guess"
        names = set(re.findall(r"%\((\w+)\)s", text))
        for string in strings:
            assert set(re.findall(r"%\((\w+)\)s", string)) <= names, f"{language}: {string!r}"
        assert names <= {name for string in strings for name in re.findall(r"%\((\w+)\)s", string)}
