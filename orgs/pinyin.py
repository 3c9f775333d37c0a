"""Search by initials: 山东省总工会 is found by sdszgh."""


def initials(text: str) -> str:
    """The first letter of each syllable, in lower case; letters and digits stay as they are."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 (a third of a second of tables)

    parts = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda run: list(run))
    return "".join(part for part in parts if part.isalnum() and part.isascii()).lower()[:100]
