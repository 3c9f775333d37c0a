"""The columns of the ledger, on the page and in its file: which there are, which one shows."""

from collections.abc import Iterable

COLUMNS = {
    "number": "编号",
    "text": "隐患",
    "unit": "单位",
    "place": "县（市、区）",
    "grade": "级别",
    "status": "状态",
    "due": "期限",
    "left": "剩余",
    "responsible": "责任人",
    "found": "发现日期",
    "source": "来源",
    "industry": "行业",
    "attempt": "验收次数",
}
USUAL = tuple(COLUMNS)[:9]
FIXED = "number"  # leads to the hazard; always the first


def shown(kept: Iterable[str]) -> list[str]:
    """What one person sees of what they once chose, in their order; the usual columns else."""
    known = [name for name in dict.fromkeys(kept) if name in COLUMNS and name != FIXED]
    return [FIXED, *known] if known else list(USUAL)


def ordered(kept: Iterable[str]) -> list[tuple[str, str, bool]]:
    """All columns for choosing: name, word, whether it shows; those that show come first."""
    chosen = shown(kept)
    rest = [name for name in COLUMNS if name not in chosen]
    return [(name, COLUMNS[name], name in chosen) for name in (*chosen, *rest)]


def moved(order: list[str], name: str, by: int) -> list[str]:
    """The same columns with one of them moved; one at the edge stays."""
    if name not in order:
        return order
    rest = [one for one in order if one != name]
    rest.insert(max(order.index(name) + by, 0), name)
    return rest
