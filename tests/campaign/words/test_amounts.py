"""What stands beside an amount and before it: the safeguarding charter, rules 5 and 8."""

from __future__ import annotations

import re

import pytest
from page import text_of

from calculator.formatting import format_money, format_span

LANGUAGES = ("nl", "fr", "de", "en")
SPACE = "\u00a0"
NO_PRICE = {
    "nl": "Geen enkel kind heeft een prijs.",
    "fr": "Aucun enfant n’a de prix.",
    "de": "Kein Kind hat einen Preis.",
    "en": "No child has a price.",
}
ILLUSTRATIVE = {
    "nl": r"\billustratie[fv]",
    "fr": r"\billustrati[fv]",
    "de": r"\billustrativ",
    "en": r"\billustrative",
}
RANGE = {
    "nl": r"{low} tot {high}",
    "fr": r"{low} à {high}",
    "de": r"{low} bis {high}",
    "en": r"{low} to {high}",
}
AROUND = {"nl": "ongeveer", "fr": "environ", "de": "etwa", "en": "around"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_never_stands_alone(language, site):
    """Rule 5: with its range, as an illustration, beside the sentence and the helpline."""
    shown = {
        format_span(estimate.shown.low, estimate.shown.high, language)
        for estimate in site.published.estimates.values()
    } | {
        RANGE[language].format(
            low=format_money(estimate.shown.low, language),
            high=format_money(estimate.shown.high, language),
        )
        for estimate in site.published.estimates.values()
    }
    checked = set()
    for page in site.everything:
        if page.language != language or not re.search(r"[€$£]", page.words):
            continue
        checked.add(page.name)
        assert NO_PRICE[language] in page.words
        assert f"116{SPACE}000" in page.words
        assert re.search(ILLUSTRATIVE[language], page.words, re.IGNORECASE), page.path
        if page.name in ("result", "method", "sources", "press"):
            assert any(amount in page.words for amount in shown), page.path
    assert checked == {"result", "method", "sources", "press"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_says_amount_range_and_helpline_in_one_breath(language, site):
    for (region, period), estimate in site.published.estimates.items():
        page = site.page(language, "result", f"/{region}/{period}")
        words = text_of(page.all("div[@class='result__words']")[0])
        shown = estimate.shown
        assert format_span(shown.low, shown.high, language) in words
        assert bool(re.search(rf"\b{AROUND[language]}\b", words)) == (shown.central is not None), (
            region,
            period,
        )
        if shown.central is not None:
            assert f"{AROUND[language]} {format_money(shown.central, language)}" in words
        assert NO_PRICE[language] in words
        assert re.search(ILLUSTRATIVE[language], words, re.IGNORECASE)
        assert f"116{SPACE}000" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_estimate_on_a_chart_stands_with_its_range(language, site):
    estimate = site.published.estimates["BE", "1y"].shown
    page = site.page(language, "result", "/BE/1y")
    [row] = page.all("li[@class='chart__row chart__row--estimate']")
    words = text_of(row)
    low, central, high = (
        format_money(getattr(estimate, end), language) for end in ("low", "central", "high")
    )

    assert central in words
    assert RANGE[language].format(low=low, high=high) in words
    assert re.search(ILLUSTRATIVE[language], words, re.IGNORECASE)


NOTE = {
    "nl": "seksuele uitbuiting van minderjarigen, in cijfers en zonder details",
    "fr": "exploitation sexuelle des mineurs, en chiffres et sans détails",
    "de": "sexuelle Ausbeutung von Minderjährigen, in Zahlen und ohne Einzelheiten",
    "en": "sexual exploitation of children, in figures and without details",
}
NOTE_OF_RESULT = {
    "nl": "Moeilijk om te lezen?", "fr": "Difficile à lire\u00a0?", "de": "Belastet Sie das?",
    "en": "Hard to read?",
}  # fmt: skip
NOTE_OF_SOURCES = {
    "nl": "Niemands verhaal staat hier", "fr": "L’histoire de personne",
    "de": "Niemandes Geschichte", "en": "No one’s story is told here",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "calculate", "result", "sources", "method", "press"])
def test_a_content_note_stands_before_calculator_and_figures(language, name, site):
    page = site.page(language, name)
    main = text_of(page.all("main")[0])
    note = {"sources": NOTE_OF_SOURCES, "result": NOTE_OF_RESULT}.get(name, NOTE)[language]

    assert note in main
    assert not [part for part in page.all("*[@hidden]") if note in text_of(part)]
    before, _, after = main.partition(note)
    assert not re.search(r"[€$£%]", before), "a figure stands before the note"
    help_path = site.page(language, "help").path
    assert any(link.get("href") == help_path for link in page.all("main//a"))
    assert after
