"""What an edit does to the parts of a page, in sentences: the preview shows the rest."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from campaign.staff.files.checkout import Checkout, Edit
from campaign.staff.forms.markdown_editing import split_parts
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _


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


def _titles(text: str | None) -> dict[str, str]:
    return {part.anchor: part.title for part, _own in split_parts(text or "")[1]}


def _common(of: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return [anchor for anchor in of if anchor in other]
