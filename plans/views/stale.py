"""A save that came too late: what was typed beside what stands now."""

from dataclasses import dataclass
from itertools import zip_longest

from plans.drafts import fingerprint, last_change


@dataclass(frozen=True)
class Difference:
    """One field in which the two disagree."""

    label: str
    stands: str
    typed: str


def stale_context(plan, step, form, standing):
    """Who was faster, and field by field what differs; ``standing`` is the form of what stands."""
    return {
        "change": last_change(plan, step),
        "differences": list(differences(form, standing)),
        "now": fingerprint(plan, step),
    }


def differences(form, standing):
    """The fields of two forms, or of two sets of forms, that do not say the same."""
    for number, (mine, theirs) in enumerate(_pairs(form, standing), 1):
        many = f"第{number}行 " if hasattr(form, "forms") else ""
        for name in mine.fields:
            stands, typed = _shown(theirs[name]), _shown(mine[name])
            if stands != typed:
                yield Difference(f"{many}{mine[name].label}", stands, typed)


def _pairs(form, standing):
    if not hasattr(form, "forms"):
        return [(form, standing)]
    empty = standing.empty_form
    return zip_longest(form.forms, standing.forms, fillvalue=empty)


def _shown(field):
    """The value as the page words it."""
    value = field.value()
    if choices := getattr(field.field, "choices", None):
        chosen = {str(v) for v in (value if isinstance(value, list) else [value])}
        return "、".join(str(label) for key, label in choices if str(key) in chosen)
    return "" if value in (None, False) else str(value).replace("\r\n", "\n").strip()
