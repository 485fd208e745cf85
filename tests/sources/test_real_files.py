"""The real figures: they load, their addresses are fit to be linked, and the choices stand.

This is the only folder of tests that an edit of sources/ can break.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.estimate import estimate
from calculator.languages import LANGUAGES
from calculator.loading.folder import load_sources
from calculator.sensitivity import sensitivity

SOURCES = Path(__file__).parents[2] / "sources"


@pytest.fixture(scope="module")
def sources():
    return load_sources(SOURCES)


def test_real_files_load_without_a_problem(sources):
    assert sources.digest


# Copies, proxies, aggregators, and pages that print a price per act or per person.
UNFIT = (
    "oszar.com", "docslib", "lexboost", "dekrantenkoppen", "blogspot", "casetext", "readkong",
    "zh.carnegie", "limportant", "studylib", "hr.asia", "localnews8", "gtn24", "wakadaily",
    "diginto", "themissionhaven", "europesays", "taylorfrancis", "syndicat-snpm", "gelderlander",
    "dmf20181104_03904917", "fibre2fashion", "miragenews", "parallelparliament", "studicata",
    "ikeaflex", "tvl.be", "l.bfmtv",
)  # fmt: skip


def test_no_address_is_a_copy_or_prints_a_price(sources):
    for publication, figure in sources.figures():
        for address in (publication.url, figure.url, figure.confirmed_by):
            assert not [host for host in UNFIT if address and host in address], figure.id


def test_what_waits_says_for_what_and_takes_no_part(sources):
    waiting = {cited.figure.id for cited in sources.figures()} - {
        cited.figure.id for cited in sources.shown()
    }
    assert waiting == {"fr-paris-2018-flat-week", "fr-sirasco-2024-cases"}
    for region in sources.scenarios.regions:
        result = estimate(sources, region.id, "1y")
        assert not waiting & {item.cited.figure.id for item in result.contributions}
        assert not waiting & {cited.figure.id for cited in result.beside}


def test_rates_are_those_of_the_research(sources):
    # A few of each, read off the research by eye; by_hand.md rests on more of them.
    rates, prices = sources.rates.exchange_rates.by_year, sources.rates.consumer_prices.by_year

    assert (rates[2003]["USD"], rates[2003]["GBP"], rates[2003]["CAD"]) == (1.1312, 0.692, 1.5817)
    assert (rates[2025]["USD"], rates[2025]["GBP"], rates[2025]["CAD"]) == (1.13, 0.8568, 1.5787)
    assert list(rates) == list(range(2003, 2026))
    assert (prices[2004], prices[2009], prices[2022], prices[2024]) == (
        2.0973, -0.0531, 9.5975, 3.1435,
    )  # fmt: skip
    assert list(prices) == list(range(2004, 2025))


def test_scenarios_hold_the_choices_of_the_method(sources):
    scenarios = sources.scenarios
    be, europe, world = map(sources.region, SHOWN_A_YEAR)
    near = {"BE", "NL", "FR", "DE", "LU", "UK", "ES", "IT", "EU", "EUROPE",
            "INDUSTRIALISED-COUNTRIES", "EU+DEVELOPED-ECONOMIES"}  # fmt: skip

    assert (be.same_as, be.beside, be.typical, be.floor) == ("EUROPE", ("BE",), (), ())
    assert (set(europe.typical), europe.floor) == (near, ("WORLD",))
    assert (world.typical, world.floor) == (("WORLD",), ())
    read, basis, minimum = scenarios.read, scenarios.basis, scenarios.minimum
    assert (read.own, read.confirmed, read.once) == (1, 1, 0.5)
    assert (basis.study, basis.statement, basis.case) == (1, 0.5, 0.5)
    assert (scenarios.quantiles.low, scenarios.quantiles.high) == (0.25, 0.75)
    assert scenarios.margin.value == 0.7
    assert scenarios.weeks_per_year.value == 52.1775
    assert scenarios.price_year.value == 2024
    assert scenarios.one_family_moves_at_most.value == 0.5
    assert (
        minimum.families_for_a_range,
        minimum.families_for_the_middle,
        minimum.families_for_a_row,
    ) == (2, 4, 3)


SHOWN_A_YEAR = {
    "BE": (15_000, 50_000, 85_000),
    "EUROPE": (15_000, 50_000, 85_000),
    "WORLD": (25_000, None, 40_000),
}


def test_every_scenario_a_visitor_can_choose_has_an_estimate(sources):
    scenarios = sources.scenarios
    for region, expected in SHOWN_A_YEAR.items():
        shown = estimate(sources, region, "1y").shown
        assert (shown.low, shown.central, shown.high) == expected
    for region in scenarios.regions:
        for period in scenarios.periods:
            result = estimate(sources, region.id, period.id)
            assert 0 < result.euros.low <= result.euros.central <= result.euros.high


def test_sensitivity_of_every_region_can_be_computed(sources):
    for region in SHOWN_A_YEAR:
        found = sensitivity(sources, estimate(sources, region, "1y").evidence)
        missing = {row.name for row in found.rows if row.euros is None}
        if region == "WORLD":
            assert len(missing) == len(found.rows)
        else:
            assert missing == {"studies-only", "minors-only"}
            assert found.leave_one_family_out.moves_most == "unodc"


def test_no_text_is_left_to_write(sources):
    for publication, figure in sources.figures():
        texts = [publication.title, publication.publisher, publication.reported_by or ""]
        for text in (figure.label, figure.says, figure.caveat):
            written = [text.in_language(language) for language in LANGUAGES]
            assert len(set(written)) > 1, f"{figure.id}: one text in all four languages"
            texts += written
        for text in texts:
            assert "??" not in text, figure.id
            assert "TODO" not in text, figure.id
            assert "DOSSIER" not in text, figure.id
