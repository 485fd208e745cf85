"""Edits that wait for a second pair of eyes: a JSON file each, no branch to merge."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal

from campaign.disk import write_whole
from campaign.staff.files.checkout import Checkout
from campaign.staff.files.merging import carry_over
from campaign.staff.files.records import Versions, now

Status = Literal["open", "approved", "declined", "withdrawn"]
_ID: Final = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One edit that someone proposed: each file as it was then, and as they want it."""

    id: str
    who: str
    when: str
    why: str
    files: Mapping[str, Versions]
    status: Status = "open"
    decided_by: str = ""
    decided_when: str = ""

    def onto(self, checkout: Checkout) -> dict[str, str | None]:
        """Carry the change over to the files as they are now; raises ValueError where it cannot."""
        edit: dict[str, str | None] = {}
        for name, versions in self.files.items():
            try:
                edit[name] = carry_over(versions.before, versions.after, checkout.read(name))
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from error
        return edit


@dataclass(frozen=True, slots=True)
class Proposals:
    """The folder of proposals."""

    folder: Path

    def every(self) -> Sequence[Proposal]:
        """List all proposals: open ones first, then the newest."""
        found = [self.find(path.stem) for path in self.folder.glob("*.json")]
        known = sorted((item for item in found if item), key=lambda item: -int(item.id))
        return sorted(known, key=lambda item: item.status != "open")

    def find(self, proposal_id: str) -> Proposal | None:
        """Find a proposal, None where there is none."""
        if not _ID.fullmatch(proposal_id):
            return None
        try:
            read = json.loads((self.folder / f"{proposal_id}.json").read_text(encoding="utf-8"))
            files = {name: Versions(**versions) for name, versions in read.pop("files").items()}
            return Proposal(files=files, **read)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def add(self, who: str, why: str, files: Mapping[str, Versions]) -> Proposal:
        """Keep a new proposal."""
        numbers = [int(path.stem) for path in self.folder.glob("*.json") if path.stem.isdigit()]
        proposal = Proposal(str(max(numbers, default=0) + 1), who, now(), why, files)
        self._write(proposal)
        return proposal

    def decide(self, proposal: Proposal, status: Status, who: str) -> None:
        """Close a proposal."""
        self._write(replace(proposal, status=status, decided_by=who, decided_when=now()))

    def _write(self, proposal: Proposal) -> None:
        text = json.dumps(asdict(proposal), ensure_ascii=False, indent=1)
        write_whole(self.folder / f"{proposal.id}.json", text.encode())
