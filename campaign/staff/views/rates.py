"""Rates and prices, year by year, and the yearly update: look up, type, see what it changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from calculator.clock import belgian_day
from campaign.staff.desk import desk
from campaign.staff.files.checkout import CHOICES_FILE, RATES_FILE, text_digest
from campaign.staff.forms.faults import say
from campaign.staff.forms.percent import read_small, write_small
from campaign.staff.forms.yaml_editing import (
    Content,
    NotEditable,
    Sentence,
    apply_content,
    content_of,
    read_tree,
)
from campaign.staff.views import preview_page
from campaign.staff.views.awaiting import awaiting
from campaign.staff.views.confirming import opened, read_file, today
from campaign.staff.views.words import say_small
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("rates", __name__)

PRICES: Final = "prices"
CURRENCIES: Final = ("USD", "GBP", "CAD")
FIELDS: Final = (PRICES, *CURRENCIES)
LABELS: Final = {
    PRICES: _("Rise of prices, per cent"),
    "USD": _("American dollars for one euro"),
    "GBP": _("British pounds for one euro"),
    "CAD": _("Canadian dollars for one euro"),
}
# The box that brings all amounts to euros of the year.
NEW_EUROS: Final = "price_year"
# Prices in Belgium rose by more in no year since 1950, and a rate never moved so far in one year:
# whoever types a number beyond looks once more.
LEAST_RISE: Final = -5
MOST_RISE: Final = 15
RATE_MOVES: Final = 0.17
FIRST_YEAR: Final = 1990


@dataclass(frozen=True, slots=True)
class Table:
    """The two tables by year, as texts, and the year whose prices are shown."""

    rates: Mapping[str, Mapping[str, str]]
    prices: Mapping[str, str]

    @property
    def years(self) -> list[str]:
        """List all years, the newest first."""
        return sorted({*self.rates, *self.prices}, reverse=True)

    @property
    def first(self) -> str:
        """Return the first year with prices: those of the year before are where they begin."""
        return min(self.prices, default="")

    def row(self, year: str) -> dict[str, str]:
        """Return what is known of a year, by field."""
        return {PRICES: self.prices.get(year, ""), **self.rates.get(year, {})}

    @property
    def next_year(self) -> str:
        """Return the first year after which something is still to be looked up."""
        known = [year for year in self.years if all(self.row(year).get(key) for key in FIELDS)]
        return str(int(known[0]) + 1) if known else str(_this_year() - 1)


@blueprint.get("/rates")
def every() -> ResponseReturnValue:
    """Show the years, what is missing, and the figures that wait for it."""
    table = _table(read_tree(read_file(RATES_FILE)))
    return render_template(
        "staff/rates.html",
        table=table,
        fields=FIELDS,
        currencies=CURRENCIES,
        next_year=table.next_year if int(table.next_year) < _this_year() else "",
        price_year=_price_year(),
        waiting=awaiting(desk().state().sources),
    )


@blueprint.get("/rates/<int:year>")
def edit(year: int) -> ResponseReturnValue:
    """Show the form of a year."""
    text = read_file(RATES_FILE)
    tree = read_tree(text)
    known = {
        name: say_small(number) for name, number in _table(tree).row(str(year)).items() if number
    }
    return _show(_over(year), tree, text_digest(text), known, {})


@blueprint.post("/rates/<int:year>")
def sent(year: int) -> ResponseReturnValue:
    """Preview a year as it was typed, or say what to look at."""
    _over(year)
    text, base = opened(RATES_FILE)
    tree = read_tree(text)
    typed = {name: request.form.get(name, "").strip() for name in (*FIELDS, NEW_EUROS)}
    if request.form.get("do") != "preview":
        return _show(year, tree, base, typed, {})
    numbers = {name: read_small(typed[name]) for name in FIELDS if typed[name]}
    wrong = dict(_wrong(_table(tree), str(year), numbers))
    if wrong:
        return _show(year, tree, base, typed, wrong)
    known = {name: number for name, number in numbers.items() if number is not None}
    edit_ = {RATES_FILE: _written(text, tree, str(year), known)}
    bases = {RATES_FILE: base}
    if typed[NEW_EUROS] and PRICES in known:
        choices = read_file(CHOICES_FILE)
        edit_[CHOICES_FILE] = _in_euros_of(choices, str(year))
        bases[CHOICES_FILE] = text_digest(choices)
    return preview_page.show_preview(edit_, bases)


@blueprint.errorhandler(NotEditable)
def not_a_form(error: NotEditable) -> ResponseReturnValue:
    """Say that the file must first be mended as text."""
    title, what_to_do = gettext(_("Mend this file as text first")), f"{say(error.sentence)}."
    return render_template("staff/error.html", title=title, what_to_do=what_to_do), 422


def _show(
    year: int,
    tree: Mapping[str, Any],
    base: str,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> ResponseReturnValue:
    page = render_template(
        "staff/rates_year.html",
        year=year,
        typed=typed,
        wrong=wrong,
        labels=LABELS,
        base=base,
        where={PRICES: tree["consumer_prices"], "rates": tree["exchange_rates"]},
        price_year=_price_year(),
    )
    return page, 422 if wrong else 200


def _price_year() -> str:
    return str(read_tree(read_file(CHOICES_FILE))["price_year"]["value"])


def _over(year: int) -> int:
    """Return a year that is over; any other has no numbers yet, and no page."""
    if not FIRST_YEAR <= year < _this_year():
        abort(404)
    return year


def _this_year() -> int:
    return belgian_day().year


def _table(tree: Mapping[str, Any]) -> Table:
    rates = tree["exchange_rates"]["by_year"]
    prices = tree["consumer_prices"]["by_year"]
    return Table(
        {str(year): {str(k): str(v) for k, v in row.items()} for year, row in rates.items()},
        {str(year): str(rise) for year, rise in prices.items()},
    )


def _wrong(
    table: Table, year: str, numbers: Mapping[str, float | None]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a year, by field."""
    if not numbers:
        yield PRICES, gettext(_("Fill in at least one of the numbers"))
    earlier = [each for each in table.prices if each < year]
    if PRICES in numbers and earlier and str(int(year) - 1) not in table.prices:
        first = int(max(earlier)) + 1
        words = _("Fill in %(year)s first: prices are reckoned from year to year")
        yield PRICES, gettext(words) % {"year": first}
    sure = bool(request.form.get("sure"))
    for name, number in numbers.items():
        if number is None or (name != PRICES and number <= 0):
            yield (
                name,
                gettext(_("Write one number, such as %(example)s"))
                % {"example": "2,634" if name == PRICES else "1,1300"},
            )
        elif not sure and name == PRICES and not LEAST_RISE <= number <= MOST_RISE:
            yield (
                name,
                gettext(
                    _(
                        "In no year since 1950 did prices move by that much."
                        " Look at the table once more"
                    )
                ),
            )
        elif not sure and name != PRICES and _is_far(table, name, year, number):
            yield (
                name,
                gettext(
                    _(
                        "Far from the year before. Is it how many of them one euro buys?"
                        " Look once more"
                    )
                ),
            )


