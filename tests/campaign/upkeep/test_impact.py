"""What an edit does: every number before and after."""

from __future__ import annotations

import pytest
from made_up import period

from campaign import create_app
from campaign.cards.addresses import card_path, words_for
from campaign.upkeep.impact.compare import compare
from campaign.upkeep.impact.sides import Side
from campaign.words.i18n import load_catalogues


@pytest.fixture
def edited(folder):
    """Return the folder as it was, and the same folder to be edited."""
    before = folder.load()
    return before, folder


def by_id(listed):
    return {item.id: item for item in listed}


def scenario(impact, period):
    [found] = [item for item in impact.scenarios if item.period == period]
    return found


def test_same_figures_have_no_impact(folder):
    impact = compare(folder.load(), folder.load())

    assert impact.nothing
    assert not impact.warnings
    assert all(item.percent == 0 for item in impact.scenarios)
    assert [(item.region, item.period) for item in impact.scenarios] == [
        ("BE", "1w"), ("BE", "1m"), ("BE", "6m"), ("BE", "1y"), ("BE", "2y"),
    ]  # fmt: skip


def test_changed_figure_names_the_field_before_and_after(edited):
    before, folder = edited
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1100")
    folder.replace("publications/alpha.yaml", "caveat: {nl: x", "caveat: {nl: y")

    [figure] = compare(before, folder.load()).figures_changed

    assert figure.id == "alpha-one"
    assert figure.publication == "alpha"
    assert [(each.field, each.before, each.after) for each in figure.changes] == [
        ("central", "1000", "1100"),
        ("caveat.nl", "x", "y"),
    ]
    assert figure.regions_before == figure.regions_after == ("BE",)


def test_figure_that_becomes_weak_no_longer_takes_part(edited):
    before, folder = edited
    extra = folder.text("publications/gamma.yaml").replace("gamma", "delta")
    folder.write("publications/delta.yaml", extra)
    before = folder.load()
    folder.replace("publications/delta.yaml", "reliability: strong", "reliability: weak")

    [figure] = compare(before, folder.load()).figures_changed

    assert figure.regions_before == ("BE",)
    assert figure.regions_after == ()


def test_new_publication_and_its_figures_are_added_and_removed_the_other_way(edited):
    before, folder = edited
    text = folder.text("publications/beta.yaml").replace("beta", "delta")
    folder.write("publications/delta.yaml", text)
    after = folder.load()

    there, back = compare(before, after), compare(after, before)

    assert list(by_id(there.publications_added)) == ["delta"]
    assert list(by_id(there.figures_added)) == ["delta-one", "delta-two"]
    assert by_id(there.figures_added)["delta-one"].regions_after == ("BE",)
    assert not there.figures_removed
    assert not there.publications_changed
    assert list(by_id(back.publications_removed)) == ["delta"]
    assert list(by_id(back.figures_removed)) == ["delta-one", "delta-two"]
    assert by_id(back.figures_removed)["delta-one"].regions_before == ("BE",)


def test_changed_publication_lists_its_own_fields_only(edited):
    before, folder = edited
    folder.replace("publications/alpha.yaml", "kind: authority", "kind: research")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1001")

    impact = compare(before, folder.load())

    [publication] = impact.publications_changed
    assert [(each.field, each.before, each.after) for each in publication.changes] == [
        ("kind", "authority", "research")
    ]


def test_changed_weights_and_rates_are_named(edited):
    before, folder = edited
    folder.replace("scenarios.yaml", "once: 0.5", "once: 0.75")
    folder.replace("rates.yaml", "2021: {USD: 2,", "2021: {USD: 2.1,")

    impact = compare(before, folder.load())

    assert [(each.field, each.before, each.after) for each in impact.assumptions_changed] == [
        ("read.once", "0.5", "0.75")
    ]
    assert [(each.field, each.before, each.after) for each in impact.rates_changed] == [
        ("exchange_rates.by_year.2021.USD", "2", "2.1")
    ]
    assert not impact.nothing


def test_scenario_moves_in_percent_of_its_central(edited):
    before, folder = edited
    for name, old in (("alpha", 1000), ("beta", 2000), ("beta", 3000), ("gamma", 4000)):
        folder.replace(f"publications/{name}.yaml", f"central: {old}", f"central: {old * 1.2:g}")

    impact = compare(before, folder.load())

    for item in impact.scenarios:
        assert item.percent == pytest.approx(20)
        assert item.percent_of("low") == pytest.approx(20)
        assert item.after.high == pytest.approx(item.before.high * 1.2)


@pytest.mark.parametrize(("factor", "warned"), [(1.1, 0), (1.11, 5), (0.9, 0), (0.89, 5)])
def test_central_that_moves_more_than_ten_percent_is_warned_of(factor, warned, edited):
    before, folder = edited
    for name, old in (("alpha", 1000), ("beta", 2000), ("beta", 3000), ("gamma", 4000)):
        new = f"central: {round(old * factor)}"
        folder.replace(f"publications/{name}.yaml", f"central: {old}", new)

    impact = compare(before, folder.load())

    assert len(impact.warnings) == warned
    assert all("more than 10 %" in text for text in impact.warnings)


def test_period_that_is_new_has_no_before(edited):
    before, folder = edited
    folder.replace("scenarios.yaml", "  - {id: 6m", period("3m", "months: 3") + "  - {id: 6m")
    after = folder.load()

    there, back = compare(before, after), compare(after, before)

    assert scenario(there, "3m").before is None
    assert scenario(there, "3m").percent is None
    assert scenario(back, "3m").after is None
    assert {item.before for item in there.cards if item.period == "3m"} == {None}
    assert "periods" in [each.field for each in there.assumptions_changed]


def test_sentences_and_cards_change_in_every_language(edited):
    before, folder = edited
    folder.replace("publications/beta.yaml", "central: 3000", "central: 2600")

    impact = compare(before, folder.load())

    year = {item.language: item for item in impact.statements if item.period == "1y"}
    assert list(year) == ["nl", "fr", "de", "en"]
    for item in year.values():
        changes = {each.field: each for each in item.changes}
        assert changes["amount"].before != changes["amount"].after
        assert "minors_line" not in changes
    assert len({item.before for item in impact.cards}) == len(impact.cards) == 5 * 4 * 3
    assert not {item.before for item in impact.cards} & {item.after for item in impact.cards}


def test_card_addresses_are_those_the_site_gives():
    app = create_app()
    sources, addresses = app.extensions["published"].sources, app.config["CARD_ADDRESSES"]
    side = Side.of(sources, load_catalogues(), addresses)

    with app.test_request_context():
        for (language, region, period, card_format), path in side.cards.items():
            result = side.estimates[region, period]
            assert path == card_path(words_for(result, language), result, card_format)
