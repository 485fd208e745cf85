"""The words of the forms for people: what each field is called, and what is chosen there."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from campaign.words.i18n import mark as _
from campaign.words.terms import BASES, FIGURE_REGIONS, FORMS, SCOPES, UNITS


class Label(NamedTuple):
    """What a field is called, and one line on how to fill it in."""

    name: str
    hint: str = ""


class Entry(NamedTuple):
    """For a list: the button that adds an entry, what a new one and one with a number is called."""

    add: str
    new: str
    one: str


PUBLICATION: Final[Mapping[str, Label]] = {
    "id": Label(
        _("Short name"),
        _(
            "Made from publisher and year if you leave it empty; fixed once the publication"
            " is saved. Small letters, digits and hyphens"
        ),
    ),
    "publisher": Label(
        _("Who published it"),
        _("An organisation, court or newspaper: the name alone, such as Myria"),
    ),
    "title": Label(_("Title as published"), _("In its own language")),
    "year": Label(_("Year of publication"), _("Four digits; or the words: no year")),
    "language": Label(_("Language of the publication")),
    "kind": Label(_("Who speaks in it"), _("A label for readers: it weighs nothing")),
    "url": Label(
        _("Web address of the page where you read the numbers"),
        _("Copied from the browser, with https:// in front"),
    ),
    "read_at": Label(_("Where you read the numbers")),
    "reported_by": Label(
        _("Whose page that is"), _("Only where it is not the publisher’s own, such as Knack")
    ),
    "accessed": Label(
        _("When you read the page"),
        _("A day such as 27/11/2026, or 11/2026 where you know only the month"),
    ),
    "figures": Label(_("Figures")),
}

FIGURE: Final[Mapping[str, Label]] = {
    "id": Label(
        _("Short name of the figure"),
        _("Made from the name of the publication and what was measured if you leave it empty"),
    ),
    "label": Label(_("What the figure is, in a few words")),
    "measure": Label(_("What was measured")),
    "form": Label(_("Form of harm")),
    "scope": Label(_("Whom it is about")),
    "region": Label(_("Where it holds")),
    "low": Label(_("Lowest: “at least”"), _("“500 to 800” is 500 here and 800 as the highest")),
    "central": Label(
        _("The number itself"),
        _(
            "Such as 1250, 0,73 or 1.250,00. One of the three is needed; what you do not "
            "know stays empty"
        ),
    ),
    "high": Label(_("Highest: “up to”")),
    "currency": Label(_("Currency"), _("Only with money")),
    "unit": Label(_("Counted in")),
    "reference_year": Label(_("Year the number is about"), _("Not the year in which you read it")),
    "victims": Label(
        _("How many people a sum is about"),
        _("Only where it says so, or a page that the caveat names"),
    ),
    "victims_are": Label(_("Who those people are")),
    "period_months": Label(_("How many months a sum covers")),
    "family": Label(
        _("Who worked it out"),
        _("Numbers of one maker count once together. Needed in the estimate"),
    ),
    "basis": Label(_("What it rests on"), _("Needed in the estimate")),
    "claim": Label(
        _("What the words around the number claim"),
        _("Look for “at least”, “up to”, “can”, “may”, “reaching”. Needed in the estimate"),
    ),
    "read": Label(_("How surely it was read"), _("Needed in the estimate")),
    "superseded_by": Label(
        _("Newer figure that takes its place"),
        _("Its short name; the older figure then counts no more"),
    ),
    "status": Label(_("Is it ready")),
    "missing": Label(
        _("What is still to be found"),
        _("Needed while it waits; only staff see it. One language is enough"),
    ),
    "url": Label(
        _("Page of this figure"), _("Only where it is another page than that of the publication")
    ),
    "read_at": Label(
        _("Where you read this figure"), _("Only where it differs from the publication")
    ),
    "reported_by": Label(_("Whose page you read it on")),
    "confirmed_by": Label(
        _("A second page with the same number"), _("Its web address; no copy of the first")
    ),
    "locator": Label(_("Where on the page"), _("Such as page 14, table 3")),
    "reliability": Label(_("How far one can rely on it")),
    "says": Label(
        _("What the publication says"),
        _("One line with the number in it, in four languages; never the words of a victim"),
    ),
    "caveat": Label(
        _("What to keep in mind"), _("One line in four languages, such as: adults are counted too")
    ),
}

CONTACT: Final[Mapping[str, Label]] = {
    "services": Label(_("Helplines, centres and reporting points")),
    "roles": Label(_("Who the reader may be"), _("What to do first, and who helps")),
    "after_report": Label(_("What happens after a report, step by step")),
    "waiting": Label(_("What somebody must still find out"), _("For staff alone")),
    "first_call": Label(_("First on the page"), _("Short name of a service")),
    "emergency": Label(_("In danger"), _("Short name of a service")),
    "reader": Label(_("How the page speaks to them")),
    "phone": Label(_("Telephone"), _("Such as 116 000 or 02 475 44 11")),
    "email": Label(_("E-mail"), _("Of a role, not a person’s own")),
    "chat": Label(_("Address of the chat")),
    "url": Label(_("Web address"), _("Copied from the browser, with https:// in front")),
    "link": Label(_("What the link says"), _("Instead of its web address")),
    "where": Label(_("Where it works")),
    "what": Label(_("What it does, in one or two sentences")),
    "confirmed_by": Label(_("Who called, opened or asked"), _("A role or initials will do")),
    "confirmed_on": Label(_("On which day"), _("Such as 27/11/2026")),
    "advice": Label(_("What to do first")),
    "id": Label(_("Short name"), _("Small letters, digits and hyphens")),
    "name": Label(_("Name as readers know it")),
    "names": Label(_("Name in each language"), _("Only where it has more than one")),
    "speaks": Label(
        _("Languages it helps in"),
        _("None where it helps in all of Belgium"),
    ),
    "note": Label(_("One line below the contact")),
    "title": Label(_("What the reader sees")),
    "text": Label(_("One step, in a sentence")),
    "question": Label(_("What to find out, and where to ask"), _("One language is enough")),
    "services_nl": Label(_("Who helps readers of Dutch"), _("One to three, the first first")),
    "services_fr": Label(_("Who helps readers of French"), _("One to three, the first first")),
    "services_de": Label(_("Who helps readers of German"), _("One to three, the first first")),
    "services_en": Label(
        _("Who helps readers of English"),
        _("One to three, the first first"),
    ),
}

CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "court": _("a court: a judgment, or the body that summarises it"),
        "authority": _("a public body: of a country, the European Union or the United Nations"),
        "organisation": _("an association or foundation"),
        "research": _("a researcher or research centre"),
        "press": _("a newspaper, broadcaster or news site, whoever it quotes"),
    },
    "read_at": {
        "publisher": _("on a page of the publisher"),
        "copy": _("the publisher’s own text, on another page"),
        "press": _("a newspaper, broadcaster or news site reports it"),
        "other": _("another book, body or page reports it"),
    },
    "measure": {
        "profit": _("profit: what is left after costs, or the gain a court worked out"),
        "revenue": _("turnover: what comes in, before costs"),
        "confiscation": _("what a court took away"),
        "total": _("a total that never takes part, such as a debt"),
        "share": _("a part of a whole"),
        "count": _("how many people, cases or reports"),
        "duration": _("how long something lasts"),
        "age": _("how old people are, on average or at least"),
    },
    "currency": {
        "EUR": _("euro (€)"),
        "USD": _("American dollar"),
        "GBP": _("British pound"),
        "CAD": _("Canadian dollar"),
    },
    "victims_are": {
        "throughout": _("held over the time the sum covers, or at any moment"),
        "in-all": _("everyone ever counted in that time, so fewer at once"),
    },
    "basis": {
        "study": _("a study: worked out over many victims, by a published method"),
        "statement": _("a statement: an official or expert says it, no working shown"),
        "case": _("one investigation, trial or ring"),
        "testimony": _("what one victim or witness said; never in the estimate"),
        **BASES,
    },
    "claim": {
        "typical": _("average, usual or established"),
        "at-least": _("“at least”: counts for the low end only"),
        "up-to": _("“up to”, “can”, “may”: counts for the high end only"),
        "quota": _("an amount imposed on victims; never in the estimate"),
    },
    "read": {
        "own": _("in the maker’s own words, also in a copy or between quotation marks"),
        "confirmed": _("reported by two pages that are not copies of each other"),
        "once": _("reported by one page"),
    },
    "status": {
        "waiting": _("it waits: only staff see it, until what is missing is found"),
    },
    "reliability": {
        "strong": _("strong: the body that measured or judged says so, there or on two pages"),
        "fair": _("fair: told by one page, by the press, or as a single estimate"),
        "weak": _("weak: repeated often, without a study that can be found; never in the estimate"),
    },
    "reader": {
        "young": _("as to a child or young person"),
        "other": _("as to any other reader"),
        "worried": _("as to who worries about himself"),
    },
    "form": FORMS,
    "scope": SCOPES,
    "region": FIGURE_REGIONS,
    "same_as": FIGURE_REGIONS,
    "unit": UNITS | {"share": _("a part between 0 and 1")},
}
ENTRIES: Final[Mapping[str, Entry]] = {
    "figures": Entry(_("Add a figure"), _("New figure"), _("Figure %(number)s")),
}
