"""A save of a step that came too late: what was typed beside what stands now."""

from chabaocu.edits import differences
from plans.drafts import fingerprint, last_change


def stale_context(plan, step, form, standing):
    """Who was faster, and field by field what differs; ``standing`` is the form of what stands."""
    return {
        "change": last_change(plan, step),
        "differences": list(differences(form, standing)),
        "now": fingerprint(plan, step),
    }