def _is_far(table: Table, currency: str, year: str, number: float) -> bool:
    """Tell whether a rate is further from that of the nearest year than one ever moved."""
    known = [each for each in table.rates if each != year and currency in table.rates[each]]
    nearest = min(known, key=lambda each: abs(int(each) - int(year)), default=None)
    last = read_small(table.rates[nearest][currency]) if nearest is not None else None
    return last is not None and abs(number / last - 1) > RATE_MOVES


def _written(text: str, tree: Mapping[str, Any], year: str, numbers: Mapping[str, float]) -> str:
    """Return the table with the numbers of a year, and today as the day it was read."""
    content: dict[str, Content] = {}
    rates = {name: write_small(numbers[name]) for name in CURRENCIES if name in numbers}
    if rates:
        by_year = _by_year(tree, "exchange_rates")
        row = by_year.get(year)
        by_year[year] = {**(row if isinstance(row, Mapping) else {}), **rates}
        content["exchange_rates"] = _series("exchange_rates", tree, by_year)
    if PRICES in numbers:
        by_year = {**_by_year(tree, "consumer_prices"), year: write_small(numbers[PRICES])}
        content["consumer_prices"] = _series("consumer_prices", tree, by_year)
    return apply_content(text, content)


def _by_year(tree: Mapping[str, Any], key: str) -> dict[str, Content]:
    held = content_of(tree[key]["by_year"])
    return dict(held) if isinstance(held, Mapping) else {}


def _series(key: str, tree: Mapping[str, Any], by_year: Mapping[str, Content]) -> Content:
    named = Sentence(" ".join(request.form.get(f"from.{key}", "").split()))
    source = {"computed_from": named} if named else {}
    ordered = {year: by_year[year] for year in sorted(by_year)}
    return {**source, "accessed": today(), "by_year": ordered}


def _in_euros_of(text: str, year: str) -> str:
    """Return the choices with another year of prices, in the sentence that says so as well."""
    price_year = read_tree(text)["price_year"]
    before = str(price_year["value"])
    reason = {
        code: Sentence(words.replace(before, year)) for code, words in price_year["reason"].items()
    }
    return apply_content(text, {"price_year": {"value": year, "reason": reason}})
