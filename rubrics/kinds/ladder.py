"""What the kinds with steps share: a ladder in words, and whether it goes down."""

from collections.abc import Iterable

from rubrics.kinds.outcome import Choice, spelled


def listed(rungs: Iterable[Choice]) -> str:
    """2次及以上 2 分；1次 1 分；没有组织开展 0 分"""
    return "；".join(f"{rung.label} {spelled(rung.points)} 分" for rung in rungs)


def falls(values: list) -> bool:
    """Whether every value is lower than the one before it."""
    return values == sorted(set(values), reverse=True)
