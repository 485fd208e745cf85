"""What an edit would do, ready to be shown: problems, scenarios, chart, cards, texts, diff."""

import base64
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app

from calculator.card.layout import FORMATS
from calculator.estimate import Estimate, Range, estimate
from calculator.formatting import format_money, format_number
from calculator.languages import LANGUAGES
from campaign.staff.desk import Desk
from campaign.staff.files.checking import Trial
from campaign.staff.files.checkout import Checkout, Edit
from campaign.staff.files.site_pages import SitePage
from campaign.staff.forms.binding import say_in
from campaign.staff.forms.labels import CHOICES, FIGURE
from campaign.staff.forms.markdown_editing import changed_parts
from campaign.staff.views.changed_texts import say_fields, say_parts
from campaign.staff.views.overruling import Reason, list_reasons
from campaign.staff.views.words import region_names
from campaign.upkeep.impact.compare import Impact, ScenarioImpact, compare
from campaign.upkeep.impact.differences import Change
from campaign.views.chart import Chart, draw_chart
from campaign.words.card import card_words
from campaign.words.families import say_families
from campaign.words.i18n import (
    catalogue,
    current_language,
    gettext,
    ngettext,
    say_colon,
    say_semicolon,
)

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
    large: int
    unchanged: str
    changes: Sequence[str]
    overruled: Sequence[Reason]
    shown: str
    chart: Chart | None
    estimate: Range | None
    cards: Sequence[Mapping[str, str]]
    pages: Sequence[SitePage]
    diffs: Mapping[str, Sequence[tuple[str, str]]]
    texts: Edit


def preview(desk: Desk, edit: Edit) -> Preview:
    """Try an edit and show what it would do; nothing is written."""
    trial = desk.try_edit(edit)
    impact = _impact(desk, trial)
    moved = [item for item in impact.scenarios if item.changed] if impact is not None else []
    after = _estimate_to_show(trial, moved)
    parts = {
        name: changed_parts(desk.checkout.read(name) or "", text)
        for name, text in edit.items()
        if text and name.endswith(".md")
    }
    return Preview(
        trial=trial,
        impact=impact,
        scenarios=[_row(item, trial) for item in moved],
        large=sum(item.large for item in moved),
        unchanged=_say_unchanged(len(impact.scenarios) - len(moved)) if impact is not None else "",
        changes=[
            *(_say_changes(impact, trial) if impact is not None else ()),
            *say_parts(desk.checkout, edit),
            *say_fields(desk.checkout, edit),
        ],
        overruled=list(list_reasons(edit)),
        shown=_name(after, trial) if after is not None else "",
        chart=_chart(trial, after),
        estimate=after.shown_year if after is not None else None,
        cards=_cards(desk, after) if after is not None else [],
        pages=list(desk.pages.show(edit, trial.after, parts)) if not trial.problems else [],
        diffs={name: compare_texts(desk.checkout.read(name), text) for name, text in edit.items()},
        texts=edit,
    )


def _name(scenario: ScenarioImpact | Estimate, trial: Trial) -> str:
    sides = (trial.after.sources, trial.before.sources)  # it may stand in one of them alone
    listed = [side.scenarios for side in sides if side is not None]
    regions = {x.id: x.label for side in listed for x in side.regions}
    periods = {x.id: x.label for side in listed for x in side.periods}
    names = (regions[scenario.region], periods[scenario.period])
    return " – ".join(name.in_language(current_language()) for name in names)


def _impact(desk: Desk, trial: Trial) -> Impact | None:
    before, after = trial.before.sources, trial.after.sources
    if before is None or after is None or before.digest == after.digest:
        return None
    addresses = desk.settings.card_addresses
    catalogues = current_app.extensions["catalogues"]
    return compare(before, after, addresses=addresses, catalogues=catalogues)


def _estimate_to_show(trial: Trial, moved: Sequence[ScenarioImpact]) -> Estimate | None:
    """Choose what chart and cards show: the Belgian year, else the year that moves most."""
    sources = trial.after.sources
    there = [item for item in moved if item.after is not None]
    if sources is None or not there:
        return None
    usual = [item for item in there if (item.region, item.period) == USUAL]
    years = [item for item in there if item.period == USUAL[1]]
    chosen = (usual or sorted(years or there, key=lambda item: -abs(item.percent or 0)))[0]
    return estimate(sources, chosen.region, chosen.period)


