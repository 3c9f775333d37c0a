"""Which sentences likely say the same. Pure.

Two sentences are alike by the pairs of neighbouring characters they share (Dice's coefficient).
Each joins the group of the first sentence it is like, or begins a group of its own: no chain of
likenesses can join two that have nothing in common, and groups keep as more are added.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

SHARED, OF = 3, 5  # so many of all pairs of both must be shared
SAID = re.compile(r"[\W_]+")
Pairs = frozenset[str]


def groups(texts: Sequence[str]) -> list[int]:
    """The number of each text's group, by first appearance from 0."""
    every = [pairs_of(text) for text in texts]
    common = Counter(pair for pairs in every for pair in pairs)
    leaders, known = Leaders(common), {}
    for pairs in every:
        if pairs not in known:
            known[pairs] = leaders.joined(pairs)
    return [known[pairs] for pairs in every]


def likeness(one: Pairs, two: Pairs) -> float:
    """1 for the same pairs, 0 for none in common."""
    both = len(one) + len(two)
    return 2 * len(one & two) / both if both else 1.0


def pairs_of(text: str) -> Pairs:
    """The pairs of neighbouring characters; punctuation and spaces do not count."""
    said = SAID.sub("", text)
    return frozenset(said[n : n + 2] for n in range(len(said) - 1)) or frozenset({said})


class Leaders:
    """The first sentence of each group, found by the rarest of its pairs.

    Alike sentences share a pair among the rarest of both, and where they first do, both have
    enough pairs left: only such two are compared.
    """

    def __init__(self, common: Counter) -> None:
        self.common = common
        self.every: list[Pairs] = []
        # pair → of which leaders it begins, where in them, and how many pairs they have
        self.begins: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)

    def joined(self, pairs: Pairs) -> int:
        """The first group it is most like; else a new one."""
        rare = sorted(pairs, key=lambda pair: (self.common[pair], pair))
        rarest = rare[: len(rare) + -len(rare) * SHARED // (2 * OF - SHARED) + 1]
        best, most = len(self.every), SHARED / OF
        for leader in self._near(len(rare), rarest):
            like = likeness(pairs, self.every[leader])
            if like > most or like == most and leader < best:
                best, most = leader, like
        if best == len(self.every):
            self._begin(pairs, rarest)
        return best

    def _near(self, count: int, rarest: Sequence[str]) -> set[int]:
        near = set()
        for at, pair in enumerate(rarest):
            for leader, there, size in self.begins.get(pair, ()):
                if 2 * OF * min(count - at, size - there) >= SHARED * (count + size):
                    near.add(leader)
        return near

    def _begin(self, pairs: Pairs, rarest: Sequence[str]) -> None:
        for at, pair in enumerate(rarest):
            self.begins[pair].append((len(self.every), at, len(pairs)))
        self.every.append(pairs)
