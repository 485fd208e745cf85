"""Write numbers as each language does, with no-break spaces inside them."""

import datetime
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from calculator.figures.publication import Currency
from calculator.languages import FACTS, Language


# Babel takes 0.2 ms a number, and the form alone has 57, nearly always the same.
@lru_cache(maxsize=1024)
def format_money(amount: float, language: Language, currency: Currency = "EUR") -> str:
    """Return a sum without cents, such as "€ 85.000" or "85 000 €"."""
    facts = FACTS[language]
    if facts.currencies and currency != "EUR":
        return _unbroken(f"{format_number(round(amount), language)} {facts.currencies[currency]}")
    text = format_currency(
        round(amount), currency, facts.money, facts.locale, currency_digits=False
    )
    return _unbroken(text)


def format_span(low: float, high: float, language: Language) -> str:
    """Return a range of euros with one sign, such as "€ 15.000–85.000"."""
    number = format_number(round(high), language)
    return format_money(high, language).replace(
        number, f"{format_number(round(low), language)}–{number}"
    )


def format_sum(amount: float, language: Language, currency: Currency = "EUR") -> str:
    """Return a published sum: money, with a million or more in words, "33,9 Milliarden $"."""
    large = format_large(amount, language)
    if large is None:
        return format_money(amount, language, currency)
    if named := FACTS[language].currencies:
        return _unbroken(FACTS[language].count(large, named[currency]))
    digits = format_number(round(amount), language)
    return format_money(amount, language, currency).replace(digits, large)


def format_ends(
    low: float, high: float, language: Language, currency: Currency = "EUR"
) -> tuple[str, str]:
    """Return the ends of a range of sums; where the sign follows, it stands behind the last."""
    last = format_sum(high, language, currency)
    if not FACTS[language].sign_follows:
        return format_sum(low, language, currency), last
    return format_large(low, language) or format_number(round(low), language), last


def format_large(value: float, language: Language) -> str | None:
    """Return a number of a million or more in words, "33,9 miljard"; None for any other.

    Only where three digits say all of it: 2,497,438 stays what was counted.
    """
    if not 1e6 <= value < 1e12 or float(f"{value:.3g}") != value:
        return None
    facts = FACTS[language]
    power, (one, more) = (1e9, facts.milliard) if value >= 1e9 else (1e6, facts.million)
    number = value / power
    single = number < 2 if facts.one_until_two else number == 1
    return _unbroken(f"{format_number(number, language, 2)} {one if single else more}")


def format_number(value: float, language: Language, decimals: int = 0) -> str:
    """Return a number with at most `decimals` digits after the decimal sign."""
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    return _unbroken(format_decimal(value, format=pattern, locale=FACTS[language].locale))


def format_share(share: float, language: Language) -> str:
    """Return a share between 0 and 1 as a percentage."""
    return _unbroken(format_percent(share, locale=FACTS[language].locale))


def format_month(date: str, language: Language) -> str:
    """Return the month of a YYYY-MM or YYYY-MM-DD date, such as "november 2026"."""
    day = datetime.date.fromisoformat(f"{date[:7]}-01")
    return format_date(day, "LLLL y", locale=FACTS[language].locale)


def _unbroken(text: str) -> str:
    """Replace spaces, and the narrow no-break space that some fonts lack, by no-break spaces."""
    return text.replace("\u202f", "\u00a0").replace(" ", "\u00a0")
