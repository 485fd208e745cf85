"""Run a command confined as deploy/systemd does, but without systemd. Root only.

    unshare --mount python3 tools/scale/confined.py COMMAND …

Everything is read-only but /dev/shm; the user has no rights; no memory can be written and
then executed; only the system calls of the unit's SystemCallFilter are allowed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys

NOBODY = 65532
WRITABLE = "/dev/shm"  # noqa: S108 - a new one, in a mount namespace of its own
OWN_MOUNTS = ("/tmp", "/var/tmp")  # noqa: S108 - often mounts of their own: made read-only as well
_NO_NEW_PRIVILEGES = 38
_SET_MDWE = 65
_SCMP_ALLOW = 0x7FFF0000
_SCMP_EPERM = 0x00050000 | errno.EPERM


def main() -> None:
    """Confine this process, then become the command."""
    make_read_only()
    calls = system_calls()
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    libc = ctypes.CDLL(None, use_errno=True)
    for option in (_NO_NEW_PRIVILEGES, _SET_MDWE):
        if libc.prctl(option, 1, 0, 0, 0) != 0:
            print(f"this kernel lacks prctl {option}", file=sys.stderr)
    filter_calls(calls)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the tests' own command


def make_read_only() -> None:
    """Make every file system read-only in this mount namespace, and /dev/shm a small new one."""
    read_only = ["-o", "remount,ro,bind"]
    for arguments in (
        ["--make-rprivate", "/"],
        ["-t", "tmpfs", "-o", "size=192m,mode=1777", "tmpfs", WRITABLE],
        *(["--bind", folder, folder] for folder in OWN_MOUNTS),
        *([*read_only, folder] for folder in ("/", *OWN_MOUNTS)),
    ):
        subprocess.run(["mount", *arguments], check=True)


def system_calls() -> set[str]:
    """Return what the unit allows, as systemd lists it: @system-service without @privileged."""
    return calls_of("@system-service") - calls_of("@privileged")


def calls_of(group: str) -> set[str]:
    """Return the system calls of one of systemd's groups, with those of the groups in it."""
    listed = subprocess.run(
        ["systemd-analyze", "syscall-filter", group],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    words = [line.strip() for line in listed.splitlines()[1:]]
    found = {word for word in words if word and not word.startswith(("@", "#"))}
    for word in words:
        if word.startswith("@"):
            found |= calls_of(word)
    return found


def filter_calls(allowed: set[str]) -> None:
    """Have the kernel answer EPERM to all other calls, with libseccomp as systemd does."""
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    held = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(_SCMP_EPERM)))
    for name in allowed:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            seccomp.seccomp_rule_add(held, ctypes.c_uint32(_SCMP_ALLOW), number, 0)
    if seccomp.seccomp_load(held) != 0:
        sys.exit("the filter of system calls cannot be set")


if __name__ == "__main__":
    main()
