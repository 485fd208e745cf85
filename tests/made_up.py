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

SCENARIOS = """\
price_year: 2022
active_days_per_week:
  value: 5
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
weeks_per_year:
  value: 50
  basis: measured
  reason: {nl: x, fr: x, de: x, en: x}
periods:
  - {id: 1w, weeks: 1}
  - {id: 1m, months: 1}
  - {id: 6m, months: 6}
  - {id: 1y, months: 12}
  - {id: 2y, months: 24}
regions:
  - id: BE
    weights: {BE: 1, FR: 0.5, WORLD: 0.25}
    basis: assumption
    reason: {nl: x, fr: x, de: x, en: x}
kind:
  weights: {institutional: 1, court: 1, academic: 0.75, journalism: 0.5}
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
scope:
  weights: {minors: 1, women-and-girls: 0.75, all: 0.75, adults: 0.5}
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
stretch:
  units: {per-victim-per-day: 20, per-victim-per-week: 4, per-victim-per-month: 12}
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
minimum:
  figures: 4
  publications: 3
  basis: assumption
  reason: {nl: x, fr: x, de: x, en: x}
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
via: primary
accessed: 2026-11-21
figures:
"""

FIGURE = """\
  - id: {id}
    label: {{nl: x, fr: x, de: x, en: x}}
    measure: revenue
    form: sexual-exploitation
    scope: minors
    region: BE
    central: {central}
    currency: EUR
    unit: per-victim-per-year
    reference_year: 2022
    reliability: strong
    says: {{nl: x, fr: x, de: x, en: x}}
    caveat: {{nl: x, fr: x, de: x, en: x}}
"""


def _publication(name: str, kind: str, **centrals: int) -> str:
    figures = [FIGURE.format(id=f"{name}-{key}", central=value) for key, value in centrals.items()]
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
    """Four figures from three publications; alpha-one is the figure most tests damage."""
    sound = Folder(tmp_path / "sources")
    (sound.path / "publications").mkdir(parents=True)
    sound.write("scenarios.yaml", SCENARIOS)
    sound.write("rates.yaml", RATES)
    sound.write("publications/alpha.yaml", _publication("alpha", "institutional", one=1000))
    sound.write("publications/beta.yaml", _publication("beta", "court", one=2000, two=3000))
    sound.write("publications/gamma.yaml", _publication("gamma", "academic", one=4000))
    return sound


@pytest.fixture(scope="session")
def build_sources(tmp_path_factory):
    """Return a function that makes Sources from short descriptions of figures.

    Each figure is a mapping with what differs from one over minors in Belgium, in euros of 2022
    per year, from an institution; `publication`, `kind` and `published` describe its publication.
    """
    home = Folder(tmp_path_factory.mktemp("made-up") / "sources")
    (home.path / "publications").mkdir(parents=True)
    home.write(
        "scenarios.yaml", SCENARIOS.replace("figures: 4", "figures: 1").replace("s: 3", "s: 1")
    )
    home.write("rates.yaml", RATES)
    home.write("publications/alpha.yaml", _publication("alpha", "institutional", one=1000))
    empty = home.load()
    texts = dict.fromkeys(("nl", "fr", "de", "en"), "x")

    def build(figures):
        publications = {}
        for number, given in enumerate(figures):
            figure = {
                "id": f"figure-{number}",
                "label": texts,
                "measure": "revenue",
                "form": "sexual-exploitation",
                "scope": "minors",
                "region": "BE",
                "currency": "EUR",
                "unit": "per-victim-per-year",
                "reference_year": 2022,
                "reliability": "strong",
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
                "kind": figure.pop("kind", "institutional"),
                "year": figure.pop("published", 2022),
                "url": "https://a.example/",
                "via": "primary",
                "accessed": "2026-11",
                "figures": [],
            }
            publications.setdefault(name, publication)["figures"].append(figure)
        read = tuple(map(Publication.model_validate, publications.values()))
        return Sources(read, empty.rates, empty.scenarios, "made-up", empty.documents)

    return build
