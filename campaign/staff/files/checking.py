"""Try an edit on a copy of the folders: what would be wrong, and what the site would then say."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from calculator.errors import Problem, SourcesInvalid
from calculator.figures.sources import Sources
from calculator.loading.folder import load_sources
from campaign.published.contacts import Contacts, load_contacts
from campaign.published.texts import load_content
from campaign.staff.files.checkout import CONTENT, Checkout, Edit


@dataclass(frozen=True, slots=True)
class State:
    """What the folders hold: None where it cannot be used, and every problem why."""

    sources: Sources | None
    contacts: Contacts | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The folders as they are and as an edit would leave them.

    `problems` are those that forbid the edit: in its own files, or new in others. `others` stood
    in other files before, and hinder nobody from mending this one.
    """

    before: State
    after: State
    problems: tuple[Problem, ...]
    others: tuple[Problem, ...]


def load_state(root: Path) -> State:
    """Read all that staff edit and collect every problem, each under its place in the project."""
    problems: list[Problem] = []
    sources: Sources | None = None
    contacts: Contacts | None = None
    try:
        sources = load_sources(root / "sources")
    except SourcesInvalid as error:
        problems += [_placed("sources/", problem) for problem in error.problems]
    known = {cited.figure.id for cited in sources.figures()} if sources is not None else None
    try:
        contacts = load_contacts(root / CONTENT, known)
    except SourcesInvalid as error:
        problems += [_placed(CONTENT, problem) for problem in error.problems]
    try:
        load_content(root / CONTENT)
    except SourcesInvalid as error:
        problems += [_placed(CONTENT, problem) for problem in error.problems]
    return State(sources, contacts, tuple(sorted(set(problems))))


def _placed(folder: str, problem: Problem) -> Problem:
    return Problem(f"{folder}{problem.file}", problem.line, problem.message)


@contextmanager
def edited_copy(checkout: Checkout, edit: Edit) -> Iterator[Path]:
    """Return a copy of the folders with an edit in it, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="schatje-desk-") as folder:
        root = Path(folder)
        for part in ("sources", CONTENT):
            shutil.copytree(checkout.root / part, root / part, ignore=shutil.ignore_patterns(".*"))
        for name, text in edit.items():
            path = root / checkout.hold(name, new=True)
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(text.encode())
        yield root


def try_edit(checkout: Checkout, edit: Mapping[str, str | None], before: State) -> Trial:
    """Check an edit against everything the site checks, without touching the folders."""
    with edited_copy(checkout, edit) as root:
        after = load_state(root)
    # A line further down is the same old problem, so lines do not count.
    old = {(problem.file, problem.message) for problem in before.problems}
    forbidding = [
        problem
        for problem in after.problems
        if problem.file in edit or (problem.file, problem.message) not in old
    ]
    others = [problem for problem in after.problems if problem not in forbidding]
    return Trial(before, after, tuple(forbidding), tuple(others))
