"""Warnings about words that an edit goes live with: each needs a reason, which is kept."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask import request

from calculator.clock import belgian_day
from campaign.published.findings import Finding
from campaign.published.overruled import OVERRULED, Entry, write_entries
from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import CONTENT, text_digest

LONGEST_REASON: Final = 300
FILE: Final = f"{CONTENT}{OVERRULED}"


def sent_reasons(warnings: Sequence[Finding]) -> dict[str, str] | None:
    """Read the reason for each warning from the form; None where one lacks or is too long."""
    reasons = {
        warning.key: " ".join(request.form.get(f"reason.{warning.key}", "").split())
        for warning in warnings
    }
    sound = all(0 < len(reason) <= LONGEST_REASON for reason in reasons.values())
    return reasons if sound else None


def overrule(
    edit: Mapping[str, str | None],
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
