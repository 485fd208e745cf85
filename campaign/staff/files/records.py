"""Who changed what, when and why: commits in the folder's git, or in one the desk keeps."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.staff.files.checkout import CONTENT, SOURCES, Checkout, text_digest
from campaign.staff.files.git import DESK_ADDRESS, Git, NotRecorded
from campaign.words.i18n import mark as _

FOLDERS: Final = (SOURCES.rstrip("/"), CONTENT.rstrip("/"))
LONGEST_HISTORY: Final = 300
LONGEST_SEARCH: Final = 50
# Written into the record in English, and translated where a page shows it.
OUTSIDE: Final = _("outside the desk")
FOUND_CHANGED: Final = _("Found changed outside the desk")
BEGUN: Final = _("The files as the desk found them")


@dataclass(frozen=True, slots=True)
class SavedEdit:
    """One saved edit; `at_desk` is false for a commit that a developer made with git."""

    id: str
    who: str
    when: str
    why: str
    files: tuple[str, ...]
    at_desk: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """One file of a record: its text before and after, None where there was none."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Records:
    """Commits of only the edited files."""

    checkout: Checkout

    @property
    def _git(self) -> Git:
        return Git(self.checkout)

    def prepare(self) -> None:
        """Make the desk's own repository where it is needed and not there yet.

        Raises NotRecorded where an edit could not be recorded, now or at all.
        """
        git = self._git
        try:
            if git.own is not None and not self._is_begun():
                git.own.mkdir(parents=True, exist_ok=True)
                git.run("init", "--quiet")
                self.add(OUTSIDE, BEGUN, self.checkout.names())
            git.hold_up()
        except OSError as error:
            raise NotRecorded(_("The record cannot be kept: %(detail)s"), error.strerror) from error

    def _is_begun(self) -> bool:
        try:
            return bool(self._git.run("rev-parse", "--verify", "--quiet", "HEAD"))
        except NotRecorded:
            return False

    def catch_up(self, names: Sequence[str]) -> None:
        """Commit what someone changed in these files by hand, so that it is not the next one's."""
        present = [name for name in names if (self.checkout.root / name).exists()]
        if present and self._git.run("status", "--porcelain", "-z", "--", *present):
            self.add(OUTSIDE, FOUND_CHANGED, present)

    def add(self, who: str, why: str, edited: Sequence[str]) -> str:
        """Commit the edited files alone; whatever else is staged stays staged."""
        git, names = self._git, sorted(edited)
        known = git.run("ls-files", "-z", "--", *names).decode().split("\0")
        present = [name for name in names if (self.checkout.root / name).exists()]
        if new := [name for name in present if name not in known]:
            git.run("add", "--", *new)
        touched = [name for name in names if name in known or name in present]
        options = ("--quiet", "--no-verify", "--only", "--allow-empty", "--cleanup=verbatim")
        git.run("commit", *options, "--file=-", "--", *touched, text=why, author=who)
        return git.run("rev-parse", "HEAD").decode().strip()

    def history(self) -> Sequence[SavedEdit]:
        """List commits of the folders staff edit, whoever made them."""
        return self._log(LONGEST_HISTORY, FOLDERS)

    def since(self, name: str, digest: str) -> tuple[str | None, Sequence[SavedEdit]]:
        """Return a file as it was when it had this digest, and the edits made to it since.

        The text is None where the record has no such state, or not among the last ones.
        """
        later: list[SavedEdit] = []
        for edit in self._log(LONGEST_SEARCH, (name,)):
            text = self._show(edit.id, name)
            if text is not None and text_digest(text) == digest:
                return text, later
            later.append(edit)
        return None, []

    def _log(self, most: int, paths: Sequence[str]) -> list[SavedEdit]:
        try:
            listed = self._git.run("log", f"--max-count={most}", "--no-merges", "--name-only",
                                   "-z", "--format=%x1e%H%x1f%an%x1f%aI%x1f%ce%x1f%B%x1f", "--",
                                   *paths).decode("utf-8", "replace")  # fmt: skip
        except NotRecorded:  # no commit yet, or what `prepare` says
            return []
        found = []
        # A message may hold any sign: only one before a commit's name begins an entry, and the last
        # of the others stands before the files.
        for entry in re.split(r"\x1e(?=[0-9a-f]{40,64}\x1f)", listed)[1:]:
            head, files = entry.rsplit("\x1f", 1)
            commit, who, when, committer, why = head.split("\x1f", 4)
            names = [name.strip("\n") for name in files.split("\0")]
            edited = tuple(sorted(name for name in names if name.startswith(FOLDERS)))
            at_desk = committer == DESK_ADDRESS
            found.append(SavedEdit(commit, who, when, why.strip(), edited, at_desk))
        return found

    def versions(self, edit: SavedEdit) -> Mapping[str, Versions]:
        """Read the files of a commit as they were before and after it."""
        return {
            name: Versions(self._show(f"{edit.id}^", name), self._show(edit.id, name))
            for name in edit.files
        }

    def _show(self, commit: str, name: str) -> str | None:
        try:
            return self._git.run("cat-file", "blob", f"{commit}:{name}").decode("utf-8", "replace")
        except NotRecorded:
            return None


def now() -> str:
    """Return the time, to the second, with its distance from Greenwich."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
