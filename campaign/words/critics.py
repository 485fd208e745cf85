"""What critics can rightly say of an estimate, told from the figures as they are now."""

from collections.abc import Iterator, Mapping

from calculator.estimate import Estimate, Family
from calculator.figures.publication import Texts
from calculator.formatting import format_share
from calculator.languages import Language
from campaign.words.bodies import say_publisher
from campaign.words.figure import start_sentence
from campaign.words.i18n import gettext as _


def say_critics(
    result: Estimate, names: Mapping[str, Texts], language: Language
) -> tuple[str, ...]:
    """Return one short text for each weakness that the figures behind an estimate have."""
    figures = result.contributions
    children = sum(item.cited.figure.scope == "minors" for item in figures)
    told = sum(
        item.described.basis == "case" and item.cited.publication.kind == "press"
        for item in figures
    )
    return (
        (
            _(
                "Few children. %(children)s of the %(figures)s figures are about children alone."
                " Whether it is different for them, we do not know."
            )
            if children
            else _(
                "No children. Of %(figures)s figures not one is about children alone. Whether it"
                " is different for them, we do not know."
            )
        )
        % {"children": children, "figures": len(figures)},
        _(
            "Mixed sources. Studies, courts, police and a parliament are used side by side. Police"
            " and courts publish what comes to light."
        ),
        *(
            (
                _(
                    "Accusations too. %(told)s of the %(figures)s figures are cases as the press"
                    " told them, often before a judgment."
                )
                % {"told": told, "figures": len(figures)},
            )
            if told
            else ()
        ),
        " ".join(_say_heaviest(result, names, language)),
        *(" ".join(_say_high_end(family, names, language)) for family in _at_high_end(result)),
        *_say_age(result),
    )


def _say_heaviest(
    result: Estimate, names: Mapping[str, Texts], language: Language
) -> Iterator[str]:
    """Yield which family has most of the weight behind the middle, and what more rests on it."""
    weights = [
        (family.central.weight, family) for family in result.families if family.central is not None
    ]
    weight, family = max(weights, key=lambda each: each[0])
    yield _("%(name)s carries %(share)s of the weight behind the middle.") % {
        "name": _name(family, names, language),
        "share": format_share(weight / sum(each for each, _family in weights), language),
    }
    year = result.evidence.euros
    if family.low is not None and family.low.euros == year.low:
        yield _("Its number is also the low end.")
    if family.high is not None and family.high.euros == year.high:
        yield _("Its number is also the high end.")
    typical = {item.cited.publication for item in family.contributions if item.role == "typical"}
    if len(typical) == 1:
        yield _("It comes from one publication, of %(year)s.") % {"year": typical.pop().year}


def _at_high_end(result: Estimate) -> Iterator[Family]:
    """Yield the family whose number the high end is."""
    for family in result.families:
        if family.high is not None and family.high.euros == result.evidence.euros.high:
            yield family
            return


def _say_high_end(family: Family, names: Mapping[str, Texts], language: Language) -> Iterator[str]:
    yield _("The high end is the number of one source: %(name)s.") % {
        "name": names[family.id].in_language(language)
    }
    highest = max(
        (item for item in family.contributions if item.euros.high is not None),
        key=lambda item: item.euros.high or 0,
    )
    if highest.described.read == "once" and highest.cited.reporter:
        yield _("We read it as reported by %(name)s, not in the original.") % {
            "name": say_publisher(highest.cited.reporter)
        }


def _say_age(result: Estimate) -> Iterator[str]:
    years = [
        item.cited.year
        for item in result.contributions
        if item.role == "typical" and item.cited.year is not None
    ]
    if years:
        yield _(
            "Old evidence. The amounts behind the middle are from %(year)s or before. We found no"
            " newer ones per victim for Europe."
        ) % {"year": max(years)}


def _name(family: Family, names: Mapping[str, Texts], language: Language) -> str:
    return start_sentence(names[family.id].in_language(language))
