"""The editor's page: chapters with what was typed, the numbers that changed, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefs import drafting
from briefs.counted import facts_of
from briefs.drafting import GATHERED, Drafted
from briefs.gathering import voices
from briefs.models import Brief, Chapter
from briefs.typed import Kept, Typed, print_of
from orgs.scope import Scope

DIGITS = "一二三四五六七八九十"
NONE, GONE = "没有", "没有了"


@dataclass(frozen=True)
class Change:
    """A number that is another than when it was last looked at."""

    name: str
    was: str
    now: str
    address: str


@dataclass(frozen=True)
class Row:
    """One chapter of the page."""

    chapter: Chapter
    number: str  # 一, 二; empty where it has none
    heading: str  # as typed, where that was refused
    text: str
    changes: Sequence[Change] = ()
    part: str = ""  # of 归集, where its sentences are sorted
    stale: bool = False
    long: bool = False

    @property
    def print(self) -> str:
        """Of what stands, or of nothing where the page shows what was refused."""
        if self.stale or self.long:
            return ""
        return print_of(self.chapter.heading, self.chapter.text)

    @property
    def length(self) -> int:
        return len(self.text)

    @property
    def lines(self) -> int:
        """How high its field begins."""
        return min(max(self.text.count("\n") + 1 + self.length // 60, 3), 30)


def rows_of(brief: Brief, kept: Kept | None = None, *, counting: Scope | None = None) -> list[Row]:
    """The chapters with what was typed and refused.

    The statistics are only read where somebody is ``counting``: then with the numbers that are
    others now.
    """
    chapters = list(brief.chapters.select_related("by"))
    drafts = _drafts(brief, counting) if counting else {}
    refused = (kept.stale | kept.long) if kept else {}
    rows = []
    for chapter, number in zip(chapters, numbers(chapters), strict=True):
        typed = refused.get(chapter.pk)
        rows.append(_row(chapter, number, typed, drafts.get(chapter.slug), kept))
    return rows


def _drafts(brief: Brief, scope: Scope) -> dict[str, Drafted]:
    """Every chapter of its outline, as it would be drafted now."""
    facts, said = facts_of(brief, scope), voices(brief)
    slugs = [planned.slug for planned in drafting.OUTLINES[brief.kind]]
    return {slug: drafting.draft(slug, facts, said) for slug in slugs}


def numbers(chapters: Sequence[Chapter]) -> list[str]:
    """一, 二, 三 for those that are numbered."""
    found, n = [], 0
    for chapter in chapters:
        n += chapter.is_numbered
        found.append(chinese(n) if chapter.is_numbered else "")
    return found


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens - 1]}十"
    return head + (DIGITS[ones - 1] if ones else "")


def changes(chapter: Chapter, fresh: Drafted) -> list[Change]:
    """The numbers that were not so when somebody last looked at them."""
    was = {one["name"]: one["value"] for one in chapter.figures}
    now = {one.name: one for one in fresh.figures}
    found = [
        Change(name, was.get(name, NONE), one.value, one.address)
        for name, one in now.items()
        if was.get(name) != one.value
    ]
    gone = [Change(name, value, GONE, "") for name, value in was.items() if name not in now]
    return found + gone


def _row(
    chapter: Chapter, number: str, typed: Typed | None, fresh: Drafted | None, kept: Kept | None
) -> Row:
    return Row(
        chapter,
        number,
        typed.heading if typed else chapter.heading,
        typed.text if typed else chapter.text,
        changes(chapter, fresh) if fresh else (),
        GATHERED.get(chapter.slug, ""),
        stale=bool(kept and chapter.pk in kept.stale),
        long=bool(kept and chapter.pk in kept.long),
    )
