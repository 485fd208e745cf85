"""What may be chosen in a field of a form, as people call it."""

from collections.abc import Iterable
from typing import Final, get_args

from babel import Locale

from calculator.figures.publication import Region
from calculator.languages import LANGUAGES
from campaign.published.texts import fold
from campaign.staff.desk import desk
from campaign.staff.forms.fields import FormField
from campaign.words.figure import start_sentence
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext, say_colon
from campaign.words.terms import FIGURE_REGIONS

# Of publications: those of the European Union, and a few that are read as well.
LANGUAGES_READ: Final = (
    "nl", "fr", "de", "en", "bg", "cs", "da", "el", "es", "et", "fi", "ga", "hr", "hu", "it",
    "lt", "lv", "mt", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk",
)  # fmt: skip


def choices_of(shape: FormField) -> list[tuple[str, str]]:
    """Return what may be chosen in a field, each with its words in the language of the page.

    Where files cannot be used what they would offer is left out; what stands in the field stays.
    """
    language, state = current_language(), desk().state()
    sources, contacts = state.sources, state.contacts
    match shape.name:
        case "language":
            names = Locale.parse(language).languages
            return _by_name((code, start_sentence(names[code])) for code in LANGUAGES_READ)
        case "speaks":
            return [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        case "typical" | "floor" | "beside":
            places = {code: gettext(FIGURE_REGIONS.get(code, code)) for code in get_args(Region)}
            return [(code, start_sentence(name)) for code, name in places.items()]
        case "same_as":
            regions = sources.scenarios.regions if sources is not None else ()
            return [(region.id, region.label.in_language(language)) for region in regions]
        case "cites":
            colon = say_colon()
            publications = sources.publications if sources is not None else ()
            return _by_name(
                (each.id, f"{each.publisher}{colon}{each.title}") for each in publications
            )
        case "family":
            families = sources.families if sources is not None else {}
            return _by_name(
                (name, start_sentence(label.in_language(language)))
                for name, label in families.items()
            )
        case name if name.startswith("services_"):
            services = contacts.help.services if contacts is not None else ()
            return _by_name((service.id, service.name_in(language)) for service in services)
    return [(choice, start_sentence(gettext(words))) for choice, words in shape.choices]


def _by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: fold(choice[1]))
