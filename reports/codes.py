"""Verification codes: random, easy to read out and to type from paper."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O, 1 I L
GROUP, GROUPS = 4, 3  # 31**12 codes: none can be guessed


def new_code() -> str:
    """A code such as K7M3-9QXD-4TRA."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def tidy_code(typed: str) -> str:
    """What a person typed, as codes are written; "" if it cannot be a code."""
    signs = re.sub(r"[\s\-—–_]", "", typed).upper()
    if len(signs) != GROUP * GROUPS or not set(signs) <= set(ALPHABET):
        return ""
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))
