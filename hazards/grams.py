"""Words as pairs of characters, the way they are kept for searching: 法兰滴漏 → 法兰 兰滴 滴漏.

Chinese has no spaces, and the commonest question is two characters long, for which neither
trigrams nor a splitter of words serves. A text holds a word only if it holds all its pairs;
whether they stand together is asked of the text itself. Pure.
"""

import re
import unicodedata

RUN = re.compile(r"[^\W_]+")
BASIC = 0x10000  # characters beyond are spelled out: not every tokenizer knows them as letters


def grams(text: str) -> list[str]:
    """The pairs of a text, each once, in order; none across a space or a sign."""
    plain = unicodedata.normalize("NFC", text).casefold()
    pairs = (
        _spelled(a) + _spelled(b)
        for run in RUN.findall(plain)
        for a, b in zip(run, run[1:], strict=False)
    )
    return list(dict.fromkeys(pairs))


def _spelled(character: str) -> str:
    return character if ord(character) < BASIC else f"u{ord(character):x}"
