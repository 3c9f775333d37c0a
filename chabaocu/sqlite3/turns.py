"""Whose turn it is to write: one writer at a time, in every process of this machine.

SQLite lets a writer who finds the file busy sleep, longer each time, up to a tenth of a second,
while others come and go: one got 142 turns where another got 3. Here all ask again five times a
millisecond, and who has just written cannot go again before whoever is next (docs/adr/0009).
"""

import os
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: SQLite's own way of waiting is left
    fcntl = None

NAP = 0.0002  # seconds; a turn takes about 2 ms


class TooLongError(TimeoutError):
    """The turn did not come in time."""


class Turn:
    """One connection's place in the queue before a database file.

    The locks are the kernel's: who is killed leaves the queue, whatever he held is free. SQLite
    still guards the data; if this queue failed, nothing but the order would suffer.
    """

    def __init__(self, database: Path, patience: float) -> None:
        self.patience = patience
        names = (f"{database}.next", f"{database}.turn") if fcntl else ()
        self._doors = [os.open(name, os.O_CREAT | os.O_RDWR, 0o600) for name in names]

    def take(self) -> None:
        """Wait until it is our turn; raise TooLongError when patience is at its end.

        Through the first door one at a time is next, through the second he has the turn.
        """
        until = time.monotonic() + self.patience
        passed: list[int] = []
        try:
            for door in self._doors:
                _pass(door, until)
                passed.append(door)
        except TooLongError:
            self.release()
            raise
        for door in passed[:-1]:
            fcntl.flock(door, fcntl.LOCK_UN)

    def release(self) -> None:
        """Let the next one write; harmless for who has no turn."""
        for door in self._doors:
            fcntl.flock(door, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Give back the files with whatever is held."""
        while self._doors:
            os.close(self._doors.pop())


def _pass(door: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise TooLongError from None
            time.sleep(NAP)
