"""What an edit does to pages and to fields, in sentences: no frame shows all of it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final

from campaign.staff.files.checkout import PUBLICATIONS_FOLDER, Checkout, Edit
from campaign.staff.forms.joining import NotJoinable, join
from campaign.staff.forms.markdown_editing import split_parts
from campaign.staff.forms.yaml_editing import NotEditable
from campaign.staff.views.overruling import FILE as OVERRULED_FILE
from campaign.staff.views.places import say_place
from campaign.words.i18n import current_language, gettext, say_colon
from campaign.words.i18n import mark as _

MOST_SAID: Final = 20


def say_parts(checkout: Checkout, edit: Edit) -> Iterator[str]:
    """Yield which parts are new, removed or moved, each once for all languages."""
    texts = {
        name: (_titles(checkout.read(name)), _titles(text))
        for name, text in edit.items()
        if name.endswith(".md")
    }
    # The titles of the language of the page win over those of the others.
    own = sorted(texts, key=lambda name: PurePosixPath(name).parent.name == current_language())
    titles: dict[str, str] = {}
    for name in own:
        titles |= texts[name][0] | texts[name][1]
    for sentence, old, new in (
        (_("New part: %(title)s"), 0, 1),
        (_("Part removed: %(title)s"), 1, 0),
    ):
        gone = {each for pair in texts.values() for each in pair[new] if each not in pair[old]}
        yield from (gettext(sentence) % {"title": titles[each]} for each in titles if each in gone)
    if any(_common(old, new) != _common(new, old) for old, new in texts.values()):
        yield gettext(_("The parts stand in another order"))


def say_fields(checkout: Checkout, edit: Edit) -> Iterator[str]:
    """Yield what becomes of each field of contacts and tables; publications are told elsewhere."""
    for name, text in edit.items():
        before = checkout.read(name)
        table = name.endswith(".yaml") and not name.startswith(PUBLICATIONS_FOLDER)
        if not table or name == OVERRULED_FILE or not before or not text:
            continue
        with suppress(NotEditable, NotJoinable):
            for change in join(name, before, text, before, {}).changes[:MOST_SAID]:
                place = say_place(change.place, name, text)
                old, new = (each or gettext("nothing") for each in (change.opened, change.wanted))
                yield f"{place}{say_colon()}{old} → {new}"


def _titles(text: str | None) -> dict[str, str]:
    return {part.anchor: part.title for part, _own in split_parts(text or "")[1]}


def _common(of: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return [anchor for anchor in of if anchor in other]
