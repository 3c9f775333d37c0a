"""The form of a paper: what is printed on it before anybody fills it in.

Papers that differ in their values only have equal forms. The form holds a sample in the place of
each value, so that its layout says where the values stand.
"""

from dataclasses import replace
from decimal import Decimal
from functools import singledispatch

from reports.documents.paper import Stamp
from reports.documents.record import SIGNATURE_HEIGHT, SIGNATURE_WIDTH, RecordPaper, Sign
from reports.documents.scoresheet import Group, Row, ScoresheetPaper

FORM_NAME = "form-"  # and the hash of its PDF: forms of one name are equal
SAMPLE, POINTS, CODE = "示例", Decimal("1"), "2222-2222-2222"
INK = f"M0 0L{SIGNATURE_WIDTH} {SIGNATURE_HEIGHT}"


@singledispatch
def form_of(paper):
    """The paper with samples for values; what changes where things stand is kept."""
    raise TypeError(type(paper).__name__)


@form_of.register
def _(paper: ScoresheetPaper) -> ScoresheetPaper:
    return replace(
        paper,
        unit=SAMPLE,
        date=SAMPLE,
        groups=tuple(replace(group, rows=_rows(group)) for group in paper.groups),
        adjustments=tuple(replace(change, points=POINTS) for change in paper.adjustments),
        total=POINTS,
        grade=SAMPLE if paper.grade else "",
        stamp=_stamp(paper.stamp),
    )


@form_of.register
def _(paper: RecordPaper) -> RecordPaper:
    return replace(
        paper,
        time=SAMPLE,
        unit=SAMPLE,
        total=POINTS,
        place=SAMPLE,
        verdicts=SAMPLE,
        members=(SAMPLE,),
        texts=tuple(replace(text, text=SAMPLE) for text in paper.texts),
        leader=_sign(paper.leader),
        recorder=_sign(paper.recorder),
        stamp=_stamp(paper.stamp),
    )


def _rows(group: Group) -> tuple:
    return tuple(
        replace(row, score=POINTS, not_applicable=False, details=_details(row))
        for row in group.rows
    )


def _details(row: Row) -> tuple:
    return tuple(replace(detail, answer=SAMPLE, words=SAMPLE) for detail in row.details)


def _sign(sign: Sign) -> Sign:
    """A drawn signature is higher than a written name, and makes its row higher."""
    return Sign(SAMPLE, INK if sign.path else "")


def _stamp(stamp: Stamp) -> Stamp:
    return Stamp(stamp.state, 1, CODE if stamp.code else "", SAMPLE if stamp.verify_url else "")
