"""A book of 160 sets: in chunks by the pool, against one document after the other.

Run: python -m benchmarks.book [sets]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import ground

SAMPLE = 20  # sets printed one by one, to compare with


def main(sets: int = 160) -> None:
    ground.stand()
    from benchmarks.sets import print_set
    from reports.documents.paper import to_json
    from reports.render.batch import CHUNK, Chunk, print_chunks
    from reports.render.bind import bind
    from reports.render.pdf import pdf_bytes

    kinds = ("scoresheet", "record")
    contexts = [
        tuple((k, to_json(p)) for k, p in zip(kinds, print_set(n), strict=True))
        for n in range(sets)
    ]
    chunks = [
        Chunk(at, sum(contexts[at : at + CHUNK], ())) for at in range(0, len(contexts), CHUNK)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        printed = sorted(print_chunks(chunks, folder), key=lambda piece: piece.number)
        bind([piece.path for piece in printed], [], "示例", folder / "book.pdf")
        taken = time.perf_counter() - started
        size = (folder / "book.pdf").stat().st_size
    pdf_bytes(print_set(0))
    started = time.perf_counter()
    for number in range(SAMPLE):
        pdf_bytes(print_set(number))
    single = (time.perf_counter() - started) / SAMPLE
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"book of {sets} sets, bound: {taken:.1f} s, {sets / taken:.1f} sets/s, ", end="")
    print(f"{size / sets / 1024:.0f} KB a set")
    print(f"one document a set, warm, one process: {1 / single:.1f} sets/s")
    print(f"book : single = {sets / taken * single:.1f} : 1")
    print(f"peak memory: {own} MB here, {peak} MB in the largest process of the pool")
    ground.leave()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
