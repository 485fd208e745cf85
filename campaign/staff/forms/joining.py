"""Join two edits of one file field by field, and show each field that either of them changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from campaign.staff.forms.markdown_editing import PagePart, anchors_of, split_parts, write_parts
from campaign.staff.forms.yaml_editing import WAS, Content, Sentence, apply_content, read_tree

NOW: Final = "now"
WANTED: Final = "wanted"
BETWEEN: Final = " / "

# What stands at one place of a file; None where there is nothing.
Value = Content | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: when the form was opened, as it is now, and as it is wanted; empty for nothing."""

    place: str
    opened: str
    now: str
    wanted: str

    @property
    def clash(self) -> bool:
        """Return whether both sides changed it, each in another way."""
        return len({self.opened, self.now, self.wanted}) == 3


@dataclass(frozen=True, slots=True)
class Joined:
    """Both edits in one text; where fields clash and nobody chose, the text is as it is now."""

    text: str
    changes: tuple[FieldChange, ...]
    to_choose: tuple[FieldChange, ...]


class NotJoinable(Exception):
    """Something changed that is no field, such as a comment or the order of a list."""


def join(name: str, opened: str, wanted: str, now: str, chosen: Mapping[str, str]) -> Joined:
    """Bring what turned `opened` into `wanted` into `now`, field by field.

    `chosen` says for a place whether what is `now` or what is `wanted` holds. Raises NotJoinable,
    and NotEditable for a text in which no fields can be read.
    """
    # On the text it was made from, every line of the edit must come out again, in its order.
    again = _Joining(name, {}).join(opened, wanted, opened).text
    if _lines(wanted) != _lines(again):
        raise NotJoinable(name)
    return _Joining(name, chosen).join(opened, wanted, now)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@dataclass(slots=True)
class _Joining:
    """One run through the three texts, which notes the fields that differ."""

    name: str
    chosen: Mapping[str, str]
    changes: list[FieldChange] = field(default_factory=list)
    to_choose: list[FieldChange] = field(default_factory=list)

    def join(self, opened: str, wanted: str, now: str) -> Joined:
        if self.name.endswith(".md"):
            trees = (_parts(text) for text in (opened, wanted, now))
            content = self._mapping("", *trees)
            parts = [
                PagePart(anchor, str(part.get("title", "")), str(part.get("body", "")))
                for anchor, part in content.items()
                if isinstance(part, Mapping)
            ]
            text = write_parts(now, parts)
        else:
            trees = (read_tree(text) for text in (opened, wanted, now))
            text = apply_content(now, self._mapping("", *trees))
        return Joined(text, tuple(self.changes), tuple(self.to_choose))

    def _value(self, place: str, opened: Value, wanted: Value, now: Value) -> Value:
        there = [value for value in (opened, wanted, now) if value is not None]
        if all(isinstance(value, Mapping) for value in there):
            return self._mapping(place, *(_mapping(value) for value in (opened, wanted, now)))
        if all(_are_records(value) for value in there):
            records = [_records(value, of=there) for value in (opened, wanted, now)]
            if all(item is not None for item in records):
                return self._records(place, *(item or {} for item in records))
        return self._leaf(place, opened, wanted, now)

    def _mapping(
        self, place: str, opened: Mapping[str, Value], wanted: Mapping[str, Value],
        now: Mapping[str, Value],
    ) -> dict[str, Content]:  # fmt: skip
        keys = list(now)
        for previous, key in zip([None, *wanted], wanted, strict=False):
            if key not in keys:
                keys.insert(keys.index(previous) + 1 if previous in keys else 0, key)
        start = f"{place}{BETWEEN}" if place else ""
        return {
            key: self._value(f"{start}{key}", opened.get(key), wanted.get(key), now.get(key)) or ""
            for key in keys
        }

    def _records(
        self, place: str, opened: Mapping[str, Value], wanted: Mapping[str, Value],
        now: Mapping[str, Value],
    ) -> list[Content]:  # fmt: skip
        joined: dict[str, Content] = {}
        for was, (key, entry) in enumerate(now.items()):
            here = f"{place}{BETWEEN}{key}"
            if key in wanted:
                three = (opened.get(key), wanted[key], entry)
                joined[key] = {WAS: str(was), **self._mapping(here, *map(_mapping, three))}
            elif self._leaf(here, opened.get(key), None, entry) is not None:
                joined[key] = {WAS: str(was)}
        order = list(joined)
        for previous, key in zip([None, *wanted], wanted, strict=False):
            if key not in now:
                entry = wanted[key]
                added = self._leaf(f"{place}{BETWEEN}{key}", opened.get(key), entry, None)
                if isinstance(added, Mapping):
                    joined[key] = {WAS: "", **added}
                    order.insert(order.index(previous) + 1 if previous in order else 0, key)
        return [joined[key] for key in order]

    def _leaf(self, place: str, opened: Value, wanted: Value, now: Value) -> Value:
        if opened == wanted == now:
            return _unchanged(now)
        change = FieldChange(place, _say(opened), _say(now), _say(wanted))
        self.changes.append(change)
        if wanted in (opened, now):
            return _unchanged(now)
        if now != opened:
            choice = self.chosen.get(place)
            if choice not in (NOW, WANTED):
                self.to_choose.append(change)
            if choice != WANTED:
                return _unchanged(now)
        return _written(wanted)


def _parts(text: str) -> dict[str, Value]:
    found = {part.anchor: part for part, _own in split_parts(text)[1]}
    return {
        anchor: {"title": found[anchor].title, "body": found[anchor].body}
        for anchor in anchors_of({"": text})
    }


def _mapping(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, Mapping) else {}


def _are_records(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def _records(value: Value, of: Sequence[Value]) -> dict[str, Value] | None:
    """Name the entries of a list by their id, or by their place where all lists are as long."""
    entries = value if isinstance(value, list) else []
    names = [str(_mapping(entry).get("id", "")) for entry in entries]
    if not all(names) or len(set(names)) != len(names):
        lengths = {len(each) for each in of if isinstance(each, list)}
        if len(lengths) != 1:
            return None
        names = [str(number) for number in range(1, len(entries) + 1)]
    return dict(zip(names, entries, strict=True))


def _unchanged(value: Value) -> Value:
    """Return what leaves a value as it stands when it is applied."""
    if isinstance(value, list):
        return [
            {WAS: str(was)} if isinstance(entry, Mapping) else entry
            for was, entry in enumerate(value)
        ]
    return value


def _written(value: Value) -> Value:
    """Return a value of another text, quoted where it was quoted there."""
    if isinstance(value, Mapping):
        return {key: _written(part) or "" for key, part in value.items()}
    if isinstance(value, list):
        return [_written(entry) or "" for entry in value]
    # Texts in quotation marks are read as texts of a kind of their own.
    return Sentence(value) if value is not None and type(value) is not str else value


def _say(value: Value) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_say(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "\n".join(_say(entry) for entry in value)
    return value or ""
