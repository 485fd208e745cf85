"""What an edit would do, ready to be shown: problems, scenarios, chart, cards, texts, diff."""

from __future__ import annotations

import base64
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calculator.card.layout import FORMATS
from calculator.errors import Problem
from calculator.estimate import Estimate, Range, estimate
from calculator.figures.publication import LANGUAGES, Language
from calculator.formatting import format_money
from campaign.published.texts import ContentInvalid, Section, check_sections
from campaign.staff.desk import Desk
from campaign.staff.files.checking import Trial
from campaign.staff.files.checkout import Checkout, Edit
from campaign.upkeep.impact.compare import Impact, ScenarioImpact, compare
from campaign.views.chart import Chart, draw_chart
from campaign.words.card import card_words
from campaign.words.estimate import explain_figures
from campaign.words.i18n import LANGUAGE_NAMES
from campaign.words.terms import PERIODS, REGIONS

USUAL = ("BE", "1y")


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario, before and after."""

    name: str
    before: str
    after: str
    percent: str
    large: bool


@dataclass(frozen=True, slots=True)
class CardPreview:
    """A card as it will look."""

    language: str
    name: str
    picture: str
    words: str


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff: its sign, and its text."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What changes in one file."""

    name: str
    lines: tuple[DiffLine, ...]


@dataclass(frozen=True, slots=True)
class TextPreview:
    """A page of words as the site will show it in one language."""

    language: str
    name: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it; without `impact` the edit changes no figures, or cannot be computed."""

    problems: tuple[Problem, ...]
    others: tuple[Problem, ...]
    impact: Impact | None
    scenarios: tuple[ScenarioRow, ...]
    unchanged: int
    shown: str
    chart: Chart | None
    estimate: Range | None
    cards: tuple[CardPreview, ...]
    texts: tuple[TextPreview, ...]
    diffs: tuple[FileDiff, ...]


def preview(desk: Desk, edit: Edit) -> Preview:
    """Try an edit and show what it would do; nothing is written."""
    trial = desk.try_edit(edit)
    impact = _impact(desk, trial)
    moved = [item for item in impact.scenarios if item.changed] if impact is not None else []
    after = _estimate_to_show(trial, moved)
    return Preview(
        problems=trial.problems,
        others=trial.others,
        impact=impact,
        scenarios=tuple(map(_row, moved)),
        unchanged=len(impact.scenarios) - len(moved) if impact is not None else 0,
        shown=name_scenario(after.region, after.period) if after is not None else "",
        chart=draw_chart(explain_figures(after, "en"), after.euros) if after is not None else None,
        estimate=after.shown if after is not None else None,
        cards=_cards(desk, after) if after is not None else (),
        texts=_texts(edit) if not trial.problems else (),
        diffs=tuple(diffs(desk.checkout, edit)),
    )


def name_scenario(region: str, period: str) -> str:
    """Name a scenario for staff."""
    return f"{REGIONS.get(region, region)}, {PERIODS.get(period, period).lower()}"


def _impact(desk: Desk, trial: Trial) -> Impact | None:
    before, after = trial.before.sources, trial.after.sources
    if before is None or after is None or before.digest == after.digest:
        return None
    address = desk.settings.card_address
    return compare(before, after, address=address, catalogues=desk.catalogues)


def _estimate_to_show(trial: Trial, moved: Sequence[ScenarioImpact]) -> Estimate | None:
    """Choose the scenario for chart and cards: the Belgian year, else the one that moves most."""
    sources = trial.after.sources
    there = [item for item in moved if item.after is not None]
    if sources is None or not there:
        return None
    usual = [item for item in there if (item.region, item.period) == USUAL]
    chosen = (usual or sorted(there, key=lambda item: -abs(item.percent or 0)))[0]
    return estimate(sources, chosen.region, chosen.period)


def _row(item: ScenarioImpact) -> ScenarioRow:
    def say(values: object) -> str:
        if values is None:
            return "not offered"
        low, central, high = (
            format_money(round(getattr(values, name)), "en") for name in ("low", "central", "high")
        )
        return f"{central} (illustrative; {low} to {high})"

    percent = item.percent
    return ScenarioRow(
        name=name_scenario(item.region, item.period),
        before=say(item.before),
        after=say(item.after),
        percent="" if percent is None else f"{percent:+.1f} %",
        large=item.large,
    )


def _cards(desk: Desk, result: Estimate) -> tuple[CardPreview, ...]:
    found = []
    for language in LANGUAGES:
        words = card_words(result, language, desk.catalogues[language], desk.settings.card_address)
        drawn = base64.b64encode(desk.studio.draw(words, FORMATS["facebook"])).decode()
        said = f"{words.statement} {words.amount}. {words.range_line} {words.no_price}"
        said += f" {words.help_line}"
        picture = f"data:image/jpeg;base64,{drawn}"
        found.append(CardPreview(language, LANGUAGE_NAMES[language], picture, said))
    return tuple(found)


def _texts(edit: Edit) -> tuple[TextPreview, ...]:
    found = []
    for name, text in edit.items():
        language = Path(name).parent.name
        if not name.endswith(".md") or text is None or language not in LANGUAGES:
            continue
        code: Language = language
        try:
            sections = check_sections(text.encode(), name)
        except ContentInvalid:
            continue
        found.append(TextPreview(code, LANGUAGE_NAMES[code], sections))
    return tuple(found)


def diffs(checkout: Checkout, edit: Edit) -> list[FileDiff]:
    """Compare each file of an edit with what stands in the folder."""
    return [compare_texts(name, checkout.read(name), text) for name, text in edit.items()]


def compare_texts(name: str, before: str | None, after: str | None) -> FileDiff:
    """Return the lines that differ, each with one line around it."""
    lines = difflib.unified_diff(
        (before or "").splitlines(), (after or "").splitlines(), n=1, lineterm=""
    )
    return FileDiff(name, tuple(DiffLine(line[0], line[1:]) for line in list(lines)[2:]))


def changed_only(checkout: Checkout, edit: Mapping[str, str | None]) -> dict[str, str | None]:
    """Leave out the files an edit does not change."""
    return {name: text for name, text in edit.items() if checkout.read(name) != text}
