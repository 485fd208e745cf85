"""Which edits one person may not make public alone."""

from campaign.staff.desk import alone_here, desk
from campaign.staff.files.checkout import SOURCES, Edit
from campaign.upkeep.impact.compare import compare


def needs_second_person(edit: Edit) -> bool:
    """Tell whether another person must approve an edit: it moves an estimate, and people sign on.

    Where the estimates cannot be computed nobody knows whether they move, so another must look.
    """
    running = desk()
    figures = any(name.startswith(SOURCES) for name in edit)
    if not figures or alone_here() or running.settings.staff_second_person == "never":
        return False
    trial = running.try_edit(edit)
    before, after = trial.before.sources, trial.after.sources
    if before is None or after is None:
        return True
    impact = compare(before, after, addresses=running.settings.card_addresses)
    return any(scenario.changed for scenario in impact.scenarios)
