"""What a reader must know of an estimate: sentences right under the amount, and on how it came."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.estimate import Estimate, half
from calculator.figures.publication import Texts
from calculator.figures.sources import Cited
from calculator.formatting import format_money, format_share
from calculator.languages import Language
from calculator.sensitivity import Sensitivity
from campaign.words.figure import say_source, say_value, say_year
from campaign.words.i18n import gettext as _
from campaign.words.terms import KINDS


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sum that stands beside an estimate and takes no part in it."""

    says: str
    value: str
    published: str
    caveat: str
    cited: Cited


def say_cautions(result: Estimate, found: Sensitivity, language: Language) -> tuple[str, ...]:
    """Return what stands directly under an amount."""
    said = [
        _(
            "There is no usable figure on children alone. This estimate rests on figures about"
            " victims of all ages. Whether it is different for children, we do not know."
        )
    ]
    if caution := say_caution(result, language):
        said.append(caution)
    if result.period != "1y":
        said.append(
            _(
                "We estimate one year. A month is a twelfth of it, a week a fifty-second part. What"
                " criminals earn goes up and down: a real week or month can be very different."
            )
        )
    if how_sure := say_how_sure(result, found, language):
        said.append(how_sure)
    return tuple(said)


def say_caution(result: Estimate, language: Language) -> str:
    """Return what to know of a region; empty where there is nothing."""
    caution = result.chosen.caution
    if caution is None:
        return ""
    return caution.in_language(language).replace("{number}", str(len(result.families)))


def say_how_sure(result: Estimate, found: Sensitivity, language: Language) -> str:
    """Return where the middle of the year would lie with other sources; empty without a middle."""
    left_out, drawn = found.leave_one_family_out, found.bootstrap
    if result.shown.central is None or left_out is None or left_out.central is None or not drawn:
        return ""
    return _(
        "The sources differ widely, which is why the range is wide. Leave out one group of sources"
        " and the middle for one year lies between %(smallest)s and %(largest)s. Another draw from"
        " the same sources could have given %(low)s or %(high)s."
    ) % {
        "smallest": format_money(half(left_out.central.smallest), language),
        "largest": format_money(half(left_out.central.largest), language),
        "low": format_money(half(drawn.low), language),
        "high": format_money(half(drawn.high), language),
    }


def say_working(result: Estimate, margin: float, language: Language) -> Iterator[str]:
    """Yield what is counted, how it was read, how old it is, and which figure counts where."""
    yield _(
        "We count what criminals keep after their costs. Where a source only gives what came in, we"
        " count %(margin)s of it as profit. That is an assumption: courts found from half to"
        " everything."
    ) % {"margin": format_share(margin, language)}
    once = sum(item.described.read == "once" for item in result.contributions)
    if once:
        yield _(
            "%(once)s of the %(figures)s figures we could read in only one other place. They count"
            " for half."
        ) % {"once": once, "figures": len(result.contributions)}
    years = [item.cited.year for item in result.contributions if item.cited.year is not None]
    typical = [
        item.cited.year
        for item in result.contributions
        if item.role == "typical" and item.cited.year is not None
    ]
    said = (
        _(
            "The amounts are about the years %(first)s to %(last)s. We brought them to %(year)s"
            " euros."
        )
        if result.shown.central is None
        else _(
            "The amounts are about the years %(first)s to %(last)s; those behind the middle are no"
            " newer than %(typical)s. We brought them to %(year)s euros."
        )
    )
    yield said % {
        "first": min(years),
        "last": max(years),
        "typical": max(typical, default=max(years)),
        "year": result.price_year,
    }
    yield _(
        "If a source says ‘at least’, it counts only for the lower end; if it says ‘up to’ or"
        " ‘can’, only for the upper end. Whoever worked out an amount counts once, however often"
        " it was published."
    )


def quote_beside(
    result: Estimate, families: Mapping[str, Texts], language: Language
) -> tuple[Quotation, ...]:
    """Return every sum quoted beside an estimate, with who says so and when."""
    return tuple(
        Quotation(
            says=cited.figure.says.in_language(language),
            value=say_value(cited.figure, language),
            published=f"{_who(cited, families, language)} ("
            f"{say_source(cited.publication.publisher, cited.reporter)})",
            caveat=cited.figure.caveat.in_language(language),
            cited=cited,
        )
        for cited in result.beside
    )


def _who(cited: Cited, families: Mapping[str, Texts], language: Language) -> str:
    """Return which court, police or body it is from, and the year."""
    described = cited.figure.description
    year = say_year(cited.figure.reference_year or cited.publication.year)
    if described is None:
        return f"{_(KINDS[cited.publication.kind])}, {year}"
    name = families[described.family].in_language(language)
    return name if year in name else f"{name}, {year}"
