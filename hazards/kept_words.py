"""The pairs of characters of each hazard, kept where the database finds them fast.

SQLite keeps them in a full-text table, PostgreSQL as an array under an inverted index; both are
made by a migration and are no model, for neither is portable. A row is written in the
transaction that writes the text. What is found here is asked again of the hazard itself, so a
row that is left over finds nothing.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from hazards.grams import grams

TABLE = "hazards_words"
# the full-text table counts neither places nor lengths: only whether a pair is there
MADE = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
        "(grams, detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0')"
    ],
    "postgresql": [
        f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, grams text[] NOT NULL)",
        f"CREATE INDEX {TABLE}_grams ON {TABLE} USING gin (grams)",
    ],
}
DROPPED = f"DROP TABLE {TABLE}"
WRITTEN = {
    "sqlite": f"INSERT INTO {TABLE} (rowid, grams) VALUES (%s, %s)",
    "postgresql": f"INSERT INTO {TABLE} (rowid, grams) VALUES (%s, %s)",
}
SOUGHT = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s",
    "postgresql": f"SELECT rowid FROM {TABLE} WHERE grams @> %s LIMIT %s",
}
LEVELS = (6, 9)  # digits of the paths of a city and of a county


class Said(NamedTuple):
    """What is searched of one hazard."""

    pk: int
    region_path: str
    texts: Sequence[str]


def keep(hazards: Iterable[Said]) -> None:
    """Keep the words of these hazards as they are now; the caller's transaction."""
    rows = [(said.pk, _tokens(said)) for said in hazards]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk, _ in rows])
        cursor.executemany(WRITTEN[connection.vendor], [(pk, _form(t)) for pk, t in rows])


def find(words: Sequence[str], *, place: str, limit: int) -> list[int] | None:
    """The hazards of a place that may hold all these words; None where there are more than
    ``limit``, or where the words have no pair."""
    pairs = [pair for word in words for pair in grams(word)]
    if not pairs:
        return None
    if len(place) in LEVELS:
        pairs.append(_place(place))
    with connection.cursor() as cursor:
        cursor.execute(SOUGHT[connection.vendor], [_asked(pairs), limit + 1])
        found = [pk for (pk,) in cursor.fetchall()]
    return found if len(found) <= limit else None


def _tokens(said: Said) -> list[str]:
    pairs = dict.fromkeys(pair for text in said.texts for pair in grams(text))
    places = [_place(said.region_path[:n]) for n in LEVELS if len(said.region_path) >= n]
    return [*pairs, *places]


def _place(path: str) -> str:
    """A word no text has: longer than a pair."""
    return f"place{path}"


def _form(tokens: list[str]) -> object:
    return " ".join(tokens) if connection.vendor == "sqlite" else tokens


def _asked(tokens: list[str]) -> object:
    if connection.vendor != "sqlite":
        return tokens
    return " AND ".join(f'"{token}"' for token in tokens)
