"""Change a YAML file so that the diff is only what changed: comments, order and quotes stay.

Every plain value is a text here, as in calculator/loading/yaml_text.py: a year stays the digits
someone typed, and the schema alone decides what they mean.
"""

import io
import re
from collections.abc import Mapping
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, ScalarString

from calculator.errors import message as _

# Where a list entry stood before; a form carries it so that an entry keeps its comments.
WAS: Final = "_was"
# What every YAML reader takes for a plain text without a second look.
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*")


class Sentence(str):
    """A line of text for readers: always written in quotation marks, as the manual asks."""

    __slots__ = ()


Content = str | list["Content"] | Mapping[str, "Content"]


class _TextResolver(VersionedResolver):
    """Take no plain value for a number, a date or a truth: all are texts."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}


class NotEditable(Exception):
    """The text is no YAML that a form can show; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _yaml(text: str) -> YAML:
    """Make a reader and writer that keeps the file's own way of indenting lists."""
    yaml = YAML()
    yaml.Resolver = _TextResolver
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    dashes_at_margin = re.search(r"^\w[\w-]*:[ ]*\n- ", text, re.MULTILINE)
    offset = 0 if dashes_at_margin else 2
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    return yaml


def read_tree(text: str) -> Any:
    """Read a file as texts, lists and mappings; raises NotEditable."""
    # calculator.yaml_text refuses these too; here they would be resolved in silence.
    try:
        # A few lines with aliases of aliases would be millions when written out.
        if "*" in text and any(isinstance(each, AliasEvent) for each in _yaml(text).parse(text)):
            raise NotEditable(_("An alias (*name) stands in this file. Write the text out in full"))
        tree = _yaml(text).load(text) if text.strip() else CommentedMap()
    except (YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or ""
        raise NotEditable(
            _(
                "Line %(line)s is not written as YAML. The program says: %(problem)s",
                line=line,
                problem=problem,
            )
        ) from error
    if not isinstance(tree, CommentedMap):
        raise NotEditable(
            _("Line 1: fields must stand here, each on its own line, such as id: name")
        )
    return tree


def apply_content(text: str, content: Mapping[str, Content]) -> str:
    """Return the text with the content of a form, changed only where the form says otherwise.

    A field of the content with nothing in it loses its line; entries of a list carry under `_was`
    where they stood, and nothing else is ever taken away. Raises NotEditable for what is no YAML.
    """
    tree = read_tree(text)
    if not _update_mapping(tree, content):
        return text
    out = io.StringIO()
    _yaml(text).dump(tree, out)
    return out.getvalue()


def content_of(found: Any) -> Content:
    """Return what stands in a part of a file as the content that leaves all of it as it is."""
    if isinstance(found, Mapping):
        return {str(key): content_of(value) for key, value in found.items()}
    if isinstance(found, list):
        return [
            {WAS: str(i), **each} if isinstance(each, dict) else each
            for i, each in enumerate(map(content_of, found))
        ]
    return str(found)


def _update_mapping(tree: CommentedMap, content: Mapping[str, Content]) -> bool:
    """Bring a mapping to the content; tell whether anything changed."""
    changed = False
    previous: str | None = None
    for key, value in content.items():
        if key == WAS:
            continue
        if _is_empty(value):
            if tree.get(key):  # what stands there with nothing in it may stay
                _remove(tree, key)
                changed = True
            elif key in tree:
                previous = key  # an empty field that shows where a value belongs
            continue
        if key in tree:
            changed |= _update_at(tree, key, value)
        else:
            _insert(tree, previous, key, _fresh(value))
            changed = True
        previous = key
    return changed


def _insert(tree: CommentedMap, before: str | None, key: str, value: Any) -> None:
    """Put a field after the one before it, above the blank line and comment that may follow."""
    keys = list(tree)
    place = keys.index(before) + 1 if before in keys else 0
    above = tree.get(before)
    if (
        isinstance(above, CommentedMap)
        and isinstance(value, CommentedMap)
        and above.fa.flow_style()
    ):
        value.fa.set_flow_style()  # one line for each year, as the others have
    tree.insert(place, key, value)
    if place == len(keys) and before is not None and isinstance(value, str):
        # What follows a block stands behind the last field in it, however deep, and now behind
        # the field that ends it.
        holder, last = tree, before
        while isinstance(holder[last], CommentedMap) and not holder[last].fa.flow_style():
            holder = holder[last]
            last = list(holder)[-1]
        comments = holder.ca.items.get(last)
        if comments is not None and comments[2] is not None and comments[2].value[0] == "\n":
            tree.ca.items[key] = holder.ca.items.pop(last)


def _remove(tree: CommentedMap, key: str) -> None:
    keys = list(tree)
    place = keys.index(key)
    comments = tree.ca.items.get(key)
    del tree[key]
    tree.ca.items.pop(key, None)
    # The blank line after the last field belongs to what follows, so it stays.
    if comments is None or place == 0 or comments[2] is None:
        return
    above = keys[place - 1]
    free = isinstance(tree[above], str) and above not in tree.ca.items
    if free and comments[2].value.startswith("\n"):
        tree.ca.items[above] = comments


def _update_at(tree: Any, key: Any, value: Content) -> bool:
    found = tree[key]
    if isinstance(value, Mapping) and isinstance(found, CommentedMap):
        return _update_mapping(found, value)
    if isinstance(value, list) and isinstance(found, CommentedSeq):
        return _update_list(found, value)
    if found == value:
        return False
    if isinstance(value, str) and isinstance(found, ScalarString) and found:
        value = Sentence(value)  # quoted, as the one before it was
    if found == "" and isinstance(tree, CommentedMap):
        place = list(tree).index(key)
        del tree[key]  # or its quotation marks would stay
        tree.insert(place, key, _fresh(value))
        return True
    tree[key] = _fresh(value)
    return True


def _update_list(found: CommentedSeq, entries: list[Content]) -> bool:
    """Bring a list to its new entries: those that stay are changed in place."""
    origins = [_origin(entry, i, len(found)) for i, entry in enumerate(entries)]
    kept = [origin for origin in origins if origin is not None]
    if len(set(kept)) != len(kept) or kept != sorted(kept):
        found[:] = [_fresh(entry) for entry in entries]
        return True
    changed = False
    if not found:
        found.fa.set_block_style()  # written as [] so far
    for origin, entry in zip(origins, entries, strict=True):
        if origin is not None:
            changed |= _update_at(found, origin, entry)
    # From the last one on, so that the places of the others still hold.
    for index in sorted(set(range(len(found))) - set(kept), reverse=True):
        del found[index]
        changed = True
    for place, (origin, entry) in enumerate(zip(origins, entries, strict=True)):
        if origin is None:
            found.insert(place, _fresh(entry))
            changed = True
    return changed


def _origin(entry: Content, place: int, length: int) -> int | None:
    if isinstance(entry, Mapping):
        was = entry.get(WAS, "")
        return int(was) if isinstance(was, str) and was.isdigit() and int(was) < length else None
    return place if place < length else None


def _is_empty(value: Content) -> bool:
    if isinstance(value, str):
        return not value
    if isinstance(value, Mapping):
        return all(_is_empty(part) for key, part in value.items() if key != WAS)
    return not value


def _fresh(value: Content) -> Any:
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and not isinstance(value, Sentence)
        return str(value) if plain else DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        filled = {
            key: _fresh(part) for key, part in value.items() if key != WAS and not _is_empty(part)
        }
        # An entry just added has nothing in it yet, and must still be seen.
        return CommentedMap(filled or {"id": DoubleQuotedScalarString("")})
    return CommentedSeq([_fresh(part) for part in value])
