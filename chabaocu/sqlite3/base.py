"""A transaction takes its turn before BEGIN IMMEDIATE and gives it back after COMMIT."""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from chabaocu.sqlite3.turns import TooLongError, Turn

PATIENCE = 5  # seconds, sqlite3's own default


@lru_cache(maxsize=500)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; a text that comes again is not rewritten for SQLite again."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        return super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with a place in the queue of writers.

    Only transactions queue. A single write outside of one, and other programs, wait as SQLite
    makes them wait, and are let in between two turns.
    """

    turn: Turn | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            patience = conn_params.get("timeout", PATIENCE)
            self.turn = Turn(self.settings_dict["NAME"], patience)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        if self.turn:
            self._queue(self.turn)
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_back()
            raise

    @staticmethod
    def _queue(turn: Turn) -> None:
        try:
            turn.take()
        except TooLongError as error:
            raise OperationalError("database is locked") from error

    def _commit(self) -> None:
        super()._commit()  # what cannot be committed still has its turn, until it is rolled back
        self._give_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._give_back()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self.turn:
                self.turn.leave()
                self.turn = None

    def _give_back(self) -> None:
        if self.turn:
            self.turn.release()
