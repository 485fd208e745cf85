"""Remember what each address answered from one run to the next, in a small JSON file."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from calculator.clock import belgian_day
from campaign.disk import write_whole
from campaign.upkeep.links.ask import SEEN_WELL, LinkFinding

# In the desk's own folder; the command and the desk keep what they find in this one file.
LINKS_FILE: Final = "links.json"


class MemoryUnreadable(Exception):
    """The file cannot be read as write_memory wrote it; the message says what to do."""


class NothingAnswered(Exception):
    """No address answered, so that nothing was kept: this computer is most likely not online."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What one address answered last; `seen_well` is the last day it was "ok" or "moved"."""

    verdict: str
    checked: str
    seen_well: str | None
    status: int | None = None
    moved_to: str | None = None


def read_memory(path: Path) -> dict[str, Remembered]:
    """Return what is remembered, by address; nothing where there is no file yet.

    Raises MemoryUnreadable for a damaged file, so that it is not overwritten.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(address): Remembered(**found) for address, found in read["links"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise MemoryUnreadable(
            f"{path} cannot be read as what the last run left. Restore it, or remove it to begin"
            f" anew ({error})"
        ) from error


def remember(
    known: Mapping[str, Remembered], findings: Iterable[LinkFinding], today: str
) -> dict[str, Remembered]:
    """Return what is known with today's findings added."""
    memory = dict(known)
    for finding in findings:
        before = memory.get(finding.cited.address)
        well = today if finding.verdict in SEEN_WELL else before.seen_well if before else None
        memory[finding.cited.address] = Remembered(
            finding.verdict, today, well, finding.status, finding.moved_to
        )
    return memory


def keep_findings(
    path: Path,
    known: Mapping[str, Remembered],
    findings: Sequence[LinkFinding],
    cited: Container[str],
) -> None:
    """Write what is known with today's findings, without addresses that nobody cites any more.

    Raises NothingAnswered where it would call every page unreachable, and OSError.
    """
    if not any(item.status is not None for item in findings):
        raise NothingAnswered
    memory = remember(known, findings, today())
    write_memory(path, {key: memory[key] for key in memory if key in cited})


def today() -> str:
    """Return the day in Belgium, as the file writes it."""
    return belgian_day().isoformat()


def write_memory(path: Path, memory: Mapping[str, Remembered]) -> None:
    """Write what is remembered, by address."""
    links = {address: asdict(found) for address, found in sorted(memory.items())}
    text = json.dumps({"links": links}, ensure_ascii=False, indent=1)
    write_whole(path, f"{text}\n".encode())
