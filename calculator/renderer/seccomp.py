"""Have the Linux kernel refuse this process all system calls but those for computing and its pipes.

The list names what is allowed, so a call nobody thought of is refused. A refused call answers
EPERM, as if a right were missing: libraries handle that error, and an attacker gains nothing.
"""

import ctypes
import errno
import platform
import struct
import sys
from typing import Final

# The number of each call on x86_64 and on aarch64; None where aarch64 lacks it.
_ALLOWED: Final[dict[str, tuple[int, int | None]]] = {
    # pipes and open files
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62),
    "poll": (7, None), "ppoll": (271, 73),
    # memory
    "brk": (12, 214), "munmap": (11, 215), "mremap": (25, 216), "madvise": (28, 233),
    # signals
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132), "tgkill": (234, 131), "restart_syscall": (219, 128),
    # time
    "clock_gettime": (228, 113), "gettimeofday": (96, 169), "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101), "setitimer": (38, 103), "getrusage": (98, 165),
    # threads
    "futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "getpid": (39, 172), "gettid": (186, 178),
    "membarrier": (324, 283),
    # the rest
    "getrandom": (318, 278), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
_MMAP: Final = (9, 222)
_MPROTECT: Final = (10, 226)
_CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)
_AUDIT_ARCH: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT: Final = 0x40000000

_PROT_EXEC: Final = 4
_CLONE_THREAD: Final = 0x00010000

# Instructions of classic BPF: (code, jump if true, jump if false, operand).
_LOAD: Final = 0x20
_AND: Final = 0x54
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000
_KILL: Final = 0x80000000

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_MODE_FILTER: Final = 2

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


class FilterUnavailable(Exception):
    """This system has no seccomp, or does not let this process use it."""


def set_filter() -> None:
    """Set the filter for this process and every thread it starts; raises FilterUnavailable."""
    machine = platform.machine()
    if not sys.platform.startswith("linux") or machine not in _AUDIT_ARCH:
        raise FilterUnavailable(f"none for {sys.platform} on {machine}")
    code = b"".join(struct.pack("HBBI", *each) for each in build_filter(machine))
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            raise FilterUnavailable(f"errno {ctypes.get_errno()}")


def build_filter(machine: str) -> list[Instruction]:
    """Return the filter's instructions for `x86_64` or `aarch64`."""
    column = 0 if machine == "x86_64" else 1
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == "x86_64":
        # x32: the same calls under other numbers, for 32-bit pointers.
        program += [(_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, _KILL)]
    # ENOSYS makes glibc use clone instead, whose flags a filter can read.
    program += [
        (_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _REFUSE | errno.ENOSYS),
    ]
    for numbers in _ALLOWED.values():
        number = numbers[column]
        if number is not None:
            program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    # No executable memory; clone starts threads only, no processes.
    program += _if_argument(_MMAP[column], 2, _PROT_EXEC, 0)
    program += _if_argument(_MPROTECT[column], 2, _PROT_EXEC, 0)
    program += _if_argument(_CLONE[column], 0, _CLONE_THREAD, _CLONE_THREAD)
    program.append((_RETURN, 0, 0, _REFUSE | errno.EPERM))
    return program


def _if_argument(number: int, position: int, mask: int, wanted: int) -> list[Instruction]:
    """Allow a call when the low 32 bits of an argument, under the mask, equal `wanted`."""
    return [
        (_EQUAL, 0, 5, number),
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * position),
        (_AND, 0, 0, mask),
        (_EQUAL, 0, 1, wanted),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),
    ]
