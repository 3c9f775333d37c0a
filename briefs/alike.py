"""Which sentences likely say the same. Pure.

Two sentences are alike by the pairs of neighbouring characters they share (Dice's coefficient).
Each joins the group of the first sentence it is like, or begins a group of its own: no chain of
likenesses can join two that have nothing in common, and groups keep as more are added.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import ceil

LEAST = Fraction(3, 5)  # of all pairs of both must be shared
SAID = re.compile(r"[\W_]+")
Pairs = frozenset[str]


def groups(texts: Sequence[str]) -> list[int]:
    """The number of each text's group, by first appearance from 0."""
    every = [pairs_of(text) for text in texts]
    common = Counter(pair for pairs in every for pair in pairs)
    leaders: list[Pairs] = []
    known: dict[Pairs, int] = {}
    begins: defaultdict[str, list[int]] = defaultdict(list)
    found = []
    for pairs in every:
        if pairs not in known:
            known[pairs] = _joined(pairs, leaders, begins, common)
        found.append(known[pairs])
    return found


def likeness(one: Pairs, two: Pairs) -> Fraction:
    """1 for the same pairs, 0 for none in common."""
    both = len(one) + len(two)
    return Fraction(2 * len(one & two), both) if both else Fraction(1)


def pairs_of(text: str) -> Pairs:
    """The pairs of neighbouring characters; punctuation and spaces do not count."""
    said = SAID.sub("", text)
    return frozenset(said[n : n + 2] for n in range(len(said) - 1)) or frozenset({said})


def _joined(pairs: Pairs, leaders: list[Pairs], begins, common: Counter) -> int:
    """The first group it is most like; else a new one."""
    rare = sorted(pairs, key=lambda pair: (common[pair], pair))
    # Alike sentences share a pair among the rarest of both: only there it is worth looking.
    rarest = rare[: len(rare) - ceil(len(rare) * LEAST / (2 - LEAST)) + 1]
    near = sorted({leader for pair in rarest for leader in begins[pair]})
    best = max(near, key=lambda n: likeness(pairs, leaders[n]), default=None)
    if best is not None and likeness(pairs, leaders[best]) >= LEAST:
        return best
    leaders.append(pairs)
    for pair in rarest:
        begins[pair].append(len(leaders) - 1)
    return len(leaders) - 1
