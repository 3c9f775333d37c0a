"""What of the pieces of a round is in, for its board."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from materials.table import leads, table
from plans.models import Plan
from scoring.owed import Pieces


def pieces(plan: Plan, user: Any, today: date) -> Iterator[Pieces]:
    """Place by place, to who takes the pieces in; 评分表 and 记录表 the board counts itself."""
    if not leads(plan, user):
        return
    for row in table(plan, user, today):
        if wanted := sum(cell.is_wanted for cell in row.cells):
            missing = sum(cell.is_missing for cell in row.cells)
            yield Pieces(row.place, wanted, missing, row.due_on)
