"""One spelling for matching: half and full width, numerals, debris of conversion. Pure."""

import re
from decimal import Decimal

# Character by character, so that a place in the folded text is the same place in the source.
HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
KEPT = dict(zip(map(ord, "（）［］，；："), "（）（），；：", strict=True))
MARKS = dict(
    zip(map(ord, "()[]【】〔〕{},;:~～—–−　"), "（）（）（）（）（），；：-----" + " ", strict=True)
)
FOLD = HALF | KEPT | MARKS

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
DEBRIS = re.compile(
    rf"[（]?\b[A-Za-z]*[{TONED}][A-Za-z{TONED}]*(?:[ '’·]*[A-Za-z{TONED}]+)*[）]?", re.IGNORECASE
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": Decimal("0.5")}
NUMBER = r"(?:\d{1,5}(?:\.\d{1,2})?(?!\d)|[一二两三四五六七八九十半])"


def fold(text: str) -> str:
    """The text in one width, as long as before."""
    return text.translate(FOLD)


def bare(text: str) -> str:
    """Folded and without any white space: for comparing heads."""
    return "".join(fold(text).split())


def number(text: str) -> Decimal:
    """2, 2.5 or 两."""
    return Decimal(NUMERALS[text]) if text in NUMERALS else Decimal(text)


def clean(text: str) -> tuple[str, list[str]]:
    """The text without invisible characters and spelled-out sounds, and what was taken out."""
    text = INVISIBLE.sub("", text)
    kept, dropped, at = "", [], 0
    for found in DEBRIS.finditer(fold(text)):
        kept += text[at : found.start()]
        dropped.append(text[found.start() : found.end()])
        at = found.end() + (kept[-1:].isspace() and text[found.end() :][:1].isspace())
    return kept + text[at:], dropped
