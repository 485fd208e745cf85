"""Which parts of a text were changed in some languages and not yet in the others, by the commits.

Counted from the first text saved at the desk: whoever delivered the texts before compared them.
Along the first parents: what came by a merge is one change, and the states follow each other.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import dropwhile
from typing import Final

from calculator.languages import LANGUAGES, Language
from campaign.disk import write_whole
from campaign.staff.files.checking import State
from campaign.staff.files.checkout import CONTENT, Checkout, names_of_page
from campaign.staff.files.git import DESK_ADDRESS, Git
from campaign.staff.files.records import LONGEST_HISTORY
from campaign.staff.forms.markdown_editing import split_parts

MARKS_FILE: Final = "in-step.json"

# The words of each part of one file, by its short name.
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed texts; without one, what was changed here and not saved by the desk."""

    commit: str = ""
    who: str = ""
    when: str = ""
    names: tuple[str, ...] = ()
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class OutOfStep:
    """A part of a page, changed in some languages since all four last said the same."""

    page: str
    anchor: str
    title: str
    newest: Change
    edited: tuple[Language, ...]
    behind: tuple[Language, ...]
    digest: str


@dataclass(slots=True)
class _Part:
    """A part while the commits are walked: its words when last in step, and its newest change."""

    then: Mapping[Language, str]
    newest: Change


def find_out_of_step(checkout: Checkout, state: State, language: Language) -> tuple[OutOfStep, ...]:
    """Return the parts of all pages that are out of step; `language` is that of their titles.

    Raises NotRecorded where git does not answer.
    """
    git = Git(checkout)
    changes = [*dropwhile(lambda change: not change.at_desk, _changes(git))]
    pages, marks = checkout.pages(), _read_marks(checkout)
    blobs = _read_blobs(git, _wanted(pages, changes))
    return tuple(
        found for page in pages for found in _walk(state, page, changes, blobs, marks, language)
    )


def mark_in_step(checkout: Checkout, parts: Collection[OutOfStep]) -> None:
    """Keep that a person read these parts, and that they say the same as they stand."""
    with checkout.alone():
        marks = _read_marks(checkout) | {
            _key(item.page, item.anchor): item.digest for item in parts
        }
        text = json.dumps(marks, indent=1, sort_keys=True)
        write_whole(checkout.state / MARKS_FILE, text.encode())


def _walk(
    state: State,
    page: str,
    changes: Collection[Change],
    blobs: Mapping[str, str],
    marks: Mapping[str, str],
    language: Language,
) -> Iterator[OutOfStep]:
    """Follow a page from the oldest commit to the files as they are."""
    names = names_of_page(page)
    texts = {code: state.text(name) for code, name in names.items()}
    states: dict[Language, Words] = {
        code: _words_in(blobs.get(_before(name, changes), "")) for code, name in names.items()
    }
    parts: dict[str, _Part] = {}
    for change in (*changes, Change(names=tuple(names.values()))):
        after = {
            code: _words_in(
                blobs.get(f"{change.commit}:{name}", "") if change.commit else texts[code]
            )
            for code, name in names.items()
            if name in change.names
        }
        changed = {
            anchor
            for code, words in after.items()
            for anchor in {*words, *states[code]}
            if words.get(anchor, "") != states[code].get(anchor, "")
        }
        before = {anchor: _words(states, anchor) for anchor in changed}
        states |= after
        for anchor in changed:
            part = parts.setdefault(anchor, _Part(before[anchor], change))
            now = _words(states, anchor)
            part.newest = change
            all_changed = all(now[code] != part.then[code] for code in LANGUAGES)
            if all_changed or marks.get(_key(page, anchor)) == _digest(now):
                part.then = now
    for shown, _own in split_parts(texts[language])[1]:
        known = parts.get(shown.anchor)
        if known is None:
            continue
        now = _words(states, shown.anchor)
        edited = tuple(code for code in LANGUAGES if now[code] != known.then[code])
        behind = tuple(code for code in LANGUAGES if code not in edited)
        if edited:
            digest = _digest(now)
            yield OutOfStep(page, shown.anchor, shown.title, known.newest, edited, behind, digest)


def _words_in(text: str) -> Words:
    """Return the words of each part: signs, spaces and capitals change no meaning."""
    return {
        part.anchor: " ".join(re.findall(r"\w+", f"{part.title} {part.body}".casefold()))
        for part, _own in split_parts(text)[1]
    }


def _words(states: Mapping[Language, Words], anchor: str) -> dict[Language, str]:
    return {code: states[code].get(anchor, "") for code in LANGUAGES}


def _digest(words: Mapping[Language, str]) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:20]


def _key(page: str, anchor: str) -> str:
    return f"{page}#{anchor}"


def _changes(git: Git) -> Iterator[Change]:
    """Yield the newest commits that changed texts, the oldest first."""
    listed = git.run("log", "--first-parent", "--diff-merges=first-parent", "--reverse",
                         f"--max-count={LONGEST_HISTORY}", "--name-only", "-z",
                         "--format=%x1e%H%x1f%an%x1f%aI%x1f%ce%x1f", "--", CONTENT)  # fmt: skip
    text = listed.decode("utf-8", "replace")
    for entry in re.split(r"\x1e(?=[0-9a-f]{40,64}\x1f)", text)[1:]:
        commit, who, when, committer, files = entry.split("\x1f", 4)
        names = (name.strip("\n") for name in files.split("\0"))
        texts = tuple(name for name in names if name.endswith(".md"))
        yield Change(commit, who, when, texts, committer == DESK_ADDRESS)


def _wanted(pages: Collection[str], changes: Collection[Change]) -> Iterator[str]:
    """Yield what to read: every text after each change, and before its first one."""
    for change in changes:
        yield from (f"{change.commit}:{name}" for name in change.names)
    for page in pages:
        yield from (_before(name, changes) for name in names_of_page(page).values())


def _before(name: str, changes: Collection[Change]) -> str:
    """Return where a text stands as it was before the first of the changes."""
    first = next((change.commit for change in changes if name in change.names), None)
    return f"{first}^:{name}" if first else f"HEAD:{name}"


def _read_blobs(git: Git, wanted: Iterator[str]) -> Mapping[str, str]:
    """Read many texts in one go; what is missing is left out."""
    asked = list(dict.fromkeys(wanted))
    answer = git.run("cat-file", "--batch", text="".join(f"{each}\n" for each in asked))
    found = {}
    for each in asked:
        head, _, answer = answer.partition(b"\n")
        kind, _, size = head.rpartition(b" ")
        if kind.endswith(b" blob"):
            found[each] = answer[: int(size)].decode("utf-8", "replace")
            answer = answer[int(size) + 1 :]
    return found


def _read_marks(checkout: Checkout) -> dict[str, str]:
    try:
        read = json.loads((checkout.state / MARKS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # to ask once more is better than never
        return {}
    return read if isinstance(read, dict) else {}
