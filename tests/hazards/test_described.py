"""The page of the docs is what the table of moves says."""

from pathlib import Path

from django.conf import settings

from hazards.described import page
from hazards.workflow import MOVES


def test_docs_say_what_the_table_says():
    written = Path(settings.BASE_DIR / "docs" / "hazards.md").read_text(encoding="utf-8")
    assert written == page(), "run ./run manage describe_hazards"


def test_every_move_has_its_row():
    rows = [line for line in page().splitlines() if line.startswith("| ")]
    assert len(rows) == len(MOVES) + 2
