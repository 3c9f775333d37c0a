"""Many papers at once: chunks rendered by a pool of processes, one for each core.

A finished chunk is kept by the hash of what is in it, so that a second try takes it from disk.
"""

import gc
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from audit.canonical import sha256

CHUNK = 20  # sets; larger gains nothing and reports progress less often


@dataclass(frozen=True)
class Chunk:
    """Papers to be printed into one file: (kind, context) pairs."""

    number: int
    papers: tuple[tuple[str, dict], ...]

    @property
    def name(self) -> str:
        return sha256(self.papers)


@dataclass(frozen=True)
class Printed:
    """A printed chunk: its file, and the pages of each paper."""

    number: int
    path: Path
    pages: tuple[int, ...]


def print_chunks(chunks: Sequence[Chunk], folder: Path) -> Iterator[Printed]:
    """Print the chunks into ``folder``, as they get done, in any order."""
    waiting = []
    for chunk in chunks:
        found = _found(chunk, folder)
        if found:
            yield found
        else:
            waiting.append(chunk)
    workers = min(os.cpu_count() or 1, len(waiting))
    if workers < 2:
        yield from (print_chunk(chunk, folder) for chunk in waiting)
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_prepare)
    try:
        tasks = [pool.submit(print_chunk, chunk, folder) for chunk in waiting]
        for done in as_completed(tasks):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def print_chunk(chunk: Chunk, folder: Path) -> Printed:
    """Print one chunk; its file appears whole, the page counts first."""
    from reports.issue import paper_of
    from reports.render.pdf import pdf_with_pages

    with _no_collection():
        content, pages = pdf_with_pages([paper_of(kind, context) for kind, context in chunk.papers])
    path = folder / f"{chunk.name}.pdf"
    _put(path.with_suffix(".json"), json.dumps(pages).encode())
    _put(path, content)
    return Printed(chunk.number, path, tuple(pages))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Everything of a layout lives until it is written: looking for garbage took a fifth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def _found(chunk: Chunk, folder: Path) -> Printed | None:
    path = folder / f"{chunk.name}.pdf"
    if not path.is_file():
        return None
    pages = json.loads(path.with_suffix(".json").read_text())
    return Printed(chunk.number, path, tuple(pages))


def _put(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    os.replace(draft, path)


def _prepare() -> None:
    """A process of the pool: Django is set up, and it ends when its parent is gone."""
    import django

    django.setup()
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
