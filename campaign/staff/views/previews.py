"""What an edit would do, ready to be shown: problems, scenarios, chart, cards, texts, diff."""

import base64
import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from calculator.card.layout import FORMATS
from calculator.errors import SourcesInvalid
from calculator.estimate import Estimate, Range, estimate
from calculator.figures.publication import LANGUAGES
from calculator.formatting import format_money
from calculator.languages import OF_THE_CODE
from campaign.published.texts import check_sections
from campaign.staff.desk import Desk
from campaign.staff.files.checking import Trial
from campaign.staff.files.checkout import Checkout, Edit
from campaign.staff.views.words import count
from campaign.upkeep.impact.compare import Impact, ScenarioImpact, compare
from campaign.upkeep.impact.differences import Change
from campaign.views.chart import Chart, draw_chart
from campaign.words.card import card_words
from campaign.words.families import say_families
from campaign.words.i18n import catalogue

USUAL = ("BE", "1y")


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it; without `impact` the edit changes no figures, or cannot be computed.

    Of the scenarios only those that move; `estimate` is that of chart and cards; `diffs` holds
    the lines of each file that compare_texts gives.
    """

    trial: Trial
    impact: Impact | None
    scenarios: Sequence[Mapping[str, object]]
    unchanged: str
    changes: Sequence[str]
    shown: str
    chart: Chart | None
    estimate: Range | None
    cards: Sequence[Mapping[str, str]]
    texts: Sequence[Mapping[str, object]]
    diffs: Mapping[str, Sequence[tuple[str, str]]]


def preview(desk: Desk, edit: Edit) -> Preview:
    """Try an edit and show what it would do; nothing is written."""
    trial = desk.try_edit(edit)
    impact = _impact(desk, trial)
    moved = [item for item in impact.scenarios if item.changed] if impact is not None else []
    after = _estimate_to_show(trial, moved)
    return Preview(
        trial=trial,
        impact=impact,
        scenarios=[_row(item, trial) for item in moved],
        unchanged=_say_unchanged(len(impact.scenarios) - len(moved)) if impact is not None else "",
        changes=list(_say_changes(impact)) if impact is not None else [],
        shown=_name(after, trial) if after is not None else "",
        chart=_chart(trial, after),
        estimate=after.shown_year if after is not None else None,
        cards=_cards(desk, after) if after is not None else [],
        texts=_texts(edit) if not trial.problems else [],
        diffs={name: compare_texts(desk.checkout.read(name), text) for name, text in edit.items()},
    )


def _name(scenario: ScenarioImpact | Estimate, trial: Trial) -> str:
    sides = (trial.after.sources, trial.before.sources)  # it may stand in one of them alone
    listed = [side.scenarios for side in sides if side is not None]
    regions = {x.id: x.label for side in listed for x in side.regions}
    periods = {x.id: x.in_sentence for side in listed for x in side.periods}
    names = (regions[scenario.region], periods[scenario.period])
    return ", ".join(name.in_language(OF_THE_CODE) for name in names)


def _impact(desk: Desk, trial: Trial) -> Impact | None:
    before, after = trial.before.sources, trial.after.sources
    if before is None or after is None or before.digest == after.digest:
        return None
    addresses = desk.settings.card_addresses
    catalogues = current_app.extensions["catalogues"]
    return compare(before, after, addresses=addresses, catalogues=catalogues)


def _estimate_to_show(trial: Trial, moved: Sequence[ScenarioImpact]) -> Estimate | None:
    """Choose the scenario for chart and cards: the Belgian year, else the one that moves most."""
    sources = trial.after.sources
    there = [item for item in moved if item.after is not None]
    if sources is None or not there:
        return None
    usual = [item for item in there if (item.region, item.period) == USUAL]
    chosen = (usual or sorted(there, key=lambda item: -abs(item.percent or 0)))[0]
    return estimate(sources, chosen.region, chosen.period)


def _chart(trial: Trial, after: Estimate | None) -> Chart | None:
    if after is None or trial.after.sources is None:
        return None
    families = say_families(after, trial.after.sources.families, "en")
    return draw_chart(families, after)


def _row(item: ScenarioImpact, trial: Trial) -> dict[str, object]:
    percent = item.percent
    return {
        "name": _name(item, trial),
        "before": _say(item.before),
        "after": _say(item.after),
        "percent": "" if percent is None else f"{percent:+.1f} %",
        "large": item.large,
    }


def _say(euros: Range | None) -> str:
    if euros is None:
        return "not offered"
    low, high = (format_money(round(value), "en") for value in (euros.low, euros.high))
    central = euros.central
    around = "" if central is None else f", around {format_money(round(central), 'en')}"
    return f"{low} to {high} (illustrative{around})"


def _say_unchanged(number: int) -> str:
    stay = "stays as it is" if number == 1 else "stay as they are"
    return f"{count(number, 'other scenario')} {stay}."


def _say_changes(impact: Impact) -> Iterator[str]:
    yield from (f"New publication: {item.title}" for item in impact.publications_added)
    yield from (f"Publication removed: {item.title}" for item in impact.publications_removed)
    for item in impact.figures_added:
        yield f"New figure: {item.label} ({', '.join(item.regions_after) or 'context'})"
    yield from (f"Figure removed: {item.label}" for item in impact.figures_removed)
    for item in impact.figures_changed:
        yield f"Figure changed: {item.label}: {'; '.join(map(_say_change, item.changes))}"


def _say_change(change: Change) -> str:
    before, after = ("nothing" if each is None else each for each in (change.before, change.after))
    return f"{change.field} {before} → {after}"


def _cards(desk: Desk, result: Estimate) -> list[dict[str, str]]:
    found = []
    for language in LANGUAGES:
        address = desk.settings.card_addresses[language]
        words = card_words(result, language, catalogue(language), address)
        drawn = base64.b64encode(desk.studio.draw(words, FORMATS["facebook"])).decode()
        picture = f"data:image/jpeg;base64,{drawn}"
        said = f"{words.statement} {words.amount}. {words.range_line} {words.no_price}"
        said += f" {words.help_line}"
        found.append({"language": language, "picture": picture, "said": said})
    return found


def _texts(edit: Edit) -> list[dict[str, object]]:
    """List the pages of words as the site will show them."""
    found: list[dict[str, object]] = []
    for name, text in edit.items():
        language = Path(name).parent.name
        if name.endswith(".md") and text is not None and language in LANGUAGES:
            with suppress(SourcesInvalid):
                sections = check_sections(text.encode(), name)
                found.append({"language": language, "sections": sections})
    return found


def compare_texts(before: str | None, after: str | None) -> list[tuple[str, str]]:
    """Return the lines that differ, with one line around each, as a sign and a text."""
    lines = difflib.unified_diff(
        (before or "").splitlines(), (after or "").splitlines(), n=1, lineterm=""
    )
    return [(line[0], line[1:]) for line in list(lines)[2:]]


def changed_only(checkout: Checkout, edit: Edit) -> dict[str, str | None]:
    """Leave out the files an edit does not change."""
    return {name: text for name, text in edit.items() if checkout.read(name) != text}
