"""Who helps, and whom each reader is led to: help.yaml."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from calculator.errors import Message
from calculator.errors import message as _
from calculator.figures.fields import (
    Id,
    InEachLanguage,
    Line,
    Phone,
    Record,
    WebAddress,
    field_for_each_language,
)
from calculator.figures.publication import Note, Texts
from calculator.languages import LANGUAGES, Language
from campaign.published.launch import Confirmed, Email

MOST_SERVICES: Final = 3
# A page that speaks to the young, to any other reader, or to who worries about himself.
Reader = Literal["young", "other", "worried"]


@field_for_each_language(WebAddress)
class Addresses(InEachLanguage):
    """A web address for the readers of each language."""


class Service(Confirmed):
    """One helpline, centre or reporting point; confirmed once somebody called or opened it."""

    id: Id
    name: Line
    names: Texts | None = None
    speaks: tuple[Language, ...] = ()
    phone: Phone | None = None
    email: Email | None = None
    chat: WebAddress | None = None
    url: Addresses | None = None
    link: Texts | None = None
    where: Texts | None = None
    what: Texts

    def name_in(self, language: Language) -> str:
        """Return its name for the readers of a language."""
        return self.names.in_language(language) if self.names else self.name

    def is_understood(self, language: Language) -> bool:
        """Tell whether it helps in a language; one that names none helps in all of Belgium."""
        return not self.speaks or language in self.speaks


@field_for_each_language(tuple[Id, ...], "services_{}")
class Role(Record):
    """Who the reader may be, what to do first, and who helps readers of each language."""

    id: Id
    reader: Reader
    title: Texts
    advice: Texts

    def services_in(self, language: Language) -> tuple[str, ...]:
        """Return the ids of the services for readers of a language, the first first."""
        services: tuple[str, ...] = getattr(self, f"services_{language}")
        return services


class Stage(Confirmed):
    """One step of what happens after a report: a claim about what others do."""

    id: Id
    text: Texts


class Waiting(Record):
    """What a person must find out before it can stand on the page: shown to staff alone."""

    id: Id
    question: Note


class Help(Record):
    """All of help.yaml."""

    services: Annotated[tuple[Service, ...], Field(min_length=1)]
    first_call: Id
    emergency: Id
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    after_report: Annotated[tuple[Stage, ...], Field(min_length=1)]
    waiting: tuple[Waiting, ...] = ()

    @model_validator(mode="after")
    def _ids_hold(self) -> Self:
        for name, listed in (("services", self.services), ("roles", self.roles)):
            ids = [item.id for item in listed]
            for each in ids:
                if ids.count(each) > 1:
                    raise ValueError(
                        _(
                            "%(name)s lists the id %(id)s twice. Keep one of them",
                            name=name,
                            id=each,
                        )
                    )
        known = {service.id for service in self.services}
        for field, wanted in (("first_call", self.first_call), ("emergency", self.emergency)):
            if wanted not in known:
                raise ValueError(
                    _("%(name)s names the unknown service %(id)s", name=field, id=wanted)
                )
        for role in self.roles:
            for language in LANGUAGES:
                for wanted in role.services_in(language):
                    if wanted not in known:
                        raise ValueError(
                            _(
                                "role %(name)s names the unknown service %(id)s",
                                name=role.id,
                                id=wanted,
                            )
                        )
        return self

    @model_validator(mode="after")
    def _readers_are_led(self) -> Self:
        if [role.reader for role in self.roles].count("young") != 1:
            raise ValueError(
                _("needs one role with the reader young: the page for them shows it too")
            )
        for role in self.roles:
            for language in LANGUAGES:
                if wrong := self._what_misleads(role, language):
                    raise ValueError(
                        _(
                            "role %(name)s, services_%(language)s: %(reason)s",
                            name=role.id,
                            language=language,
                            reason=wrong,
                        )
                    )
        return self

    def _what_misleads(self, role: Role, language: Language) -> Message | None:
        ids = role.services_in(language)
        if not 1 <= len(ids) <= MOST_SERVICES:
            return _("name one to %(most)s services, those that help most", most=MOST_SERVICES)
        if on_top := {self.first_call, self.emergency} & set(ids):
            return _("%(id)s stands on top of the page already. Take it out", id=min(on_top))
        services = self.services_of(role, language)
        order = [not service.is_understood(language) for service in services]
        if order != sorted(order):
            return _("a service of another language stands before one of this. Move it to the end")
        for group in (True, False):
            silent = [not x.chat for x in services if x.is_understood(language) == group]
            if role.reader == "young" and silent != sorted(silent):
                return _("the young often cannot speak aloud. Put services with a chat first")
        return None

    def service(self, wanted: str) -> Service:
        """Return a service by its id."""
        return next(service for service in self.services if service.id == wanted)

    def unlisted(self) -> set[str]:
        """Return the ids of services that no reader is shown."""
        lists = (role.services_in(language) for role in self.roles for language in LANGUAGES)
        shown = {self.first_call, self.emergency}.union(*lists)
        return {service.id for service in self.services} - shown

    def services_of(self, role: Role, language: Language) -> tuple[Service, ...]:
        """Return the services of a role for readers of a language, in its order."""
        return tuple(self.service(wanted) for wanted in role.services_in(language))

    @property
    def young(self) -> Role:
        """Return the role of who is under 18."""
        return next(role for role in self.roles if role.reader == "young")

    def chats_for_the_young(self, language: Language) -> tuple[Service, ...]:
        """Return who chats with the young in a language."""
        services = self.services_of(self.young, language)
        return tuple(each for each in services if each.chat and each.is_understood(language))
