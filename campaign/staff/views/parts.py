"""The parts of files that have a form of their own, each with its words and its record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from calculator.figures import scenarios
from campaign.published.launch import CONFIRMED, Funding, Mistakes, Owner, Privacy
from campaign.published.services import Role, Service, Stage, Waiting
from campaign.staff.files.checkout import CHOICES_FILE, CONTENT, FAMILIES_FILE
from campaign.staff.forms.fields import FormField, fields_of
from campaign.words.i18n import mark as _


@dataclass(frozen=True, slots=True)
class Part:
    """A record in a file, or a list of them: what its form shows, and where to go from there.

    Where one of `proof` changes, what a person has confirmed is confirmed no longer. What is to be
    edited `as_text` stays as it is.
    """

    title: str
    file: str
    key: str
    model: type[BaseModel]
    back: str
    many: bool = False
    proof: tuple[str, ...] = ()
    as_text: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Return its fields: an id is made once, and who confirmed it is a button elsewhere."""
        hidden = (*CONFIRMED, *self.as_text, *(("id",) if self.many else ()))
        return tuple(field for field in fields_of(self.model) if field.name not in hidden)


HELP: Final = f"{CONTENT}help.yaml"
PRESS: Final = f"{CONTENT}press.yaml"
FACTS: Final = f"{CONTENT}facts.yaml"
LAUNCH: Final = f"{CONTENT}launch.yaml"
WAYS: Final = ("phone", "email", "chat", "url")
PARTS: Final[Mapping[str, Part]] = {
    "services": Part(
        _("A helpline or centre"), HELP, "services", Service, "/contacts", many=True, proof=WAYS
    ),
    "roles": Part(_("Who the reader may be"), HELP, "roles", Role, "/contacts", many=True),
    "after_report": Part(
        _("A step after a report"),
        HELP,
        "after_report",
        Stage,
        "/contacts",
        many=True,
        proof=("text",),
    ),
    "waiting": Part(
        _("A question for the foundation"), HELP, "waiting", Waiting, "/contacts", many=True
    ),
    "owner": Part(
        _("Who answers for the site"),
        LAUNCH,
        "owner",
        Owner,
        "/launch",
        proof=tuple(Owner.values()),
    ),
    "funding": Part(
        _("Who pays"), LAUNCH, "funding", Funding, "/launch", proof=tuple(Funding.values())
    ),
    "privacy": Part(
        _("Privacy notice"), LAUNCH, "privacy", Privacy, "/launch", proof=tuple(Privacy.values())
    ),
    "mistakes": Part(
        _("Address for mistakes"),
        LAUNCH,
        "mistakes",
        Mistakes,
        "/launch",
        proof=tuple(Mistakes.values()),
    ),
    "families": Part(
        _("Who works numbers out"),
        FAMILIES_FILE,
        "families",
        scenarios.FamilyName,
        "/choices",
        many=True,
    ),
    "regions": Part(
        _("A region to choose"),
        CHOICES_FILE,
        "regions",
        scenarios.ScenarioRegion,
        "/choices",
        many=True,
        as_text=("help",),
    ),
    **{
        key: Part(title, CHOICES_FILE, key, model, "/choices")
        for key, title, model in (
            ("price_year", _("The year whose euros are shown"), scenarios.PriceYear),
            ("margin", _("What is left after costs"), scenarios.ShareAssumption),
            ("weeks_per_year", _("Weeks in a year"), scenarios.Assumption),
            ("read", _("How surely a figure was read"), scenarios.ReadWeights),
            ("basis", _("What a figure rests on"), scenarios.BasisWeights),
            ("quantiles", _("Where the range begins and ends"), scenarios.Quantiles),
            ("minimum", _("How many sources are needed"), scenarios.Minimum),
            (
                "one_family_moves_at_most",
                _("How far one source may move the middle"),
                scenarios.ShareAssumption,
            ),
        )
    },
}
