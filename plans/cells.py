"""One visit as one square: the class and the character of its state, on every board."""

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
