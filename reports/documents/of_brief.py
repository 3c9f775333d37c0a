"""督导检查报告 as a 公文: its chapters as 一、, its lines by the numbering they are typed with."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from briefs.models import Brief, Chapter
from briefs.page import numbers
from reports.documents.official import PART, Block, Official, blocks_of
from reports.documents.paper import Stamp


def of_brief(brief: Brief) -> Official:
    """The report as it stands; a draft says that it is one."""
    chapters = list(brief.chapters.all())
    day = brief.issued_at
    return Official(
        title=brief.title,
        sender=brief.plan.issuer.name,
        day=_day(day) if day else "",
        blocks=tuple(_blocks(chapters)),
        about=f"第{brief.edition}版" if brief.edition > 1 else "",
        stamp=Stamp("issued" if day else "draft", brief.edition),
    )


def _blocks(chapters: Sequence[Chapter]) -> Iterator[Block]:
    for chapter, number in zip(chapters, numbers(chapters), strict=True):
        if chapter.heading:
            head = f"{number}、{chapter.heading}" if number else chapter.heading
            yield Block(PART, head)
        yield from blocks_of(chapter.text)


def _day(at: datetime) -> str:
    on = timezone.localtime(at)
    return f"{on.year}年{on.month}月{on.day}日"
