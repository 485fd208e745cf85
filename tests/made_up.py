"""Made-up, round figures: what staff edit in sources/ can break no test that uses these."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest

from calculator.errors import Problem, SourcesInvalid
from calculator.figures.publication import Publication
from calculator.figures.sources import Sources
from calculator.loading.folder import load_sources

TODAY = datetime.date(2026, 11, 22)

X = "{nl: x, fr: x, de: x, en: x}"


def period(name: str, length: str) -> str:
    """Return a period as a line of scenarios.yaml; `length` is such as `months: 6`."""
    return f"  - {{id: {name}, {length}, label: {X}, in_sentence: {X}}}\n"


SCENARIOS = """\
price_year:
  value: 2022
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
margin:
  value: 0.8
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
weeks_per_year:
  value: 50
  basis: measured
  reason: {nl: x, fr: x, de: x, en: x}
periods:
PERIODS
regions:
  - id: BE
    label: {nl: x, fr: x, de: x, en: x}
    sentence: {nl: "x {period}", fr: "x {period}", de: "x {period}", en: "x {period}"}
    typical: [BE, FR]
    floor: [WORLD]
    basis: assumption
    reason: {nl: x, fr: x, de: x, en: x}
read:
  own: 1
  confirmed: 1
  once: 0.5
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
basis:
  study: 1
  statement: 0.5
  case: 0.5
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
quantiles:
  low: 0.25
  high: 0.75
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
minimum:
  families_for_a_range: 2
  families_for_the_middle: 4
  families_for_a_row: 3
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
one_family_moves_at_most:
  value: 0.5
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
""".replace(
    "PERIODS\n",
    period("1w", "weeks: 1")
    + period("1m", "months: 1")
    + period("6m", "months: 6")
    + period("1y", "months: 12")
    + period("2y", "months: 24"),
)

FAMILIES = """\
families:
  - {id: alpha, label: {nl: x, fr: x, de: x, en: x}}
  - {id: beta, label: {nl: x, fr: x, de: x, en: x}}
  - {id: gamma, label: {nl: x, fr: x, de: x, en: x}}
  - {id: delta, label: {nl: x, fr: x, de: x, en: x}}
"""

RATES = """\
exchange_rates:
  what: {nl: x, fr: x, de: x, en: x}
  publisher: "A bank"
  title: "Rates"
  url: "https://bank.example/rates"
  computed_from: "daily rates"
  accessed: 2026-11
  by_year:
    2020: {USD: 1.6, GBP: 0.5, CAD: 2}
    2021: {USD: 2, GBP: 0.5, CAD: 2}
    2022: {USD: 1.25, GBP: 0.8, CAD: 1.6}
consumer_prices:
  what: {nl: x, fr: x, de: x, en: x}
  publisher: "An office"
  title: "Prices"
  url: "https://office.example/prices"
  computed_from: "yearly percentages"
  accessed: 2026-11-20
  by_year:
    2021: 25
    2022: 60
"""

PUBLICATION = """\
id: {id}
publisher: "Publisher {id}"
title: "Title {id}"
year: 2022
language: nl
kind: {kind}
url: "https://{id}.example/report"
read_at: publisher
accessed: 2026-11-21
figures:
"""

FIGURE = """\
  - id: {id}
    label: {{nl: x, fr: x, de: x, en: x}}
    measure: profit
    form: sexual-exploitation
    scope: minors
    region: BE
    central: {central}
    currency: EUR
    unit: per-victim-per-year
    reference_year: 2022
    family: {family}
    basis: study
    claim: typical
    read: own
    reliability: strong
    says: {{nl: x, fr: x, de: x, en: x}}
    caveat: {{nl: x, fr: x, de: x, en: x}}
"""


def _publication(name: str, kind: str, **centrals: int) -> str:
    # Each of the four figures is a family of its own: the second of beta is delta.
    figures = [
        FIGURE.format(id=f"{name}-{key}", central=value, family="delta" if key == "two" else name)
        for key, value in centrals.items()
    ]
    return PUBLICATION.format(id=name, kind=kind) + "".join(figures)


@dataclass(frozen=True)
class Folder:
    """A sound folder of made-up figures, to be damaged in one place."""

    path: Path

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.path / file).write_bytes(data)

    def replace(self, file: str, old: str, new: str) -> None:
        text = self.text(file)
        assert old in text, f"{file} holds no {old!r} to damage"
        self.write(file, text.replace(old, new, 1))

    def line_of(self, file: str, text: str) -> int:
        before, found, _ = self.text(file).partition(text)
        assert found, f"{file} holds no {text!r}"
        return before.count("\n") + 1

    def load(self) -> Sources:
        return load_sources(self.path, today=TODAY)

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(SourcesInvalid) as refused:
            self.load()
        return refused.value.problems


@pytest.fixture
def folder(tmp_path):
    """Four figures of four families from three publications; most tests damage alpha-one."""
    sound = Folder(tmp_path / "sources")
    (sound.path / "publications").mkdir(parents=True)
    sound.write("scenarios.yaml", SCENARIOS)
    sound.write("rates.yaml", RATES)
    sound.write("families.yaml", FAMILIES)
    sound.write("publications/alpha.yaml", _publication("alpha", "authority", one=1000))
    sound.write("publications/beta.yaml", _publication("beta", "court", one=2000, two=3000))
    sound.write("publications/gamma.yaml", _publication("gamma", "research", one=4000))
    return sound


@pytest.fixture(scope="session")
def build_sources(tmp_path_factory):
    """Return a function that makes Sources from short descriptions of figures.

    Each figure is a mapping with what differs from a typical profit over minors in Belgium, in
    euros of 2022 per victim and year, from a study read in its own words, of a family of its own;
    `publication`, `kind` and `published` describe its publication.
    """
    home = Folder(tmp_path_factory.mktemp("made-up") / "sources")
    (home.path / "publications").mkdir(parents=True)
    home.write("scenarios.yaml", SCENARIOS)
    home.write("rates.yaml", RATES)
    home.write("families.yaml", FAMILIES)
    home.write("publications/alpha.yaml", _publication("alpha", "authority", one=1000))
    home.write("publications/beta.yaml", _publication("beta", "authority", one=2000))
    empty = home.load()
    texts = dict.fromkeys(("nl", "fr", "de", "en"), "x")

    def build(figures):
        publications = {}
        for number, given in enumerate(figures):
            figure = {
                "id": f"figure-{number}",
                "label": texts,
                "measure": "profit",
                "form": "sexual-exploitation",
                "scope": "minors",
                "region": "BE",
                "currency": "EUR",
                "unit": "per-victim-per-year",
                "reference_year": 2022,
                "family": f"family-{number}",
                "basis": "study",
                "claim": "typical",
                "read": "own",
                "reliability": "fair",
                "says": texts,
                "caveat": texts,
                **given,
            }
            name = figure.pop("publication", f"publication-{number}")
            publication = {
                "id": name,
                "publisher": "x",
                "title": "x",
                "language": "nl",
                "kind": figure.pop("kind", "authority"),
                "year": figure.pop("published", 2022),
                "url": "https://a.example/",
                "read_at": "publisher",
                "accessed": "2026-11",
                "figures": [],
            }
            publications.setdefault(name, publication)["figures"].append(figure)
        read = tuple(map(Publication.model_validate, publications.values()))
        return Sources(
            read, empty.rates, empty.scenarios, empty.families, "made-up", empty.documents
        )

    return build
