"""Who speaks for everybody where the permission matrix is asked once more, on another database.

The statuses are decided in Python, the same everywhere, and SQLite is asked as everybody. What the
other database could still get wrong is a query, and queries differ by role.
"""

from tests.architecture.matrix import Row
from tests.architecture.permissions import ROWS
from tests.cast import PEOPLE


def _of(row: Row) -> tuple[str, str]:
    """Whose rows are asked for: an app's, of one object."""
    return row.url.partition(":")[0], row.object


FIRST = {_of(row): str(row) for row in reversed(ROWS)}


def spokesmen(row: Row) -> list[str]:
    """One of each role that is let in, and one for each way of being refused.

    In the first row of each app and object every role speaks, the refused ones too.
    """
    every_role = FIRST[_of(row)] == str(row)
    chosen: dict[tuple[int, str], str] = {}
    for name, status in row.expected().items():
        _, role = PEOPLE.get(name, ("", ""))
        chosen.setdefault((status, role if status < 400 or every_role else ""), name)
    return list(chosen.values())
