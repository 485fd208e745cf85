"""Warnings about words that an edit goes live with: each needs a reason, which is kept."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import request

from calculator.clock import belgian_day
from campaign.published.findings import Finding
from campaign.published.overruled import OVERRULED, Entry, read_overruled, write_entries
from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import CONTENT, SOURCES, Edit, text_digest
from campaign.staff.views.places import find_field, say_file
from campaign.words.charter import Rule

LONGEST_REASON: Final = 300
FILE: Final = f"{CONTENT}{OVERRULED}"


@dataclass(frozen=True, slots=True)
class DoubtfulWords:
    """Some words, where they stand in the words of the form, and the address of that field."""

    words: str
    where: str
    path: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """All warnings of one rule in an edit: one reason is given for them; `key` names its box."""

    key: str
    rule: Rule
    found: Sequence[DoubtfulWords]


def list_doubts(edit: Edit, warnings: Sequence[Finding], form: str) -> list[Doubt]:
    """Return the warnings of an edit by rule; `form` is the address of its form, or empty."""
    by_rule: dict[str, list[Finding]] = {}
    for warning in warnings:
        by_rule.setdefault(_key(warning), []).append(warning)
    return [
        Doubt(key, held[0].rule, [_find(warning, edit, form) for warning in held])
        for key, held in by_rule.items()
    ]


@dataclass(frozen=True, slots=True)
class Reason:
    """Doubtful words that an edit lets stand: in which file, and why."""

    words: str
    where: str
    reason: str


def list_reasons(edit: Edit) -> Iterator[Reason]:
    """Yield the reasons that an edit puts on record."""
    kept, after = (
        read_overruled({OVERRULED: text.encode()}, []).overruled if text else ()
        for text in (desk().checkout.read(FILE), edit.get(FILE))
    )
    for entry in after:
        if entry not in kept:
            name = _path_in(edit, entry.file)
            where = say_file(name, edit[name]) if name else entry.file
            yield Reason(entry.words, where, entry.reason)


def _path_in(edit: Edit, file: str) -> str:
    """Return a file, named within its folder, as the edit names it; empty where it is not in it."""
    names = (f"{folder}{file}" for folder in (SOURCES, CONTENT))
    return next((name for name in names if name in edit), "")


def _key(warning: Finding) -> str:
    return hashlib.sha256(warning.rule.sentence.encode()).hexdigest()[:12]


def _find(warning: Finding, edit: Edit, form: str) -> DoubtfulWords:
    name = _path_in(edit, warning.file)
    if not name:  # in a file that the edit leaves as it is
        return DoubtfulWords(warning.words, warning.file, "")

    def read(file: str) -> str:
        return (edit[file] if file in edit else desk().checkout.read(file)) or ""

    where, field = find_field(warning.problem, name, read)
    return DoubtfulWords(warning.words, where, f"{form}#{field}" if form else "")


def sent_reasons(warnings: Sequence[Finding]) -> dict[str, str] | None:
    """Read the reason for each warning from the form; None where one lacks or is too long."""
    reasons = {
        warning.key: " ".join(request.form.get(f"reason.{_key(warning)}", "").split())
        for warning in warnings
    }
    sound = all(0 < len(reason) <= LONGEST_REASON for reason in reasons.values())
    return reasons if sound else None


def overrule(
    edit: Edit,
    bases: Mapping[str, str],
    warnings: Sequence[Finding],
    reasons: Mapping[str, str],
) -> tuple[dict[str, str | None], dict[str, str]]:
    """Return an edit, and the digests of its files, with the reasons for its warnings on record."""
    current = desk().checkout.read(FILE)
    today = belgian_day().isoformat()
    entries = {
        warning.key: Entry(
            file=warning.file,
            words=warning.words,
            reason=reasons[warning.key],
            who=user(),
            when=today,
        )
        for warning in warnings
    }
    text = write_entries(edit.get(FILE, current), entries.values())
    return {**edit, FILE: text}, {FILE: text_digest(current), **bases}
