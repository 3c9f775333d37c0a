"""A book of 160 sets: in chunks, by this process and its helpers, against one document at a time.

The first book finds a process that has printed nothing; the second one as the job worker is, which
has its printer loaded. Its helpers start anew for each. Processor seconds are given beside the
clock: on a busy machine they say more.

Run: python -m benchmarks.book [sets]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import ground

SAMPLE = 20  # sets printed one by one, laid out whole, to compare with


def main(sets: int = 160) -> None:
    ground.stand()
    from benchmarks.sets import print_set
    from reports.render.pdf import whole_bytes

    first, second = print_book(0, sets), print_book(sets, sets)
    whole_bytes(print_set(0))
    started, alone = time.perf_counter(), _processor()
    for number in range(SAMPLE):
        whole_bytes(print_set(number))
    single = (time.perf_counter() - started) / SAMPLE
    alone = (_processor() - alone) / SAMPLE
    print(f"one document a set, laid out whole, one process: {1 / single:.1f} sets/s")
    for name, (taken, spent, size) in (("first", first), ("second", second)):
        print(
            f"{name} book of {sets} sets, bound: {taken:.1f} s, {sets / taken:.1f} sets/s,", end=""
        )
        print(f" {sets / taken * single:.1f} : 1; processor {spent / sets * 1000:.0f} :", end="")
        print(f" {alone * 1000:.0f} ms a set, start included; {size / sets / 1024:.0f} KB a set")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory: {own} MB here, {peak} MB in the largest helper")
    ground.leave()


def print_book(start: int, sets: int) -> tuple[float, float, int]:
    """Seconds by the clock and of all processors, and bytes, of the book of so many sets."""
    from benchmarks.sets import print_set
    from reports.documents.paper import to_json
    from reports.render.batch import CHUNK, Chunk, print_chunks
    from reports.render.bind import bind

    kinds = ("scoresheet", "record")
    contexts = [
        tuple((k, to_json(p)) for k, p in zip(kinds, print_set(n), strict=True))
        for n in range(start, start + sets)
    ]
    chunks = [
        Chunk(at, sum(contexts[at : at + CHUNK], ())) for at in range(0, len(contexts), CHUNK)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started, spent = time.perf_counter(), _processor()
        printed = sorted(print_chunks(chunks, folder), key=lambda piece: piece.number)
        bind([piece.path for piece in printed], [], "示例", folder / "book.pdf")
        taken, spent = time.perf_counter() - started, _processor() - spent
        return taken, spent, (folder / "book.pdf").stat().st_size


def _processor() -> float:
    """Seconds of processor of this process and of those it waited for."""
    mine, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
