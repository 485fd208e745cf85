"""An amount in a sentence beside its figure: the same number in the manner of each language."""

from __future__ import annotations

import pytest

from campaign.published.amounts import differing_amounts

FIGURE = {"currency": "EUR", "low": "1250", "high": "99000000000"}


def found(language, text, **figure):
    return list(differing_amounts({**FIGURE, **figure, "says": {language: text}}))


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("nl", "Zij verdienden € 2.500 per week.", "€ 2.500"),
        ("nl", "Zij verdienden 1,25 miljoen euro.", "1,25 miljoen euro"),
        ("fr", "Ils gagnaient 2\u00a0500\u00a0€ par semaine.", "2\u00a0500\u00a0€"),
        ("fr", "Ils gagnaient 12 millions d’euros.", "12 millions d’euros"),
        ("de", "Sie verdienten 2.500 Euro.", "2.500 Euro"),
        ("de", "Sie verdienten 9,9 Milliarden Dollar.", "9,9 Milliarden Dollar"),
        ("en", "They earned €1.250 a week.", "€1.250"),
        ("en", "They earned £3,000.", "£3,000"),
    ],
)
def test_an_amount_that_is_not_the_figure_is_found(language, text, amount):
    assert found(language, text) == [(("says", language), amount)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Zij verdienden € 1.250 per week, samen 99 miljard."),
        ("fr", "Sur 150 milliards d’euros, 99 milliards viennent de là."),
        ("fr", "Ils gagnaient 1\u00a0250\u00a0€."),
        ("nl", "In 2015 1.250 euro."),
        ("de", "Rund 1.240 Euro im Jahr 2019."),
        ("en", "Of 150 billion dollars, 99 billion is profit."),
        ("en", "In 2019, 24 per cent of 500 victims."),
    ],
)
def test_the_figure_itself_rounded_or_beside_others_is_left_alone(language, text):
    assert found(language, text) == []


def test_only_sums_of_money_are_compared():
    assert list(differing_amounts({"central": "12", "says": {"en": "They earned €5."}})) == []
    assert found("en", "They earned €5.", low=["a list"], high="12 or so") == []
