"""What a person typed into the chapters of a report, and keeping it without losing anybody's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.canonical import sha256
from briefs import actions
from briefs.head import keep_head
from briefs.models import Brief, Chapter
from chabaocu.errors import StaleState
from chabaocu.sent import key
from orgs.models import User

HEADING, TEXT = 60, 20000  # characters that a chapter holds


@dataclass(frozen=True)
class Typed:
    """One chapter as a page sent it, and what that page began from."""

    heading: str
    text: str
    version: int
    print: str  # of what the page showed

    @property
    def is_touched(self) -> bool:
        return print_of(self.heading, self.text) != self.print

    @property
    def is_long(self) -> bool:
        return len(self.heading) > HEADING or len(self.text) > TEXT


@dataclass
class Kept:
    """What became of what was typed: by chapter, kept, or refused beside what stands."""

    saved: dict[int, Chapter] = field(default_factory=dict)
    stale: dict[int, Typed] = field(default_factory=dict)
    long: dict[int, Typed] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)  # by field, what is not kept

    @property
    def is_whole(self) -> bool:
        return not (self.stale or self.long or self.head)


def typed_of(brief: Brief, data: Mapping[str, str]) -> list[tuple[Chapter, Typed]]:
    """The chapters a page sent, those that are gone meanwhile left out."""
    found = []
    for chapter in brief.chapters.select_related("by"):
        if f"text-{chapter.pk}" in data:
            found.append((chapter, _typed(chapter.pk, data)))
    return found


def keep(brief: Brief, data: Mapping[str, str], *, by: User) -> Kept:
    """Save the head and each chapter that was touched; what somebody else saved first is left."""
    kept = Kept(head=keep_head(brief, data, by=by))
    for chapter, typed in typed_of(brief, data):
        if f"drop-{chapter.pk}" in data or not typed.is_touched:
            continue
        if typed.is_long:
            kept.long[chapter.pk] = typed
            continue
        said = {"heading": typed.heading, "text": typed.text}
        try:
            chapter.brief = brief
            done = actions.write(chapter, version=typed.version, by=by, **said)
        except StaleState:
            kept.stale[chapter.pk] = typed
        else:
            kept.saved[chapter.pk] = done
    return kept


def print_of(heading: str, text: str) -> str:
    """The fingerprint of a chapter, by which a page knows that nothing was typed."""
    return sha256([heading, text])


def version_of(said: str | None) -> int:
    """The version a page began from; one that no chapter has where it said none."""
    found = key(said)
    return -1 if found is None else found


def _typed(pk: int, data: Mapping[str, str]) -> Typed:
    return Typed(
        " ".join(data.get(f"heading-{pk}", "").split()),
        data[f"text-{pk}"].replace("\r\n", "\n").strip(),
        version_of(data.get(f"over-{pk}") or data.get(f"version-{pk}")),
        data.get(f"print-{pk}", ""),
    )
