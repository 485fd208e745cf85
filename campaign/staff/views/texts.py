"""Edit a page of words: each part in the four languages side by side."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from calculator.errors import Problem
from calculator.languages import LANGUAGES
from campaign.staff.desk import desk
from campaign.staff.files.checkout import text_digest
from campaign.staff.forms.binding import Fault, one_line
from campaign.staff.forms.faults import say
from campaign.staff.forms.markdown_editing import PagePart, anchors_of, split_parts, write_parts
from campaign.staff.views import preview_page
from campaign.staff.views.previews import changed_only
from campaign.views.pages import TEXT_TITLES
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("texts", __name__)

TITLES: Final = TEXT_TITLES | {
    "faq": _("Questions and answers"),
    "privacy": _("Privacy"),
}
_ANCHOR: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_PARTS: Final = 200


@blueprint.get("/texts/<page>")
def edit(page: str) -> ResponseReturnValue:
    """Show a page in four languages."""
    return show_page(page, {}, {})


@blueprint.post("/texts/<page>")
def sent(page: str) -> ResponseReturnValue:
    """Take the texts of a page: preview them, or add or remove a part."""
    names = desk().checkout.text_names(page)
    action = request.form.get("do", "")
    bases = {name: request.form.get(f"base.{lang}", "") for lang, name in names.items()}
    asked = (f"{i}.anchor" for i in range(MOST_PARTS))
    anchors = [request.form[name].strip()[:80] for name in asked if name in request.form]
    removed = action.removeprefix("remove:") if action.startswith("remove:") else None
    wrong = ""
    if action == "add":
        added = request.form.get("new_anchor", "").strip()
        if not _ANCHOR.fullmatch(added):
            wrong = gettext("Give the new part a short name: small letters, digits and hyphens")
        elif added in anchors:
            wrong = gettext("There is a part %(name)s already") % {"name": added}
        else:
            anchors.append(added)
    edit_: dict[str, str | None] = {}
    for language, name in names.items():
        parts = [
            PagePart(
                anchor,
                one_line(request.form.get(f"{i}.{language}.title", "")),
                preview_page.sent_text(f"{i}.{language}.body", name).strip("\n"),
            )
            for i, anchor in enumerate(anchors)
            if anchor != removed
        ]
        written = write_parts(desk().checkout.read(name) or "", parts)
        edit_[name] = written if written.strip() else None
    shown = [anchor for anchor in anchors if anchor != removed]
    problems: tuple[Problem, ...] = ()
    if action == "preview" and not wrong:
        changed = changed_only(desk().checkout, edit_)
        problems = desk().try_edit(changed).problems if changed else ()
        if changed and not problems:
            return preview_page.show_preview(changed, {name: bases[name] for name in changed})
        wrong = "" if changed else gettext("Nothing changes yet")
    return show_page(page, edit_, bases, wrong=wrong, problems=problems, extra=shown)


def show_page(
    page: str,
    texts: Mapping[str, str | None],
    bases: Mapping[str, str],
    *,
    wrong: str = "",
    problems: tuple[Problem, ...] = (),
    extra: list[str] | None = None,
) -> ResponseReturnValue:
    """Show a page as it stands, or as someone is making it."""
    checkout = desk().checkout
    names = checkout.text_names(page)
    # A preview carries only the files that change; the others are as they are.
    written = {
        language: (texts[name] if name in texts else checkout.read(name)) or ""
        for language, name in names.items()
    }
    all_bases = {
        language: bases.get(name) or text_digest(checkout.read(name))
        for language, name in names.items()
    }
    anchors = anchors_of(written)
    anchors += [anchor for anchor in extra or [] if anchor not in anchors]
    found = {
        (language, part.anchor): part
        for language, text in written.items()
        for part, _own in split_parts(text)[1]
    }
    parts = []
    for anchor in anchors:
        texts_of = {
            language: found.get((language, anchor), PagePart(anchor, "", ""))
            for language in LANGUAGES
        }
        parts.append(
            {
                "anchor": anchor,
                "title": texts_of[current_language()].title or anchor,
                "languages": texts_of.items(),
                "incomplete": not all(each.title and each.body for each in texts_of.values()),
            }
        )
    page_html = render_template(
        "staff/text.html",
        page=page,
        title=gettext(TITLES[page]) if page in TITLES else page,
        parts=parts,
        bases=all_bases,
        wrong=wrong,
        problems=[_fault(problem, anchors) for problem in problems],
    )
    return page_html, 422 if wrong or problems else 200


def _fault(problem: Problem, anchors: Sequence[str]) -> Fault:
    """Return a problem of a page with the part to jump to; without one, with its line."""
    language = Path(problem.file).parent.name
    name = next((LANGUAGE_NAMES[each] for each in LANGUAGES if each == language), problem.file)
    if problem.location and problem.location[0] in anchors:
        part = str(problem.location[0])
        target = f"t-{anchors.index(part)}-{language}"
        return Fault(target, f"{name}, {part}", say(problem.message))
    line = gettext("line %(line)s") % {"line": problem.line}
    return Fault("main", f"{name}, {line}", say(problem.message))


def fields_of(
    page: str, edit: Mapping[str, str | None], bases: Mapping[str, str]
) -> dict[str, str]:
    """Return the fields of the form as they would be sent with these texts."""
    names = desk().checkout.text_names(page)
    read = {name: desk().checkout.read(name) for name in names.values()}
    written = {
        language: (edit[name] if name in edit else read[name]) or ""
        for language, name in names.items()
    }
    fields = {
        f"base.{language}": bases.get(name) or text_digest(read[name])
        for language, name in names.items()
    }
    places = {anchor: i for i, anchor in enumerate(anchors_of(written))}
    fields |= {f"{i}.anchor": anchor for anchor, i in places.items()}
    for language, text in written.items():
        for part, _own in split_parts(text)[1]:
            fields[f"{places[part.anchor]}.{language}.title"] = part.title
            fields[f"{places[part.anchor]}.{language}.body"] = part.body
    return fields
