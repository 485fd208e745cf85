"""The words of the short forms: who answers for the site, and the choices of the method."""

from collections.abc import Mapping
from typing import Final

from campaign.staff.forms.labels import Label
from campaign.words.i18n import mark as _

LAUNCH: Final[Mapping[str, Label]] = {
    "name": Label(_("Name"), _("As it stands in the statutes")),
    "legal_form": Label(_("Legal form"), _("Such as foundation of public utility")),
    "seat": Label(_("Seat"), _("The whole address")),
    "enterprise_number": Label(_("Enterprise number"), _("Ten digits, such as 0123.456.749")),
    "legal_register": Label(_("Register of legal persons")),
    "email": Label(_("E-mail"), _("Of a role, not a person’s own")),
    "responsible_publisher": Label(_("Responsible publisher"), _("Name and address")),
    "who_pays": Label(_("Who pays for the site"), _("One sentence")),
    "basis_photo": Label(_("On which legal basis a photo sent to the server is handled")),
    "basis_counter": Label(_("On which legal basis cards are counted")),
    "basis_email": Label(_("On which legal basis e-mails are handled")),
    "email_kept": Label(_("How long e-mails are kept")),
    "processor": Label(_("Who runs the servers, on what contract")),
    "confirmed_by": Label(_("Who called, opened or asked"), _("A role or initials will do")),
    "confirmed_on": Label(_("On which day"), _("Such as 27/11/2026")),
}

CHOICES: Final[Mapping[str, Label]] = {
    "id": Label(_("Short name"), _("Small letters, digits and hyphens")),
    "label": Label(_("What readers call it")),
    "choice": Label(_("What it is called as a choice"), _("Only where it differs")),
    "sentence": Label(
        _("The sentence before the amount"), _("{period} stands for the length of time")
    ),
    "caution": Label(_("What to know of it"), _("{number} stands for how many groups of sources")),
    "beside_title": Label(_("Heading of what stands beside it")),
    "help": Label(_("Its own helpline on the cards")),
    "number": Label(_("Telephone")),
    "who": Label(_("Who answers")),
    "line": Label(_("Whom to call and when"), _("{number} stands for the number")),
    "confirmed_by": Label(_("Who called it")),
    "confirmed_on": Label(_("On which day")),
    "value": Label(_("The number"), _("A share is written as 0,7")),
    "same_as": Label(_("Whose estimate holds here too"), _("Empty where it has one of its own")),
    "typical": Label(_("Where figures count as they stand")),
    "floor": Label(_("Where figures count only as “at least”")),
    "beside": Label(
        _("Where the figures come from that are quoted beside it"),
    ),
    "own": Label(_("Weight: read in the maker’s own words")),
    "confirmed": Label(_("Weight: reported by two pages")),
    "once": Label(_("Weight: reported by one page")),
    "study": Label(_("Weight of a study")),
    "statement": Label(_("Weight of a statement")),
    "case": Label(_("Weight of one case")),
    "low": Label(_("Low end: this share of the weight"), _("Such as 0,25")),
    "high": Label(_("High end: this share of the weight"), _("Such as 0,75")),
    "families_for_a_range": Label(_("Makers behind each end of a range, at least")),
    "families_for_the_middle": Label(_("Makers behind an “around”, at least")),
    "families_for_a_row": Label(_("Makers behind a row of “How sure is it?”, at least")),
    "basis": Label(_("Measured or assumed")),
    "reason": Label(_("Why"), _("One line in four languages; it stands on the method page")),
    "cites": Label(_("Publications it rests on")),
}