def _chart(trial: Trial, after: Estimate | None) -> Chart | None:
    if after is None or trial.after.sources is None:
        return None
    families = say_families(after, trial.after.sources.families, current_language())
    return draw_chart(families, after)


def _row(item: ScenarioImpact, trial: Trial) -> dict[str, object]:
    percent = item.percent
    return {
        "name": _name(item, trial),
        "before": _say(item.before),
        "after": _say(item.after),
        "percent": "" if percent is None else _say_percent(percent),
        "large": item.large,
    }


def _say_percent(percent: float) -> str:
    sign = "\u2212" if percent < 0 else "+"
    return f"{sign}{format_number(abs(percent), current_language(), decimals=1)} %"


def _say(euros: Range | None) -> str:
    if euros is None:
        return gettext("not offered")
    language, central = current_language(), euros.central
    low, high = (format_money(round(value), language) for value in (euros.low, euros.high))
    if central is None:
        return gettext("%(low)s to %(high)s (illustrative)") % {"low": low, "high": high}
    return gettext("%(low)s to %(high)s (illustrative, around %(central)s)") % {
        "low": low,
        "high": high,
        "central": format_money(round(central), language),
    }


def _say_unchanged(number: int) -> str:
    return ngettext(
        "%(number)s other scenario stays as it is.",
        "%(number)s other scenarios stay as they are.",
        number,
    ) % {"number": number}


def _labels(trial: Trial) -> Mapping[str, str]:
    """Return what each figure is called, before or after the edit, in the language of the page."""
    return {
        cited.figure.id: cited.figure.label.in_language(current_language())
        for state in (trial.before, trial.after)
        if state.sources is not None
        for cited in state.sources.figures()
    }


def _say_changes(impact: Impact, trial: Trial) -> Iterator[str]:
    labels, names = _labels(trial), region_names(trial.after.sources)
    for item in impact.publications_added:
        yield gettext("New publication: %(title)s") % {"title": item.title}
    for item in impact.publications_removed:
        yield gettext("Publication removed: %(title)s") % {"title": item.title}
    for added in impact.figures_added:
        regions = ", ".join(names.get(each, each) for each in added.regions_after)
        yield gettext("New figure: %(label)s (%(regions)s)") % {
            "label": labels[added.id],
            "regions": regions or gettext("context"),
        }
    for removed in impact.figures_removed:
        yield gettext("Figure removed: %(label)s") % {"label": labels[removed.id]}
    for changed in impact.figures_changed:
        yield gettext("Figure changed: %(label)s: %(changes)s") % {
            "label": labels[changed.id],
            "changes": say_semicolon().join(map(_say_change, changed.changes)),
        }


def _say_change(change: Change) -> str:
    name, _dot, language = change.field.partition(".")
    said = gettext(FIGURE[name].name) if name in FIGURE else name
    if language in LANGUAGES:
        said += f", {say_in(language)}"
    before, after = (_say_value(name, text) for text in (change.before, change.after))
    return f"{said}{say_colon()}{before} → {after}"


def _say_value(name: str, text: str | None) -> str:
    """Return a value as people write it: a number with its signs, a choice in words."""
    if not text:
        return gettext("nothing")
    if name in CHOICES:
        return gettext(CHOICES[name].get(text) or text)
    if name in ("low", "central", "high"):
        return format_number(float(text), current_language(), 6)
    return text


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


def compare_texts(before: str | None, after: str | None) -> list[tuple[str, str]]:
    """Return the lines that differ, with one line around each, as a sign and a text."""
    lines = difflib.unified_diff(
        (before or "").splitlines(), (after or "").splitlines(), n=1, lineterm=""
    )
    return [(line[0], line[1:]) for line in list(lines)[2:]]


def changed_only(checkout: Checkout, edit: Edit) -> dict[str, str | None]:
    """Leave out the files an edit does not change."""
    return {name: text for name, text in edit.items() if checkout.read(name) != text}
