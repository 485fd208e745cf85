"""A bare Debian, made by debootstrap from the mirror this machine uses, and containers on it.

No registry is asked for an image. Where the mirror, the Python index and its certificates are is
read from this machine's own settings; nothing of it stays in the project or in an image.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
SECONDS = 600.0
LIMITS = {"nofile": 16384, "nproc": 4096}


def run(*command: str | Path, seconds: float = SECONDS, **more: str) -> str:
    """Run a command and return what it prints; raises RuntimeError with all of it if it fails."""
    done = subprocess.run(
        command,
        env=os.environ | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}):\n{done.stdout[-6000:]}")
    return done.stdout


def make_bare(folder: Path, *packages: str) -> Path:
    """Make a bare Debian of this machine's release in a new folder, with some packages more."""
    release = platform.freedesktop_os_release()["VERSION_CODENAME"]
    listed = run(
        "apt-get", "indextargets", "--format", "$(REPO_URI)",
        "Created-By: Packages", "Origin: Debian", f"Codename: {release}", "Component: main",
    )  # fmt: skip
    include = [f"--include={','.join(packages)}"] if packages else []
    run("debootstrap", "--variant=minbase", *include, release, folder, listed.split()[0])
    return folder


def pip_settings(cert: str) -> str:
    """Return a pip.conf with the index that pip uses on this machine.

    `cert`: where its certificates will be found.
    """
    listed = run(sys.executable, "-m", "pip", "config", "list")
    found = dict(re.findall(r"(?m)^[^.]+\.((?:extra-)?index-url)='(http.*)'$", listed))
    lines = "".join(f"{name} = {text}\n" for name, text in found.items())
    return f"[global]\ncert = {cert}\n{lines}"


@dataclass(frozen=True)
class Containers:
    """Podman and Buildah with a storage of their own, gone with its folder."""

    folder: Path

    @property
    def settings(self) -> dict[str, str]:
        """Return the environment in which both use this storage."""
        return {
            "CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf"),
            "CONTAINERS_CONF": str(self.folder / "containers.conf"),
            "BUILDAH_ISOLATION": "chroot",
            "TMPDIR": str(self.folder),
        }

    def prepare(self) -> None:
        """Write the settings: what works on every file system, kernel and set of rights.

        vfs keeps images in plain folders; runc, unlike crun, knows both kinds of cgroups at once.
        """
        self.folder.mkdir(exist_ok=True)
        (self.folder / "storage.conf").write_text(
            f'[storage]\ndriver = "vfs"\ngraphroot = "{self.folder}/images"\n'
            f'runroot = "{self.folder}/run"\n',
            encoding="utf-8",
        )
        (self.folder / "containers.conf").write_text(
            '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\n',
            encoding="utf-8",
        )

    def podman(self, *arguments: str | Path, seconds: float = SECONDS) -> str:
        """Run podman and return what it prints."""
        return run("podman", *arguments, seconds=seconds, **self.settings)

    @contextmanager
    def running(self, name: str, *arguments: str | Path) -> Iterator[int]:
        """Run a container; yield the process id of its first process, and remove it at the end."""
        # Podman asks for a million of each, more than this machine's root may be allowed.
        own = [f"--ulimit={kind}={most}:{most}" for kind, most in LIMITS.items()]
        try:
            self.podman("run", "--detach", "--no-healthcheck", "--name", name, *own, *arguments)
            yield int(self.podman("inspect", "--format", "{{.State.Pid}}", name))
        finally:
            self.podman("rm", "--force", "--ignore", "--time", "5", name)
