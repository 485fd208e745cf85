"""Save an edit: only what was checked, only onto what was shown, and never without a record."""

from collections.abc import Mapping

from campaign.staff.files.checkout import ChangedUnderneath, Checkout, Edit, text_digest
from campaign.staff.files.records import NotRecorded, Records, Versions


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
        records.catch_up(names)
        try:
            for name in names:
                checkout.write(name, edit[name])
            versions = {name: Versions(before[name], edit[name]) for name in names}
            return records.add(who, why, versions)
        except (OSError, NotRecorded) as error:
            for name in names:
                checkout.write(name, before[name])
            if isinstance(error, NotRecorded):
                raise
            raise NotRecorded(f"the file cannot be written: {error.strerror}") from error
