"""Who changed what, when and why: commits where the folder is a git checkout, else a journal."""

import datetime
import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from campaign.staff.files.checkout import CONTENT, SOURCES, Checkout

FOLDERS: Final = (SOURCES.rstrip("/"), CONTENT.rstrip("/"))
LONGEST_HISTORY: Final = 300
GIT_SECONDS: Final = 30
OUTSIDE: Final = "outside the desk"


class NotRecorded(Exception):
    """The record could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class SavedEdit:
    """One saved edit."""

    id: str
    who: str
    when: str
    why: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """One file of a record: its text before and after, None where there was none."""

    before: str | None
    after: str | None


UNSAID: Final = Versions(None, None)


@dataclass(frozen=True, slots=True)
class GitRecords:
    """Commits of only the edited files, by fixed arguments, without a shell and without hooks."""

    checkout: Checkout
    name: str = "git"

    def run(self, *arguments: str, text: str = "", author: str = "") -> bytes:
        """Run git in the checkout; raises NotRecorded with its own words."""
        # GIT_DIR and its kin would lead git to another checkout than this one.
        environment = {key: value for key, value in os.environ.items() if key[:4] != "GIT_"}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
        if author:
            for role in ("AUTHOR", "COMMITTER"):
                environment |= {
                    f"GIT_{role}_NAME": author,
                    f"GIT_{role}_EMAIL": "staff@desk.invalid",
                }
        settings = ("core.hooksPath=/dev/null", "core.fsmonitor=false", "commit.gpgSign=false",
                    "core.quotePath=false", "core.autocrlf=false", "gc.auto=0")  # fmt: skip
        command = ["git", *(part for setting in settings for part in ("-c", setting)), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
                command,
                cwd=self.checkout.root,
                env=environment,
                input=text.encode(),
                capture_output=True,
                timeout=GIT_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotRecorded(f"git did not run: {error}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise NotRecorded(said[0] if said else f"git ended with {done.returncode}")
        return done.stdout

    def catch_up(self, names: Sequence[str]) -> None:
        """Commit what someone changed in these files by hand, so that it is not the next one's."""
        present = [name for name in names if (self.checkout.root / name).exists()]
        if present and self.run("status", "--porcelain", "-z", "--", *present):
            self.add(OUTSIDE, "Found changed outside the desk", dict.fromkeys(present, UNSAID))

    def add(self, who: str, why: str, edits: Mapping[str, Versions]) -> str:
        """Commit the edited files alone; whatever else is staged stays staged."""
        names = sorted(edits)
        known = self.run("ls-files", "-z", "--", *names).decode().split("\0")
        present = [name for name in names if (self.checkout.root / name).exists()]
        if new := [name for name in present if name not in known]:
            self.run("add", "--", *new)
        touched = [name for name in names if name in known or name in present]
        options = ("--quiet", "--no-verify", "--only", "--allow-empty", "--cleanup=verbatim")
        self.run("commit", *options, "--file=-", "--", *touched, text=why, author=who)
        return self.run("rev-parse", "HEAD").decode().strip()

    def history(self) -> Sequence[SavedEdit]:
        """List commits of the folders staff edit, whoever made them."""
        try:
            listed = self.run("log", f"--max-count={LONGEST_HISTORY}", "--no-merges", "--name-only",
                              "-z", "--format=%x1e%H%x1f%an%x1f%aI%x1f%B%x1f", "--",
                              *FOLDERS).decode("utf-8", "replace")  # fmt: skip
        except NotRecorded:  # a checkout without a single commit
            return []
        found = []
        # A message may hold any sign: only one before a commit's name begins an entry, and the last
        # of the others stands before the files.
        for entry in re.split(r"\x1e(?=[0-9a-f]{40,64}\x1f)", listed)[1:]:
            head, files = entry.rsplit("\x1f", 1)
            commit, who, when, why = head.split("\x1f", 3)
            names = [name.strip("\n") for name in files.split("\0")]
            edited = tuple(sorted(name for name in names if name.startswith(FOLDERS)))
            found.append(SavedEdit(commit, who, when, why.strip(), edited))
        return found

    def versions(self, edit: SavedEdit) -> Mapping[str, Versions]:
        """Read the files of a commit as they were before and after it."""
        return {
            name: Versions(self._show(f"{edit.id}^", name), self._show(edit.id, name))
            for name in edit.files
        }

    def _show(self, commit: str, name: str) -> str | None:
        try:
            return self.run("cat-file", "blob", f"{commit}:{name}").decode("utf-8", "replace")
        except NotRecorded:
            return None


@dataclass(frozen=True, slots=True)
class JournalRecords:
    """A file of JSON lines that only ever grows."""

    path: Path
    name: str = "journal"

    def catch_up(self, names: Sequence[str]) -> None:
        """Leave it: a journal holds only what the desk did."""

    def add(self, who: str, why: str, edits: Mapping[str, Versions]) -> str:
        """Append one line and see it safely on the disk."""
        record_id = f"{len(self._lines()) + 1}"
        line = {
            "id": record_id,
            "who": who,
            "when": now(),
            "why": why,
            "files": {name: asdict(versions) for name, versions in edits.items()},
        }
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as journal:
                if journal.tell() and not self.path.read_bytes().endswith(b"\n"):
                    journal.write(b"\n")  # the line before was cut off
                journal.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                journal.flush()
                os.fsync(journal.fileno())
        except OSError as error:
            raise NotRecorded(f"the journal cannot be written: {error.strerror}") from error
        return record_id

    def history(self) -> Sequence[SavedEdit]:
        """List the lines of the journal, the newest first."""
        return [
            SavedEdit(
                line["id"], line["who"], line["when"], line["why"], tuple(sorted(line["files"]))
            )
            for line in reversed(self._lines())
        ][:LONGEST_HISTORY]

    def versions(self, edit: SavedEdit) -> Mapping[str, Versions]:
        """Return what one line changed."""
        files = next(line["files"] for line in self._lines() if line["id"] == edit.id)
        return {name: Versions(**versions) for name, versions in files.items()}

    def _lines(self) -> list[dict[str, Any]]:
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        found = []
        # By this sign alone: a text may hold others that Python takes for the end of a line.
        for line in text.split("\n"):
            with suppress(ValueError):  # one cut off by a power failure must not hide the others
                parsed = json.loads(line)
                if isinstance(parsed, dict) and "files" in parsed:
                    found.append(parsed)
        return found


Records = GitRecords | JournalRecords


def records_of(checkout: Checkout) -> Records:
    """Choose git where the project's folder is the top of a git checkout, else the journal."""
    git, journal = GitRecords(checkout), JournalRecords(checkout.state / "journal.jsonl")
    try:
        top = git.run("rev-parse", "--show-toplevel").decode().strip()
    except NotRecorded:
        return journal
    return git if Path(top).resolve() == checkout.root.resolve() else journal


def now() -> str:
    """Return the time, to the second, with its distance from Greenwich."""
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
