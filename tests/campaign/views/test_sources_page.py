"""Sources and facts: every figure is shown with what belongs to it, and filters find it again."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import parse_qsl, urlencode

import pytest
from page import text_of

from calculator.formatting import format_money, format_month, format_number
from campaign.words.figure import say_value

LANGUAGES = ("nl", "fr", "de", "en")
FILTERS = ("region", "kind", "scope", "measure")
BY = "p[@class='publication__by']"


def tidy(text):
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def values_of(publication, figure):
    return {
        "region": figure.region,
        "kind": publication.kind,
        "scope": figure.scope,
        "measure": figure.measure,
    }


@pytest.fixture(scope="module")
def figures(site):
    found = list(site.published.sources.shown())
    assert len(found) > 100, "well over a hundred figures"
    assert len(site.published.sources.publications) > 80
    return found


def entries_of(page):
    """Find the entries of figures by the figures' ids; a publication may have the same id."""
    entries = page.all("ul[@class='publication__figures']/li[@id]")
    return {item.get("id").removeprefix("figure-"): item for item in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_stands_there_with_value_caveat_year_and_link(language, site, figures):
    page = site.page(language, "sources")
    entries = entries_of(page)
    articles = {item.get("id"): item for item in page.all("article")}
    assert set(entries) == {figure.id for _publication, figure in figures}
    assert set(articles) == {publication.id for publication, _figure in figures}
    with site.app.test_request_context(page.path):
        site.app.preprocess_request()
        values = {figure.id: say_value(figure, language) for _publication, figure in figures}
    for publication, figure in figures:
        text = text_of(entries[figure.id])
        for part in (figure.label, figure.says, figure.caveat):
            assert part.in_language(language) in text
        assert values[figure.id] in text
        if figure.reference_year:
            assert str(figure.reference_year) in text
        links = {link.get("href") for link in articles[publication.id].iter("a")}
        assert (figure.url or publication.url) in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_publication_names_title_publisher_year_and_when_it_was_read(language, site):
    page = site.page(language, "sources")
    for article in page.all("article"):
        publication = next(
            item for item in site.published.sources.publications if item.id == article.get("id")
        )
        cites = article.findall(".//h3/a/cite")
        assert [cite.get("lang") for cite in cites] == [publication.language]
        assert text_of(cites[0]) == tidy(publication.title)
        assert [link.get("href") for link in article.findall(".//h3/a")] == [publication.url]
        text = text_of(article)
        assert site.publisher(publication.publisher, language) in text
        assert format_month(publication.accessed, language) in text
        if isinstance(publication.year, int):
            assert str(publication.year) in text
        if publication.reported_by:
            assert site.publisher(publication.reported_by, language) in text


def test_page_counts_what_it_stands_on(site, figures):
    publications = len({publication.id for publication, _figure in figures})
    for language in LANGUAGES:
        lead = site.page(language, "sources").all("p[@class='lead']")[0]
        numbers = re.findall(r"\d+", text_of(lead))
        assert numbers == [str(len(figures)), str(publications)]


def shown(page):
    return set(entries_of(page))


@pytest.mark.parametrize("name", FILTERS)
def test_filters_find_exactly_the_figures_of_each_value(name, site, figures):
    occurring = {values_of(*pair)[name] for pair in figures}
    [select] = site.page("nl", "sources").all(f"select[@id='filter-{name}']")
    offered = {option.get("value") for option in select.iter("option")} - {""}
    assert offered == occurring
    for value in sorted(occurring):
        page = site.page("nl", "sources", query=f"?{urlencode({name: value})}")
        expected = {figure.id for pub, figure in figures if values_of(pub, figure)[name] == value}
        assert shown(page) == expected
        chosen = [x.get("value") for x in page.all("option") if "selected" in x.attrib]
        assert chosen == [value]
        assert re.search(rf"\b{len(expected)}\b", text_of(page.all("span[@role='status']")[0]))


def test_filters_can_be_combined(site, figures):
    for region, kind in product(("BE", "NL", "WORLD"), ("court", "press")):
        page = site.page("en", "sources", query=f"?region={region}&kind={kind}&scope=&measure=")
        expected = {
            figure.id
            for publication, figure in figures
            if figure.region == region and publication.kind == kind
        }
        assert shown(page) == expected


def test_unknown_filters_are_ignored(site, figures):
    for query in ("?region=XX", "?kind=<script>", "?nothing=1", "?region=BE'--&scope=%00"):
        page = site.page("en", "sources", query=query)
        assert page.status == 200
        assert len(shown(page)) == len(figures)
        assert "<script>" not in text_of(page.all("main")[0])


def test_a_filter_without_figures_says_so(site):
    page = site.page("en", "sources", query="?region=LU&measure=age")
    assert shown(page) == set()
    assert re.search(r"\b0\b", text_of(page.all("span[@role='status']")[0]))
    assert any(link.get("href") == "/en/sources#figures" for link in page.all("main//a"))


def counts_of(page):
    """Return how many figures each choice of each filter says it shows."""
    return {
        (select.get("name"), option.get("value")): int(re.search(r"\((\d+)\)$", text_of(option))[1])
        for select in page.all("select")
        for option in select.iter("option")
    }


@pytest.mark.parametrize(
    "query", ["", "region=BE", "kind=press&scope=minors", "region=LU&kind=press"]
)
def test_each_choice_shows_as_many_figures_as_it_says(query, site):
    chosen = dict(parse_qsl(query))
    page = site.page("fr", "sources", query=f"?{query}" if query else "")
    for (name, value), count in counts_of(page).items():
        other = urlencode({**chosen, name: value})
        assert len(shown(site.page("fr", "sources", query=f"?{other}"))) == count


def test_a_choice_that_would_show_nothing_is_not_offered(site):
    page = site.page("nl", "sources", query="?region=LU")
    counts = counts_of(page)

    assert set(counts.values()) - {0}
    assert 0 not in counts.values()
    assert ("measure", "profit") not in counts, "Luxembourg has none"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_and_the_facts_of_a_figure_begin_with_a_capital(language, site):
    page = site.page(language, "sources")
    words = [text_of(option) for option in page.all("option")]
    words += [text_of(entry.findall("p")[-1]) for entry in entries_of(page).values()]

    assert len(words) > 100
    assert [text for text in words if text[0] != text[0].upper()] == []


LONGEST_CAPTION = 27


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_is_one_short_sentence(language, figures):
    for _publication, figure in figures:
        says = figure.says.in_language(language)
        assert len(says.split()) <= LONGEST_CAPTION, says
        assert says.endswith(".")
        assert not re.search(r"[.?!] [A-ZÀÉ‘«„]", says), f"two sentences: {says}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_millions_and_milliards_are_written_out(language, site):
    values = " ".join(
        text_of(value) for value in site.page(language, "sources").all("strong[@class='number']")
    )
    expected = {
        "nl": ("US$ 33,9 miljard in totaal per jaar", "300 miljoen minderjarigen"),
        "fr": ("33,9 milliards de dollars au total par an", "300 millions de mineurs"),
        "de": ("33,9 Milliarden $ insgesamt pro Jahr", "300 Millionen Minderjährige"),
        "en": ("US$33.9 billion in all per year", "300 million children"),
    }[language]
    for text in expected:
        assert text in values.replace("\u00a0", " ")
    assert not re.search(r"[.,\u00a0]000[.,\u00a0]000", values)


def test_bodies_are_called_by_the_name_that_readers_know(site):
    names = {"nl": "Internationale Arbeidsorganisatie", "fr": "Organisation internationale du",
             "de": "Internationale Arbeitsorganisation"}  # fmt: skip
    for language, name in names.items():
        told = [text_of(each) for each in site.page(language, "sources").all(BY)]
        assert sum(name in text for text in told) == 5
        assert not any("International Labour" in text for text in told)


def test_use_in_the_estimate_is_told_for_every_figure(site, figures):
    page = site.page("en", "sources")
    used = {
        item.cited.figure.id
        for estimate in site.published.estimates.values()
        for item in estimate.contributions
    }
    for name, entry in entries_of(page).items():
        takes_part = "Takes part in the estimate, with weight:" in text_of(entry)
        context = "Context: takes no part in the estimate." in text_of(entry)
        assert takes_part != context
        assert takes_part == (name in used)


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_of_the_first_page_are_figures_with_their_source(language, site, figures):
    by_id = {figure.id: (publication, figure) for publication, figure in figures}
    wanted = site.app.extensions["published"].contacts.facts.facts
    page = site.page(language, "home")
    shown_facts = page.all("ul[@class='facts__list']/li")
    assert 3 <= len(wanted) <= 5
    assert len(shown_facts) == len(wanted)
    for name, item in zip(wanted, shown_facts, strict=True):
        publication, figure = by_id[name]
        text = text_of(item)
        assert figure.says.in_language(language) in text
        assert figure.caveat.in_language(language) in text
        assert site.publisher(publication.publisher, language) in text
        sources = site.page(language, "sources").path
        assert f"{sources}#{publication.id}" in {link.get("href") for link in item.iter("a")}
        assert figure.reliability != "weak"


@pytest.mark.parametrize("language", LANGUAGES)
def test_method_shows_todays_weights_and_the_worked_example(language, site):
    page = site.page(language, "method")
    scenarios = site.published.sources.scenarios
    for _location, part in scenarios.reasoned():
        assert part.reason.in_language(language) in page.words
    read, basis = scenarios.read, scenarios.basis
    for weight in (read.own, read.confirmed, read.once, basis.study, basis.statement, basis.case):
        assert format_number(weight, language, decimals=6) in page.words
    worked = site.published.estimates["EUROPE", "1y"].shown
    for end in (worked.low, worked.central, worked.high):
        assert format_money(end, language) in page.words
    assert "2016" in page.words
