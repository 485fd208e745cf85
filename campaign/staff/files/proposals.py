"""Edits that wait for a second pair of eyes: a JSON file each, no branch to merge."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from campaign.disk import write_whole
from campaign.staff.files.records import Versions, now

Status = Literal["open", "approved", "declined", "withdrawn"]
Deed = Literal["commented", "changed", "approved", "declined", "withdrawn", "reopened"]
_ID: Final = re.compile(r"[0-9]{1,6}")
_ENDED: Final = ("status", "decided_by", "decided_when")
_STATUS_AFTER: Final[Mapping[str, Status]] = {
    "approved": "approved",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "reopened": "open",
}
# Two people who speak at once must not overwrite each other; one process serves the desk.
_speaking: Final = Lock()


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the talk about a proposal: what someone did, and what they said to it."""

    who: str
    when: str
    did: Deed
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One edit that someone proposed: each file as it was then, and as they want it."""

    id: str
    who: str
    when: str
    why: str
    files: Mapping[str, Versions]
    talk: Sequence[Said] = ()

    @property
    def status(self) -> Status:
        """Return what became of it."""
        decided = self._last(*_STATUS_AFTER)
        return _STATUS_AFTER[decided.did] if decided is not None else "open"

    @property
    def decided_by(self) -> str:
        """Return who closed it, empty while it is open."""
        decided = self._last(*_STATUS_AFTER)
        return decided.who if decided is not None and self.status != "open" else ""

    @property
    def author(self) -> str:
        """Return who wrote what stands in it now: another person approves it."""
        changed = self._last("changed")
        return changed.who if changed is not None else self.who

    def _last(self, *deeds: str) -> Said | None:
        found = [said for said in self.talk if said.did in deeds]
        return found[-1] if found else None


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
            talk = [Said(**said) for said in read.pop("talk", ())]
            # Proposals kept before there was any talk say only how they ended.
            status, who, when = (read.pop(name, "") for name in _ENDED)
            if status in _STATUS_AFTER and not talk:
                talk = [Said(who, when, status)]
            return Proposal(files=files, talk=talk, **read)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def add(self, who: str, why: str, files: Mapping[str, Versions]) -> Proposal:
        """Keep a new proposal."""
        with _speaking:
            numbers = [int(path.stem) for path in self.folder.glob("*.json") if path.stem.isdigit()]
            proposal = Proposal(str(max(numbers, default=0) + 1), who, now(), why, files)
            self._write(proposal)
        return proposal

    def say(self, proposal: Proposal, who: str, did: Deed, words: str = "") -> None:
        """Keep what someone did with a proposal, and what they said to it."""
        with _speaking:
            newest = self.find(proposal.id) or proposal
            last = newest.talk[-1] if newest.talk else None
            twice = last is not None and (last.who, last.did, last.words) == (who, did, words)
            if twice and did == "commented":  # a button pressed twice
                return
            said = Said(who, now(), did, words)
            self._write(replace(newest, files=proposal.files, talk=[*newest.talk, said]))

    def change(self, proposal: Proposal, who: str, why: str, files: Mapping[str, Versions]) -> None:
        """Put another edit in the place of the one proposed; `why` stays in the talk."""
        self.say(replace(proposal, files=files), who, "changed", why)

    def _write(self, proposal: Proposal) -> None:
        text = json.dumps(asdict(proposal), ensure_ascii=False, indent=1)
        write_whole(self.folder / f"{proposal.id}.json", text.encode())
