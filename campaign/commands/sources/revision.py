"""An earlier state of the folder of figures: another folder, or a revision that git knows."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

import click

from calculator.errors import SourcesInvalid
from calculator.figures.sources import Sources
from calculator.loading.files import Files
from calculator.loading.folder import check_sources, read_sources
from campaign.upkeep.impact.archive import unpack

_SECONDS: Final = 60
# Set while git runs a hook: they name the repository of the hook, and would outrank our folder.
_OF_A_HOOK: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class BaseUnusable(click.ClickException):
    """There is nothing to compare with; the text says why and what to do."""


class Base(NamedTuple):
    """What an edit is compared with, and what to call it."""

    name: str
    sources: Sources


def load_base(folder: Path, base: str) -> Base:
    """Load the folder that `base` names, or ours as it was at a revision; raises BaseUnusable."""
    if Path(base).is_dir():
        return Base(base, _check(read_sources(Path(base)), base))
    commit = _commit(folder, base)
    name = base if commit.startswith(base) else f"{base} ({commit[:9]})"
    return Base(name, _check(_files_at(folder, commit, base), name))


def _check(files: Files, name: str) -> Sources:
    try:
        return check_sources(files).sources
    except SourcesInvalid as error:
        raise BaseUnusable(
            f"the figures of {name} do not pass today's checks, so nothing can be compared"
            f" with them. Choose another --base. They say:\n{error}"
        ) from error


def _commit(folder: Path, revision: str) -> str:
    if _git(folder, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        raise BaseUnusable(
            f"{folder} is in no git checkout, so there is no earlier state to be found."
            " Name the folder of another copy of the figures: --base DIR"
        )
    wanted = f"{revision}^{{commit}}"
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if not found:
        raise BaseUnusable(
            f"{revision} is neither a folder nor a revision that git knows here."
            " Try --base HEAD, or --base with the folder of another copy of the figures"
        )
    return found.decode().strip()


def _files_at(folder: Path, commit: str, name: str) -> Files:
    """Return the files of the folder at a commit."""
    # Within a folder, git archives that folder alone, with names that begin there.
    packed = _git(folder, "archive", "--format=tar", commit)
    if not packed:
        raise BaseUnusable(f"at {name} there is no folder {folder}. Choose another --base")
    return unpack(packed)


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what git says, nothing where it refuses."""
    program = shutil.which("git")
    if program is None:
        raise BaseUnusable(
            "git is not installed here. Name the folder of another copy of the figures: --base DIR"
        )
    if not folder.is_dir():
        raise BaseUnusable(f"{folder} is not a folder")
    surroundings = {key: text for key, text in os.environ.items() if key not in _OF_A_HOOK}
    try:
        done = subprocess.run(  # noqa: S603 - git itself, and a revision it is told is no option
            [program, "-C", str(folder), *arguments],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BaseUnusable(f"git does not answer ({error}). Use --base DIR") from error
    if done.returncode == 0:
        return done.stdout
    if b"dubious ownership" in done.stderr:
        raise BaseUnusable(done.stderr.decode(errors="replace").strip())
    return b""
