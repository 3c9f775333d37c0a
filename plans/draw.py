"""The algorithm ``draw-1``: from a frozen list and a seed to a ranking of every group. Pure.

Anybody can write it again from this page:

1. *Input.* ``frozen`` is the frozen list, a JSON text; ``seed`` is a text without spaces. The
   list's hash is the SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. Its ``rule``
   says ``choose`` (n) and ``at_least`` (k); each of its ``groups`` has a ``code`` and
   ``candidates``, each with a ``code`` and ``counted``, sorted by code (Unicode code points).
2. *Stream.* For each group: key = SHA-256("draw-1\n<hash>\n<seed>\n<group code>"), UTF-8. The
   stream is SHA-256(key ‖ 0) ‖ SHA-256(key ‖ 1) ‖ …, the number as 8 bytes, big-endian.
3. *below(m)*, a whole number from 0 to m − 1, all equally likely: for m = 1 it is 0 and takes
   nothing. Else let b be the length of m − 1 in bits; take ⌈b / 8⌉ bytes of the stream as a
   big-endian number and drop its lowest bits until b are left; when it is m or more, take again.
4. *The set.* K counted and M other candidates, each in code order. The feasible sets are those
   of n with at least k counted; in the order of j, the number of counted ones (from k upwards),
   there are C(K, j) · C(M, n − j) for each j, F in all. r = below(F); go through the j,
   subtracting, until r lies within one; (a, b) = divmod(r, C(M, n − j)). The drawn are the a-th
   j-subset of the counted and the b-th (n − j)-subset of the others, both counted from 0 in
   lexicographic order. Every feasible set has the same probability, 1 / F.
5. *The reserves.* All others of the group in code order, shuffled: for i from the last index
   down to 1, swap i with below(i + 1). Ranks: the drawn first, then the reserves.
6. *Replacement.* When one cannot be visited, the first reserve in rank that was never used and
   with which the rest of the drawn still meet the rule takes the place. When there is none, the
   place stays empty, and later replacements count the one who left as if still there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import comb
from typing import Any

from plans.sampling import Candidate, Group, Quota, feasible_sets

ALGORITHM = "draw-1"


class Infeasible(ValueError):
    """A group has no feasible set; nothing was drawn."""


class Stream:
    """Bytes that follow from a key, and uniform numbers made of them by rejection."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._block = 0
        self._bytes = b""

    def below(self, limit: int) -> int:
        """A uniform whole number from 0 to ``limit`` − 1."""
        bits = (limit - 1).bit_length()
        size = -(-bits // 8)
        while True:
            number = int.from_bytes(self._take(size), "big") >> (8 * size - bits)
            if number < limit:
                return number

    def _take(self, size: int) -> bytes:
        while len(self._bytes) < size:
            self._bytes += sha256(self._key + self._block.to_bytes(8, "big")).digest()
            self._block += 1
        taken, self._bytes = self._bytes[:size], self._bytes[size:]
        return taken


def list_hash(frozen: str) -> str:
    """The hash of a frozen list: of these very characters."""
    return sha256(frozen.encode()).hexdigest()


def stream_of(hash_: str, seed: str, group_code: str) -> Stream:
    """The stream of one group of one draw."""
    return Stream(sha256(f"{ALGORITHM}\n{hash_}\n{seed}\n{group_code}".encode()).digest())


def subset(size: int, choose: int, index: int) -> list[int]:
    """The ``index``-th of the ``choose``-subsets of 0 … ``size`` − 1, in lexicographic order."""
    chosen: list[int] = []
    for i in range(size):
        if len(chosen) == choose:
            break
        starting_here = comb(size - i - 1, choose - len(chosen) - 1)
        if index < starting_here:
            chosen.append(i)
        else:
            index -= starting_here
    return chosen


def feasible_set(group: Group, quota: Quota, index: int) -> list[Candidate]:
    """The ``index``-th of the group's feasible sets (step 4)."""
    counted = [candidate for candidate in group.candidates if candidate.counted]
    others = [candidate for candidate in group.candidates if not candidate.counted]
    for j in range(quota.at_least, min(quota.choose, len(counted)) + 1):
        ways = comb(len(others), quota.choose - j)
        if index < comb(len(counted), j) * ways:
            a, b = divmod(index, ways)
            return [counted[i] for i in subset(len(counted), j, a)] + [
                others[i] for i in subset(len(others), quota.choose - j, b)
            ]
        index -= comb(len(counted), j) * ways
    raise IndexError(index)


@dataclass(frozen=True)
class Ranking:
    """A group's candidates in rank: the drawn, then the reserves."""

    group: Group
    sets: int
    drawn: tuple[Candidate, ...]
    reserves: tuple[Candidate, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.group.code,
            "name": self.group.name,
            "sets": str(self.sets),  # text: it may be longer than a JavaScript number
            "drawn": [candidate.code for candidate in self.drawn],
            "reserves": [candidate.code for candidate in self.reserves],
        }


def rank(group: Group, quota: Quota, stream: Stream) -> Ranking:
    """Draw one of the group's feasible sets and rank the rest; Infeasible when there is none."""
    sets = feasible_sets(len(group.candidates), group.counted, quota)
    if not sets:
        raise Infeasible(group.name)
    drawn = feasible_set(group, quota, stream.below(sets))
    codes = {candidate.code for candidate in drawn}
    rest = [candidate for candidate in group.candidates if candidate.code not in codes]
    for i in range(len(rest) - 1, 0, -1):
        j = stream.below(i + 1)
        rest[i], rest[j] = rest[j], rest[i]
    return Ranking(group, sets, tuple(drawn), tuple(rest))


def draw(groups: Iterable[Group], quota: Quota, *, hash_: str, seed: str) -> list[Ranking]:
    """Rank every group; the same list and seed give the same ranks anywhere."""
    return [rank(group, quota, stream_of(hash_, seed, group.code)) for group in groups]


def replacement(
    standing: Sequence[Candidate], leaving: str, reserves: Iterable[Candidate], quota: Quota
) -> Candidate | None:
    """The first unused reserve in rank that keeps the quota when ``leaving`` goes (step 6)."""
    staying = [candidate.counted for candidate in standing if candidate.code != leaving]
    for candidate in reserves:
        if quota.met_by([*staying, candidate.counted]):
            return candidate
    return None


def probability(group: Group, quota: Quota, *, counted: bool) -> Fraction:
    """How likely one (not) counted candidate of the group is to be drawn."""
    counted_others = group.counted - counted
    left = Quota(quota.choose - 1, max(quota.at_least - counted, 0), quota.counted, quota.unit)
    with_it = feasible_sets(len(group.candidates) - 1, counted_others, left)
    return Fraction(with_it, feasible_sets(len(group.candidates), group.counted, quota))


def read_groups(frozen: Mapping[str, Any]) -> tuple[list[Group], Quota]:
    """The groups and the quota as a frozen list tells them."""
    rule = frozen["rule"]
    quota = Quota(rule["choose"], rule["at_least"], rule["counted"], rule["unit"])
    groups = [
        Group(
            entry["code"],
            entry["name"],
            tuple(
                Candidate(one["code"], one["name"], one["counted"], one.get("id", 0))
                for one in entry["candidates"]
            ),
            relaxed=entry["relaxed"],
            id=entry.get("id", 0),
            repeated=frozenset(entry["repeated"]),
        )
        for entry in frozen["groups"]
    ]
    return groups, quota
