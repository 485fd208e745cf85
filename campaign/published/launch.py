"""What a person must confirm before the site stands under the foundation's name: launch.yaml.

What nobody knows stays empty, and what nobody confirmed is shown to no visitor: see may_stand.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, Self

from flask import current_app
from pydantic import AfterValidator, model_validator

from calculator.errors import message as _
from calculator.figures.fields import DateText, Id, Line, Record, field_for_each_language
from calculator.languages import LANGUAGES, Language
from campaign.words.addresses import PAGES
from campaign.words.help import HELP_EMAIL

CONFIRMED: Final = ("confirmed_by", "confirmed_on")
Reader = Literal["native", "survivor"]


def check_email(address: str) -> str:
    """Return an e-mail address."""
    name, _at, host = address.partition("@")
    if not name or "." not in host or " " in address:
        raise ValueError(_("is not an e-mail address. Write it like name@example.org"))
    return address


def _check_role(address: str) -> str:
    if check_email(address).casefold().partition("@")[0] == HELP_EMAIL.partition("@")[0]:
        raise ValueError(
            _(
                "is the mailbox of the helpline, to which a child may be writing. Write the address"
                " of a role, or leave it empty until there is one"
            )
        )
    return address


def _check_number(text: str) -> str:
    """Return a Belgian enterprise number; its last two digits are a check on the others."""
    digits = re.sub(r"[ .]", "", text)
    if not re.fullmatch("[01][0-9]{9}", digits) or 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise ValueError(_("is no enterprise number. Copy its ten digits, such as 0123.456.749"))
    return text


def _check_page(name: str) -> str:
    if name not in PAGES:
        raise ValueError(
            _("is no page of the site. Allowed: %(allowed)s", allowed=", ".join(PAGES))
        )
    return name


Email = Annotated[str, AfterValidator(check_email)]
RoleEmail = Annotated[str, AfterValidator(_check_role)]


class Open(Record):
    """A record of which some fields may stay empty."""

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_given(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        fields = cls.model_fields
        needed = {name for name, field in fields.items() if field.is_required()}
        return {
            name: value
            for name, value in content.items()
            if value != "" or name in needed or name not in fields
        }


class Confirmed(Open):
    """Something that holds once a person has confirmed it: who, and on which day."""

    confirmed_by: Line | None = None
    confirmed_on: DateText | None = None

    @model_validator(mode="after")
    def _who_and_when(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed_on is None):
            lacking = CONFIRMED[self.confirmed_by is not None]
            raise ValueError(
                _(
                    "lacks %(field)s: write both who confirmed it and when, or neither",
                    field=lacking,
                )
            )
        return self

    @property
    def confirmed(self) -> bool:
        """Tell whether a person has confirmed it."""
        return self.confirmed_by is not None


@field_for_each_language(Line | None, default=None)
class OpenTexts(Open):
    """One text in the languages of the site, as far as it is known."""

    def in_language(self, language: Language) -> str | None:
        """Return the text in one language."""
        text: str | None = getattr(self, language)
        return text


class Item(Confirmed):
    """Values that one person confirms together."""

    @model_validator(mode="after")
    def _something_to_confirm(self) -> Self:
        values = [getattr(self, name) for name in self.values()]
        if self.confirmed and values and all(value in (None, OpenTexts()) for value in values):
            raise ValueError(
                _("is confirmed, but holds nothing. Fill it in, or take both lines away")
            )
        return self

    @classmethod
    def values(cls) -> tuple[str, ...]:
        """Return the names of its values."""
        return tuple(name for name in cls.model_fields if name not in CONFIRMED)

    def lacks(self) -> Iterator[str]:
        """Yield the fields that are empty, with the languages where only some are."""
        for name in self.values():
            value = getattr(self, name)
            if isinstance(value, OpenTexts):
                gone = [code for code in LANGUAGES if value.in_language(code) is None]
                if gone:
                    yield name if len(gone) == len(LANGUAGES) else f"{name} ({', '.join(gone)})"
            elif value is None:
                yield name


class Owner(Item):
    """Who answers for the site, as the law asks it of a legal person."""

    name: Line | None = None
    legal_form: OpenTexts = OpenTexts()
    seat: OpenTexts = OpenTexts()
    enterprise_number: Annotated[str, AfterValidator(_check_number)] | None = None
    legal_register: OpenTexts = OpenTexts()
    email: RoleEmail | None = None
    responsible_publisher: Line | None = None


class Funding(Item):
    """Who pays for the site."""

    who_pays: OpenTexts = OpenTexts()


class Privacy(Item):
    """What only the foundation can say on the privacy page."""

    basis_photo: OpenTexts = OpenTexts()
    basis_counter: OpenTexts = OpenTexts()
    basis_email: OpenTexts = OpenTexts()
    email_kept: OpenTexts = OpenTexts()
    processor: OpenTexts = OpenTexts()
    email: RoleEmail | None = None


class Mistakes(Item):
    """Where readers write about a mistake, or a page that does not work for them."""

    email: RoleEmail | None = None


class OwnedAddress(Confirmed):
    """An address printed on cards, which the foundation owns."""

    address: Line


class OpenedPublication(Confirmed):
    """A publication whose page a person opened."""

    publication: Id


class Reading(Confirmed):
    """A page that somebody read in a language."""

    page: Annotated[str, AfterValidator(_check_page)]
    language: Language
    reader: Reader


class Launch(Open):
    """All of launch.yaml."""

    owner: Owner = Owner()
    funding: Funding = Funding()
    privacy: Privacy = Privacy()
    mistakes: Mistakes = Mistakes()
    licences: Item = Item()
    card_addresses: tuple[OwnedAddress, ...] = ()
    publications: tuple[OpenedPublication, ...] = ()
    readings: tuple[Reading, ...] = ()


def may_stand(item: Confirmed) -> bool:
    """Tell whether pages may say what an item says.

    Visitors see only what is confirmed. Elsewhere all is shown, with a banner over what is open.
    """
    return item.confirmed or not current_app.config["PRODUCTION"]
