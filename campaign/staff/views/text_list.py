"""The list of texts and contacts: what each is called, who changed it last, where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from calculator.languages import LANGUAGES
from campaign.published.contacts import CONTACT_FILES
from campaign.published.texts import fold
from campaign.staff.desk import Desk, desk
from campaign.staff.files.checkout import CONTENT, names_of_page
from campaign.staff.files.records import SavedEdit
from campaign.staff.files.site_pages import PAGES_OF_FILES
from campaign.staff.forms.markdown_editing import anchors_of, split_parts
from campaign.staff.views.words import own_path
from campaign.words.addresses import PAGES, page_path
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext, say_colon
from campaign.words.i18n import mark as _

blueprint = Blueprint("text_list", __name__)

TITLES: Final = {
    "about": _("About us"),
    "accessibility": _("Accessibility"),
    "faq": _("Questions and answers"),
    "press": _("Press page"),
    "privacy": _("Privacy"),
    "signs": _("Signs"),
    "youth": _("For young people"),
    "help.yaml": _("Helplines"),
    "press.yaml": _("Press contact"),
    "facts.yaml": _("Figures on the first page"),
    "overruled.yaml": _("Doubtful words that may stand, and why"),
    "launch.yaml": _("What must be confirmed before a launch"),
}


@dataclass(frozen=True, slots=True)
class ListedText:
    """One text or contact file, with the newest edit of any of its languages."""

    title: str
    path: str
    files: str
    missing: tuple[str, ...]
    edit: SavedEdit | None
    live: str


def title_of(name: str) -> str:
    """Return what people call a page of words or a file of contacts, by its name or its path."""
    short = PurePosixPath(name).stem if name.endswith(".md") else name.removeprefix(CONTENT)
    return gettext(TITLES[short]) if short in TITLES else name


@blueprint.get("/texts")
def texts() -> ResponseReturnValue:
    """List the texts and contacts, with what is missing in which language."""
    running = desk()
    edits = running.last_edits()
    listed = [_page(running, page, edits) for page in running.checkout.pages()]
    for name in CONTACT_FILES:
        file = f"{CONTENT}{name}"
        listed.append(
            ListedText(title_of(name), own_path(file), file, (), edits.get(file),
                       _live(running, PAGES_OF_FILES.get(file, "")))
        )  # fmt: skip
    return render_template(
        "staff/texts.html",
        texts=sorted(listed, key=lambda each: fold(each.title)),
        problems=[item for item in running.state().problems if item.file.startswith(CONTENT)],
    )


def _page(running: Desk, page: str, edits: Mapping[str, SavedEdit]) -> ListedText:
    names = names_of_page(page)
    written = {language: running.state().text(name) for language, name in names.items()}
    titles = {
        part.anchor: part.title for text in written.values() for part, _own in split_parts(text)[1]
    }
    missing = tuple(
        f"{LANGUAGE_NAMES[language]}{say_colon()}{titles[anchor]}"
        for language in LANGUAGES
        for anchor in anchors_of(written)
        if anchor not in {part.anchor for part, _own in split_parts(written[language])[1]}
    )
    newest = [edits[name] for name in names.values() if name in edits]
    return ListedText(
        title_of(page),
        f"/texts/{page}",
        f"{CONTENT}…/{page}.md",
        missing,
        max(newest, key=lambda edit: edit.when, default=None),
        _live(running, page),
    )


def _live(running: Desk, page: str) -> str:
    """Return the address of a page of the site, empty where there is none."""
    known = page in PAGES
    return f"{running.settings.site_url}{page_path(page, current_language())}" if known else ""
