"""督导检查报告 as a 公文: its chapters as 一、, its lines by the numbering they are typed with."""

from collections.abc import Iterator, Sequence

from briefs.models import Brief, Chapter
from briefs.page import numbers
from reports.documents.of_hazard import day_of
from reports.documents.official import PART, Block, Official, blocks_of
from reports.documents.paper import Stamp

UNDATED = "　　年　月　日"


def of_brief(brief: Brief, stamp: Stamp) -> Official:
    """The report as it stands, or as it is issued under the code of the stamp.

    The red name above it comes with a 发文字号, and the 签发人 beside that.
    """
    chapters, sender = list(brief.chapters.all()), brief.plan.issuer.name
    return Official(
        title=brief.title,
        sender=sender,
        day=day_of(brief.issued_at) if brief.issued_at else UNDATED,
        head=sender if brief.reference else "",
        reference=brief.reference,
        signer=brief.signer,
        addressee=brief.addressee,
        blocks=tuple(_blocks(chapters)),
        copies=brief.copies,
        about=f"第{brief.edition}版" if brief.edition > 1 else "",
        stamp=stamp,
    )


def _blocks(chapters: Sequence[Chapter]) -> Iterator[Block]:
    for chapter, number in zip(chapters, numbers(chapters), strict=True):
        if chapter.heading:
            head = f"{number}、{chapter.heading}" if number else chapter.heading
            yield Block(PART, head)
        yield from blocks_of(chapter.text)
