"""One visit as one square: the class and the character of its state, on every board."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans.models import Visit

S = Visit.Status
# state → (class, character)
CELLS = {
    S.PLANNED: ("chou", "抽"),
    S.FILLING: ("zou", "访"),
    S.SIGNING: ("tian", "填"),
    S.SUBMITTED: ("jiao", "交"),
    S.RETURNED: ("tui", "退"),
    S.CONFIRMED: ("que", "确"),
    S.ARCHIVED: ("que", "确"),
}
# The same as it stands in a legend, or before how many are in that state.
MARKS: dict[str, SafeString] = {
    state: format_html('<i class="dk-v {}">{}</i>', *look) for state, look in CELLS.items()
}
