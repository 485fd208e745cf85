"""Forms as someone last typed them: a JSON file for each person and page, beside the state.

A draft is no edit yet: it holds what the browser sent, so that the page shows it again unchanged,
whatever is still missing or wrong in it.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from campaign.disk import write_whole
from campaign.staff.files.records import now

PREVIEW: Final = "preview"


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone typed on a page: the fields in order, and the button pressed last.

    `proposal` is the number of the proposal this draft changes, empty for an edit of its own.
    """

    who: str
    path: str
    when: str
    fields: Sequence[tuple[str, str]]
    action: str = ""
    proposal: str = ""

    def field(self, name: str) -> str:
        """Return what stands in a field, empty where there is none."""
        return dict(self.fields).get(name, "")


@dataclass(frozen=True, slots=True)
class Drafts:
    """The folder of drafts."""

    folder: Path

    def every(self) -> list[Draft]:
        """List all drafts, the newest first."""
        found = [self._read(path) for path in self.folder.glob("*.json")]
        return sorted((item for item in found if item), key=lambda item: item.when, reverse=True)

    def find(self, who: str, path: str) -> Draft | None:
        """Find someone's draft of a page, None where there is none."""
        return self._read(self._place(who, path))

    def keep(
        self,
        who: str,
        path: str,
        fields: Sequence[tuple[str, str]],
        action: str = "",
        proposal: str | None = None,
    ) -> None:
        """Keep a form in the place of the one before it; raises OSError.

        Without `proposal` it goes on changing the proposal that the one before it changed.
        """
        if proposal is None:
            before = self.find(who, path)
            proposal = before.proposal if before is not None else ""
        draft = Draft(who, path, now(), fields, action, proposal)
        text = json.dumps(asdict(draft), ensure_ascii=False)
        write_whole(self._place(who, path), text.encode())

    def drop(self, who: str, path: str) -> None:
        """Throw a draft away."""
        self._place(who, path).unlink(missing_ok=True)

    def _place(self, who: str, path: str) -> Path:
        name = hashlib.sha256(f"{who}\0{path}".encode()).hexdigest()[:32]
        return self.folder / f"{name}.json"

    def _read(self, path: Path) -> Draft | None:
        with suppress(OSError, ValueError, TypeError, KeyError):
            read = json.loads(path.read_text(encoding="utf-8"))
            fields = [(str(name), str(text)) for name, text in read.pop("fields")]
            return Draft(fields=fields, **read)
        return None
