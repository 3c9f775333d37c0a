"""One print set (附件1 + 附件3): first in a fresh process, then warm; memory over many.

Stamped on its forms, and laid out as a whole in turn with it, to compare with.

Run: python -m benchmarks.pdf [documents]
"""

import sys
import time
from pathlib import Path
from statistics import median

from benchmarks import ground

COMPARED = 40  # sets also laid out as a whole


def main(documents: int = 1000) -> None:
    started = time.perf_counter()
    ground.stand()
    from benchmarks.sets import print_set
    from reports.render.pdf import pdf_bytes, whole_bytes

    ready = time.perf_counter()
    content = pdf_bytes(print_set(0))
    first = time.perf_counter() - ready
    warm, whole, memory = [], [], []
    for number in range(documents):
        papers = print_set(number)
        warm.append(_milliseconds(lambda papers=papers: pdf_bytes(papers)))
        if number < COMPARED:
            whole.append(_milliseconds(lambda papers=papers: whole_bytes(papers)))
        memory.append(_resident())
    warm.sort()
    print(f"one set (2 pages, {len(content) // 1024} KB), {documents} sets")
    print(f"  start of the process {ready - started:6.2f} s")
    print(f"  cold                 {first:6.2f} s")
    print(f"  warm p50 / p95       {median(warm):6.0f} ms / {warm[int(len(warm) * 0.95)]:.0f} ms")
    print(f"  laid out as a whole  {median(whole):6.0f} ms, {median(whole) / median(warm):.1f} : 1")
    marks = [n for n in (COMPARED, 100, 250, 500, 1000) if n <= documents]
    print("  memory after ", ", ".join(f"{n}: {memory[n - 1]} MB" for n in marks))
    ground.leave()


def _milliseconds(work) -> float:
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000


def _resident() -> int:
    """Memory in use now (not its peak), in MB, as Linux tells it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
