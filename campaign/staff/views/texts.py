"""Edit a page of words: each part in the four languages side by side."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from calculator.errors import Problem
from calculator.languages import LANGUAGES, Language
from campaign.staff.desk import desk
from campaign.staff.files.checkout import text_digest
from campaign.staff.forms.binding import Fault, one_line
from campaign.staff.forms.faults import say
from campaign.staff.forms.ids import as_id, free_id
from campaign.staff.forms.markdown_editing import (
    PagePart,
    anchors_of,
    part_at,
    split_parts,
    write_parts,
)
from campaign.staff.views import preview_page
from campaign.staff.views.previews import changed_only
from campaign.staff.views.text_list import title_of
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext

blueprint = Blueprint("texts", __name__)

MOST_PARTS: Final = 200
LONGEST_TITLE: Final = 120
_ANCHOR: Final = re.compile(r"\s*\{#[^}]*\}\s*$")
_BEGINS_A_PART: Final = re.compile(r"^## ", re.MULTILINE)


@blueprint.get("/texts/<page>")
def edit(page: str) -> ResponseReturnValue:
    """Show a page in four languages, one part of it open where the address names it."""
    return show_page(page, {}, {}, touched=request.args.get("part", ""))


@blueprint.post("/texts/<page>")
def sent(page: str) -> ResponseReturnValue:
    """Take the texts of a page: preview them, or add, move or remove a part."""
    names = desk().checkout.text_names(page)
    bases = {name: request.form.get(f"base.{lang}", "") for lang, name in names.items()}
    anchors = {
        i: request.form[f"{i}.anchor"].strip()[:LONGEST_TITLE]
        for i in range(MOST_PARTS)
        if f"{i}.anchor" in request.form
    }
    parts = {
        (language, anchor): PagePart(
            anchor,
            _ANCHOR.sub("", one_line(request.form.get(f"{i}.{language}.title", ""))),
            preview_page.sent_text(f"{i}.{language}.body", name).strip("\n"),
        )
        for i, anchor in anchors.items()
        for language, name in names.items()
    }
    order = list(anchors.values())
    said = ""
    deed, _colon, touched = request.form.get("do", "").partition(":")
    wrong = ""
    if deed == "add":
        title = one_line(request.form.get("new_title", ""))[:LONGEST_TITLE]
        touched = free_id(as_id(title), order)
        if title:
            order.append(touched)
            parts[current_language(), touched] = PagePart(touched, title, "")
        else:
            wrong = gettext("Give the new part a heading")
    elif touched in order:
        if deed == "remove":
            titles = (parts[code, touched].title for code in (current_language(), *LANGUAGES))
            title = next(filter(None, titles), touched)
            said = gettext("Part removed: %(title)s") % {"title": title}
        _rearrange(order, deed, touched)
    if any(_BEGINS_A_PART.search(part.body) for part in parts.values()):
        wrong = gettext("A line that begins with ## begins another part: use “Add a part” for it")
    edit_: dict[str, str | None] = {}
    for language, name in names.items():
        wanted = [parts[language, each] for each in order if (language, each) in parts]
        written = write_parts(desk().checkout.read(name) or "", wanted)
        edit_[name] = written if written.strip() else None
    problems: tuple[Problem, ...] = ()
    if deed == "preview" and not wrong:
        changed = changed_only(desk().checkout, edit_)
        problems = desk().try_edit(changed).problems if changed else ()
        if changed and not problems:
            return preview_page.show_preview(changed, {name: bases[name] for name in changed})
        wrong = "" if changed else gettext("Nothing changes yet")
    return show_page(page, edit_, bases, wrong=wrong, problems=problems, touched=touched, said=said)


def _rearrange(order: list[str], deed: str, touched: str) -> None:
    """Move a part up or down among the others, or take it out."""
    place = order.index(touched)
    order.pop(place)
    if deed in ("up", "down"):
        order.insert(max(0, place + (1 if deed == "down" else -1)), touched)


def show_page(
    page: str,
    texts: Mapping[str, str | None],
    bases: Mapping[str, str],
    *,
    wrong: str = "",
    problems: tuple[Problem, ...] = (),
    touched: str = "",
    said: str = "",
) -> ResponseReturnValue:
    """Show a page as it stands, or as someone is making it.

    Open are the parts that differ from the files, lack a text, are at fault or were just touched.
    """
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
    found = _parts_of(written)
    kept = _parts_of({language: checkout.read(name) or "" for language, name in names.items()})
    parts: list[dict[str, Any]] = []
    for anchor in anchors:
        texts_of = {
            language: found.get((language, anchor), PagePart(anchor, "", ""))
            for language in LANGUAGES
        }
        titles = [texts_of[language].title for language in (current_language(), *LANGUAGES)]
        incomplete = not all(each.title and each.body for each in texts_of.values())
        changed = any(
            found.get((language, anchor)) != kept.get((language, anchor)) for language in LANGUAGES
        )
        parts.append(
            {
                "anchor": anchor,
                "title": next(filter(None, titles), anchor),
                "languages": texts_of.items(),
                "incomplete": incomplete,
                "touched": anchor == touched,
                "open": incomplete or changed or anchor == touched,
            }
        )
    faults = [_fault(problem, written, parts) for problem in problems]
    faults.sort(key=lambda fault: int(fault.target.split("-")[1]) if "-" in fault.target else -1)
    wrong_in: dict[str, list[str]] = {}
    for fault in faults:
        wrong_in.setdefault(fault.target, []).append(fault.words)
    for i, part in enumerate(parts):
        fields = {f"{field}-{i}-{language}" for field in "tb" for language in LANGUAGES}
        part["open"] = part["open"] or not fields.isdisjoint(wrong_in)
    page_html = render_template(
        "staff/text.html",
        page=page,
        title=title_of(page),
        parts=parts,
        bases=all_bases,
        wrong=wrong,
        said=said,
        problems=faults,
        wrong_in=wrong_in,
    )
    return page_html, 422 if wrong or problems else 200


def _parts_of(texts: Mapping[Language, str]) -> dict[tuple[Language, str], PagePart]:
    return {
        (language, part.anchor): part
        for language, text in texts.items()
        for part, _own in split_parts(text)[1]
    }


def _fault(
    problem: Problem, written: Mapping[Language, str], parts: Sequence[Mapping[str, Any]]
) -> Fault:
    """Return a problem of a page with the field to mend: heading or text of a part."""
    language = next((each for each in LANGUAGES if each == Path(problem.file).parent.name), None)
    if language is None:
        return Fault("main", title_of(Path(problem.file).name), say(problem.message))
    at = part_at(written[language], problem.line)
    anchor, heading = at or ("", False)
    words = say(problem.message)
    if problem.location:  # a part without its text, or one that this language lacks
        anchor, heading = str(problem.location[0]), not at or at[0] != problem.location[0]
        words = gettext("heading and text are missing") if heading else words
    for i, part in enumerate(parts):
        if part["anchor"] == anchor:
            text = dict(part["languages"])[language]
            if heading and text.body and not text.title:
                words = gettext("fill this in")
            target = f"{'t' if heading else 'b'}-{i}-{language}"
            return Fault(target, f"{part['title']}, {LANGUAGE_NAMES[language]}", words)
    return Fault("main", LANGUAGE_NAMES[language], words)


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
