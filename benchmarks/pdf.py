"""One print set (附件1 + 附件3): first in a fresh process, then warm; memory over many.

Run: python -m benchmarks.pdf [documents]
"""

import resource
import sys
import time

from benchmarks import ground


def main(documents: int = 100) -> None:
    started = time.perf_counter()
    ground.stand()
    from benchmarks.sets import print_set
    from reports.render.pdf import pdf_bytes

    ready = time.perf_counter()
    content = pdf_bytes(print_set(0))
    first = time.perf_counter() - ready
    warm, memory = [], []
    for number in range(documents):
        papers = print_set(number)
        before = time.perf_counter()
        pdf_bytes(papers)
        warm.append(time.perf_counter() - before)
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    warm.sort()
    print(f"one set (2 pages, {len(content) // 1024} KB), {documents} sets")
    print(f"  start of the process {ready - started:6.2f} s")
    print(f"  cold                 {first:6.2f} s")
    print(f"  warm p50 / p95       {warm[len(warm) // 2] * 1000:6.0f} ms / ", end="")
    print(f"{warm[int(len(warm) * 0.95)] * 1000:.0f} ms")
    print(f"  peak memory after 10 {memory[9]} MB, after {documents} {memory[-1]} MB")
    print(f"  cold : warm          {first / warm[len(warm) // 2]:6.1f} : 1")
    ground.leave()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
