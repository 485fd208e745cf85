"""Git for the desk: run by fixed arguments, and what stands in its way, said before work begins."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaign.staff.files.checkout import Checkout
from campaign.words.i18n import mark as _

GIT_SECONDS: Final = 30
LEAST_FREE_MB: Final = 20
# Whom the desk writes as the committer: so its own commits are told from those of developers.
DESK_ADDRESS: Final = "staff@desk.invalid"
_MERGING: Final = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_NO_GIT: Final = _(
    "Git is not on this computer, and the desk keeps its record with it. Whoever looks after the"
    " desk installs it"
)
_ANOTHERS: Final = _(
    "This folder belongs to another user of this computer, so git records nothing here. Whoever"
    " looks after the desk gives the folder to the user who runs it"
)
_UNDER_WAY: Final = _(
    "A merge is under way in this folder. Whoever began it ends it first (git status says how)"
)
_NO_BRANCH: Final = _(
    "This folder stands on no branch, so what is saved here could be lost. Whoever looks after it"
    " chooses one (git switch main)"
)
_LOCKED: Final = _(
    "Another program is writing in this folder's git. Wait a minute; if this stays, it left"
    " %(detail)s behind, which whoever looks after the desk deletes"
)
_FULL: Final = _("The disk is full: %(detail)s MB are left")


class NotRecorded(Exception):
    """No record could be made: a sentence to translate, and a detail that stands in it."""

    def __init__(self, sentence: str, detail: object = "") -> None:
        super().__init__(sentence % {"detail": detail})
        self.sentence, self.detail = sentence, str(detail)


@dataclass(frozen=True, slots=True)
class Git:
    """The git of the project's folder; where it has none, a repository in the desk's own state."""

    checkout: Checkout

    @property
    def own(self) -> Path | None:
        """Return the desk's own repository, None where the folder is a checkout itself."""
        there = (self.checkout.root / ".git").exists()
        return None if there else self.checkout.state / "record.git"

    def run(self, *arguments: str, text: str = "", author: str = "") -> bytes:
        """Run git on the folder, without a shell and without hooks; raises NotRecorded."""
        # GIT_DIR and its kin would lead git to another checkout than this one, and so would a
        # folder above this one.
        environment = {key: value for key, value in os.environ.items() if key[:4] != "GIT_"}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C",
                        "GIT_CEILING_DIRECTORIES": str(self.checkout.root.parent)}  # fmt: skip
        if self.own is not None:
            environment |= {"GIT_DIR": str(self.own), "GIT_WORK_TREE": str(self.checkout.root)}
        if author:
            for role in ("AUTHOR", "COMMITTER"):
                environment |= {
                    f"GIT_{role}_NAME": author,
                    f"GIT_{role}_EMAIL": DESK_ADDRESS,
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
        except FileNotFoundError as error:
            raise NotRecorded(_NO_GIT) from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotRecorded(_("Git did not run: %(detail)s"), error) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            if said and "dubious ownership" in said[0]:
                raise NotRecorded(_ANOTHERS)
            raise NotRecorded(_("Git says: %(detail)s"), said[0] if said else done.returncode)
        return done.stdout

    def folder(self) -> Path:
        """Return where git keeps the state of this folder; raises NotRecorded."""
        return self.own or Path(self.run("rev-parse", "--absolute-git-dir").decode().strip())

    def hold_up(self) -> None:
        """Raise NotRecorded where an edit could not be recorded now, with what is to be done."""
        folder = self.folder()
        if any((folder / name).exists() for name in _MERGING):
            raise NotRecorded(_UNDER_WAY)
        if (folder / "index.lock").exists():
            raise NotRecorded(_LOCKED, folder / "index.lock")
        if not (folder / "HEAD").read_text(encoding="utf-8").startswith("ref: "):
            raise NotRecorded(_NO_BRANCH)
        for place in (self.checkout.root, folder):
            free = shutil.disk_usage(place).free // 1_000_000
            if free < LEAST_FREE_MB:
                raise NotRecorded(_FULL, free)
