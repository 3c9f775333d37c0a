"""The lines of a heading in a narrow column, broken between words as issued tables break it."""

import re

from rubrics.kinds.outcome import spelled

ORDINAL = re.compile(r"[一二三四五六七八九十]+、")
PIECES = re.compile(r"“[^”]*”|[^“”]+")
HAN = re.compile(r"“?[㐀-鿿]+”?")
LONGEST = 16  # characters; a longer heading is a sentence and wraps as it comes


def heading_lines(name: str, points: object = None) -> tuple[str, ...]:
    """六、“四色”安全风险分级管控 → 六、 “四色” 安全 风险 分级 管控, and its points below."""
    stated = () if points is None else (f"（{spelled(points)}分）",)
    if len(name) > LONGEST:
        return (name, *stated)
    ordinal = ORDINAL.match(name)
    begun = (ordinal.group(),) if ordinal else ()
    rest = name[ordinal.end() :] if ordinal else name
    return (*begun, *(line for piece in PIECES.findall(rest) for line in _lines(piece)), *stated)


def _lines(piece: str) -> list[str]:
    """Two characters a line; of an odd number three stand together, at best a word in …化."""
    if not HAN.fullmatch(piece):
        return [piece]
    words = piece.strip("“”")
    first = 3 if len(words) % 2 and words[2:3] == "化" and len(words) > 3 else 2
    lines = [words[:first], *(words[at : at + 2] for at in range(first, len(words), 2))]
    if len(lines) > 1 and len(lines[-1]) == 1:
        lines[-2:] = ["".join(lines[-2:])]
    if piece.startswith("“"):
        lines[0] = f"“{lines[0]}"
        lines[-1] = f"{lines[-1]}”"
    return lines
