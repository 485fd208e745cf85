"""Save an edit: only what was checked, only onto what was shown, and never without a record."""

from collections.abc import Mapping

from campaign.staff.files.checkout import ChangedUnderneath, Checkout, Edit, text_digest
from campaign.staff.files.git import NotRecorded
from campaign.staff.files.records import Records
from campaign.words.i18n import mark as _


def save(
    checkout: Checkout, records: Records, edit: Edit, bases: Mapping[str, str], who: str, why: str
) -> str:
    """Write the files of an edit and record it; all of it or nothing.

    `bases` holds the digest each file had when the form was opened.

    Raises:
        ChangedUnderneath: where a file is not what it was; nothing is written then.
        NotRecorded: where no record could be made; the files are put back then.
    """
    with checkout.alone():
        before = {name: checkout.read(name) for name in edit}
        for name, text in before.items():
            if text_digest(text) != bases[name]:
                raise ChangedUnderneath(name)
        names = list(edit)
        records.prepare()
        records.catch_up(names)
        try:
            for name in names:
                checkout.write(name, edit[name])
            return records.add(who, why, names)
        except (OSError, NotRecorded) as error:
            for name in names:
                checkout.write(name, before[name])
            if isinstance(error, NotRecorded):
                raise
            raise NotRecorded(
                _("The file cannot be written: %(detail)s"), error.strerror
            ) from error
