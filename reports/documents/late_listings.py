"""通报批评名单 as a paper, government by government (《挂牌督办办法》第十条)."""

from collections.abc import Iterable
from datetime import date

from hazards.listings import ARTICLE, Blamed, Listing
from reports.documents.ledger import Head, Ledger, Part

HEADS = (
    Head("文号", "c"),
    Head("隐患名称、督办事项"),
    Head("整改期限", "d"),
    Head("逾期", "p"),
    Head("现在", "p"),
)
WORDS = "根据{}，下列责任政府对挂牌督办的重大安全隐患工作不力，不能按时整改，予以通报批评。"


def late_listings(blamed: Iterable[Blamed], *, office: str, today: date) -> Ledger:
    """Those who are behind on this day, to be signed by the office and sent."""
    day = f"{today:%Y年%-m月%-d日}"
    parts = tuple(Part(tuple(map(_row, one.listings)), one.government) for one in blamed)
    return Ledger(
        title="挂牌督办逾期未整改通报批评名单",
        under=f"截至 {day}",
        words=WORDS.format(ARTICLE) if parts else "",
        heads=HEADS,
        parts=parts,
        empty="截至该日，没有逾期的挂牌督办。",
        end=(office, day),
    )


def _row(line: Listing) -> tuple[str, ...]:
    hazard = line.hazard
    due = f"{hazard.due_on:%Y年%-m月%-d日}"
    return (
        hazard.listing_number,
        f"{line.name}。{hazard.matter}",
        due,
        f"{line.late} 天",
        line.stage,
    )
