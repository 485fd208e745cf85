"""Texts that can be read but are damaged never go live: each is refused with its file and line."""

from __future__ import annotations

import time

import pytest

from calculator.errors import SourcesInvalid
from calculator.languages import LANGUAGES
from campaign.config import ROOT
from campaign.published.damage import MOST_BYTES
from campaign.published.texts import TEXT_PAGES, check_sections

CONTENT = ROOT / "campaign" / "content"
START = "## First {#first}\n\nWords.\n\n"


def problem_of(text, file="nl/about.md"):
    with pytest.raises(SourcesInvalid) as caught:
        check_sections(text.encode(), file)
    return str(caught.value)


@pytest.mark.parametrize(
    ("damage", "line", "words"),
    [
        ("<<<<<<< HEAD\nour words.\n=======\ntheir words.\n>>>>>>> branch\n", 5, "mark of a merge"),
        ("Write to [116000@childfo", 5, "middle of a link"),
        ("Write to [us](mailto:x@y", 5, "middle of a link"),
        ("You want to know how the foundatio", 5, "middle of a sentence"),
        ("<!-- a remark\n\nWords.", 5, "holds HTML"),
        ("A <b>word</b>.", 5, "holds HTML"),
        ("```\ncode\n", 5, "block of code"),
        ("Words\ufeff.", 5, "U+FEFF"),
        ("Words \u202egnorw.", 5, "U+202E"),
        ("See [the page](/fr/aide).", 5, "another language, /fr/"),
        ("See [the page](/nl/bestaat-niet).", 5, "/nl/bestaat-niet is no address"),
        ("Call [116 000](tel:116001).", 5, "says 116 000 but dials 116001"),
    ],
)
def test_a_damaged_text_is_refused_with_file_and_line(damage, line, words):
    told = problem_of(START + damage)

    assert told.startswith(f"nl/about.md:{line}: ")
    assert words in told


@pytest.mark.parametrize(
    "sound",
    [
        "Âge, À propos, « où », Ça, naïve, SÃO, 5 °C, Ärger, Œuvre: elk woord.",
        "### Kop\n\n- Punt – met streep.\n- [Hier](/nl/hulp) of [daar](#first).\n\n> Groot.",
        "Bel [02 475 44 11](tel:+3224754411) of [ons](tel:116000), [ziek](/nl/resultaat/BE/1y).",
        "Bel [116 000](tel:116000) of [mail](mailto:116000@childfocus.org).",
        "======== is geen teken van een samenvoeging.",
        "Een * ster, 3 | 4, a_b_c en #116000.",
    ],
)
def test_a_sound_text_passes(sound):
    check_sections((START + sound).encode(), "nl/about.md")


@pytest.mark.parametrize("page", TEXT_PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_and_in_no_other_language_s_place(language, page):
    written = (CONTENT / language / f"{page}.md").read_bytes()
    check_sections(written, f"{language}/{page}.md")

    for other in set(LANGUAGES) - {language}:
        told = problem_of(written.decode(), f"{other}/{page}.md")
        assert "another language" in told


@pytest.mark.parametrize("page", TEXT_PAGES)
def test_a_page_cut_off_anywhere_in_its_last_sentence_is_refused(page):
    written = (CONTENT / "nl" / f"{page}.md").read_text(encoding="utf-8").rstrip()
    last = written[-40:-1]
    for cut in range(1, len(last)):
        if last[-cut - 1].isalnum():
            problem_of(written[: -1 - cut], f"nl/{page}.md")


@pytest.mark.parametrize(
    "sign", ["[", "![", "[[]", "[a][", "<!--", "*a ", "_", "`", "> ", "- ", "|a|b|\n|-|-|\n", "\\"]
)
def test_no_text_takes_minutes_to_read(sign):
    """Measured in processor time, because this machine may be busy with others."""
    text = START + (sign * MOST_BYTES)[: MOST_BYTES - 100] + "."
    began = time.thread_time()
    try:
        check_sections(text.encode(), "nl/about.md")
    except SourcesInvalid as refused:
        assert str(refused).startswith("nl/about.md:")  # noqa: PT017 - some may be read
    assert time.thread_time() - began < 8


def test_a_text_that_takes_too_long_is_refused_by_its_name():
    assert "takes over 2 s to read" in problem_of(START + "[" * 90_000 + ".", "fr/faq.md")


def test_a_text_that_is_too_large_is_refused():
    assert "larger than 100 kB" in problem_of(START + "Words. " * 20_000)
