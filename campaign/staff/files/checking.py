"""Try an edit on the files as they were read: what would be wrong, and what they would then say."""

from dataclasses import dataclass, replace

from calculator.errors import Problem
from calculator.figures.sources import Sources
from calculator.loading.files import Files
from campaign.live.folders import Folders
from campaign.published.contacts import Contacts
from campaign.published.findings import Finding
from campaign.published.state import check_files
from campaign.staff.files.checkout import CONTENT, SOURCES, Checkout, Edit


@dataclass(frozen=True, slots=True)
class State:
    """The files as read; figures and contacts, None where unusable; problems and warnings."""

    figures: Files
    texts: Files
    sources: Sources | None
    contacts: Contacts | None
    problems: tuple[Problem, ...]
    warnings: tuple[Finding, ...]

    def text(self, name: str) -> str:
        """Return a text by its place in the project, as it was read; empty where there is none."""
        found = self.texts.get(name.removeprefix(CONTENT), b"")
        return found.decode("utf-8", "replace") if isinstance(found, bytes) else ""


@dataclass(frozen=True, slots=True)
class Trial:
    """The files as they are and as an edit would leave them.

    `problems` are those that forbid the edit: in its own files, or new in others. `others` stood
    in other files before, and hinder nobody from mending this one. `warnings` need a reason.
    """

    before: State
    after: State
    problems: tuple[Problem, ...]
    others: tuple[Problem, ...]
    warnings: tuple[Finding, ...]


def load_state(folders: Folders) -> State:
    """Read all that staff edit and collect every problem, each under its place in the project."""
    return _check(*folders.read())


def _check(figures: Files, texts: Files) -> State:
    found = check_files(figures, texts)
    problems = {
        replace(problem, file=f"{folder}{problem.file}")
        for folder, of_folder in ((SOURCES, found.figure_problems), (CONTENT, found.text_problems))
        for problem in of_folder
    }
    sources = found.loaded.sources if found.loaded is not None else None
    warnings = tuple(each for each in found.findings if not each.refused)
    return State(figures, texts, sources, found.contacts, tuple(sorted(problems)), warnings)


def try_edit(checkout: Checkout, edit: Edit, before: State) -> Trial:
    """Check an edit against everything the site checks, without touching the folders."""
    for name in edit:
        checkout.hold(name)
    after = _check(_edited(before.figures, SOURCES, edit), _edited(before.texts, CONTENT, edit))
    # A line further down is the same old problem, so lines do not count.
    old = {(problem.file, problem.message) for problem in before.problems}
    forbidding = [
        problem
        for problem in after.problems
        if problem.file in edit or (problem.file, problem.message) not in old
    ]
    others = [problem for problem in after.problems if problem not in forbidding]
    own = {name.removeprefix(SOURCES).removeprefix(CONTENT) for name in edit}
    known = {finding.key for finding in before.warnings}
    warnings = tuple(
        finding for finding in after.warnings if finding.file in own or finding.key not in known
    )
    return Trial(before, after, tuple(forbidding), tuple(others), warnings)


def _edited(files: Files, folder: str, edit: Edit) -> Files:
    """Lay an edit over the files of a folder."""
    edited = dict(files)
    for name, text in edit.items():
        if name.startswith(folder):
            edited.pop(name.removeprefix(folder), None)
            if text is not None:
                edited[name.removeprefix(folder)] = text.encode()
    return edited
