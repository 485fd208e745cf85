"""The manual of the desk, by task: one file for each language, no part of what staff edit."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from calculator.errors import SourcesInvalid
from calculator.languages import LANGUAGES, Language
from campaign.published.texts import Section, check_sections
from campaign.words.i18n import current_language

blueprint = Blueprint("manual", __name__)

MANUAL: Final = Path(__file__).parent.parent / "manual"


@cache  # a part of the program, which does not change while it runs
def load_manual() -> Mapping[Language, tuple[Section, ...]]:
    """Read the manual in every language.

    Raises:
        ValueError: where a language has none, or one that cannot be read.
    """
    return {language: _read(MANUAL / f"{language}.md") for language in LANGUAGES}


def _read(path: Path) -> tuple[Section, ...]:
    try:
        return check_sections(path.read_bytes(), path.name)
    except (OSError, SourcesInvalid) as error:
        raise ValueError(f"{path}: the manual of the desk cannot be read ({error})") from error


@blueprint.get("/manual")
def manual() -> ResponseReturnValue:
    """Show the manual in the language of the page."""
    return render_template("staff/manual.html", sections=load_manual()[current_language()])
