"""What the views of the desk stand on, and who is asking."""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app, g, request

from campaign.cards.studio import Studio
from campaign.config import Settings
from campaign.live.folders import Fingerprint
from campaign.staff.files.checking import State, Trial, load_state, try_edit
from campaign.staff.files.checkout import Checkout, Edit
from campaign.staff.files.drafts import Drafts
from campaign.staff.files.git import NotRecorded
from campaign.staff.files.proposals import Proposals
from campaign.staff.files.records import Records, SavedEdit
from campaign.staff.files.site_pages import SitePages
from campaign.upkeep.links.background import LinkCheck
from campaign.upkeep.links.memory import MemoryUnreadable, Remembered, read_memory
from campaign.words.i18n import mark as _

# A preview and the save that follows it ask for the same trial.
TRIALS_KEPT = 8
LONGEST_NAME = 80


@dataclass
class Desk:
    """The files, their records, proposals and drafts, and what draws a preview."""

    checkout: Checkout
    records: Records
    proposals: Proposals
    drafts: Drafts
    settings: Settings
    studio: Studio
    pages: SitePages
    links: LinkCheck
    _known: tuple[Fingerprint, State] | None = field(default=None, repr=False)
    _tried: dict[object, Trial] = field(default_factory=dict, repr=False)

    def state(self) -> State:
        """Return what the folders hold, read again only after a change."""
        signature = self.checkout.folders.fingerprint()
        if self._known is None or self._known[0] != signature:
            self._known = (signature, load_state(self.checkout.folders))
        return self._known[1]

    def known_links(self) -> Mapping[str, Remembered]:
        """Return what the link checker last found, nothing where it never ran."""
        try:
            return read_memory(self.links.file)
        except MemoryUnreadable:  # the page of the links says so; lists do without
            return {}

    def last_edits(self) -> Mapping[str, SavedEdit]:
        """Return the newest saved edit of each file."""
        edits: dict[str, SavedEdit] = {}
        for edit in self.records.history():
            for name in edit.files:
                edits.setdefault(name, edit)
        return edits

    def hindrance(self) -> NotRecorded | None:
        """Return why nothing can be saved now, None where it can; asked before work begins."""
        try:
            with self.checkout.alone():
                self.records.prepare()
        except NotRecorded as error:
            return error
        except OSError as error:
            return NotRecorded(_("The record cannot be kept: %(detail)s"), error.strerror)
        return None

    def try_edit(self, edit: Edit) -> Trial:
        """Check an edit; the same one on the same folder is not checked twice."""
        before = self.state()
        key = (self._known and self._known[0], *sorted(edit.items(), key=lambda item: item[0]))
        found = self._tried.get(key)
        if found is None:
            found = try_edit(self.checkout, edit, before)
            while len(self._tried) >= TRIALS_KEPT:
                self._tried.pop(next(iter(self._tried)), None)
            self._tried[key] = found
        return found


def desk() -> Desk:
    """Return the running desk."""
    running: Desk = current_app.extensions["desk"]
    return running


def name_user() -> str:
    """Return whom the sign-on names, empty for nobody; without one, the user of this computer."""
    if header := desk().settings.staff_user_header:
        # What may stand in a commit's author line and on a page.
        given = _as_written(request.headers.get(header, ""))
        kept = "".join(letter for letter in given if letter.isprintable() and letter not in "<>")
        return kept.strip()[:LONGEST_NAME].strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "staff"


def _as_written(header: str) -> str:
    """Return a header's text: names come in UTF-8, and are handed over byte by byte."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def user() -> str:
    """Return the name of who is asking."""
    name: str = g.user
    return name


def alone_here() -> bool:
    """Tell whether nobody signs on, so that one person may do everything."""
    return not desk().settings.staff_user_header
