"""Walk through "A single host" of docs/deploying.md on a bare Debian, by its own commands.

    .venv/bin/python tools/scale/walk.py NEW_FOLDER

The Debian runs as a container with systemd as its first process and a network of its own. What is
run there, and what otherwise than the document says, is in tools/scale/steps.py.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from bare import CERTIFICATES, Containers, make_bare, pip_settings, run
from composition import change_a_figure
from steps import script

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = ROOT / "docs" / "deploying.md"
PACKAGES = ("systemd-sysv", "dbus", "iproute2")  # which every installed Debian has
SECONDS = 900.0
# To make mounts, devices and rules of a firewall inside the container: a host of its own can.
RIGHTS = ("SYS_ADMIN", "NET_ADMIN", "MKNOD", "AUDIT_WRITE")


def prepare(folder: Path) -> Path:
    """Make the Debian with what this machine adds to it, and the project as it stands here."""
    bare = make_bare(folder / "bare", *PACKAGES)
    shutil.copy(CERTIFICATES, bare / "root" / "ca.pem")
    (bare / "etc/pip.conf").write_text(pip_settings("/root/ca.pem"), encoding="utf-8")
    # What Debian's unit asks for and a container here refuses: users of its own, many files.
    limit = bare / "etc/systemd/system/redis-server.service.d/limit.conf"
    limit.parent.mkdir(parents=True)
    limit.write_text("[Service]\nPrivateUsers=no\nLimitNOFILE=4096\n", encoding="utf-8")
    run("git", "init", "--quiet", "--bare", "--initial-branch=main", bare / "repository")
    commit = run("git", "-C", ROOT, "stash", "create").strip() or "HEAD"
    run("git", "-C", ROOT, "push", "--quiet", bare / "repository", f"{commit}:refs/heads/main")
    run("git", "clone", "--quiet", bare / "repository", folder / "edit")
    change_a_figure(folder / "edit" / "sources")
    as_someone = ("git", "-C", folder / "edit", "-c", "user.name=x", "-c", "user.email=x")
    run(*as_someone, "commit", "--quiet", "--all", "--message", "A new figure")
    run(*as_someone, "push", "--quiet", "origin", "HEAD:next")
    return bare


def walk(folder: Path) -> str:
    """Walk, and return all that was printed; raises RuntimeError with it when something fails."""
    commands = script(DOCUMENT.read_text(encoding="utf-8"))
    containers = Containers(folder)
    containers.prepare()
    bare = prepare(folder)
    (bare / "root" / "walk").write_text(commands, encoding="utf-8")
    rights = [f"--cap-add={right}" for right in RIGHTS]
    with containers.running(
        "walk",
        "--systemd=always",
        "--network=slirp4netns",
        "--shm-size=512m",
        *rights,
        "--rootfs",
        bare,
        "/sbin/init",
    ):
        time.sleep(5)
        return containers.podman("exec", "walk", "bash", "/root/walk", seconds=SECONDS)


if __name__ == "__main__":
    try:
        print(walk(Path(sys.argv[1]).resolve()))
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        sys.exit(str(error))
