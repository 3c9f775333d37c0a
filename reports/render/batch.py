"""Many papers at once: chunks printed by this process and its helpers, one for each core.

A finished chunk is kept by the hash of what is in it: so a second try takes it from disk, and so
this process finds what its helpers printed. A helper takes seconds to start; who starts it prints
meanwhile, and prints itself what a helper that died has left.
"""

import gc
import json
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from audit.canonical import sha256

CHUNK = 20  # sets; larger gains nothing and reports progress less often
LOOK = 0.1  # seconds between two looks at what the helpers have done


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
    context = get_context("spawn")
    taken = context.Value("i", 0)
    count = min(os.cpu_count() or 1, len(waiting)) - 1
    helpers = [context.Process(target=_help, args=(waiting, folder, taken)) for _ in range(count)]
    try:
        for helper in helpers:
            helper.start()
        yield from print_beside(helpers, waiting, folder, taken)
    finally:
        for helper in (one for one in helpers if one.pid):
            helper.kill()


def print_beside(
    helpers: Sequence[Any], waiting: Sequence[Chunk], folder: Path, taken: Any
) -> Iterator[Printed]:
    """What this process prints and what its helpers do, each as it gets done."""
    open_ = {chunk.number: chunk for chunk in waiting}
    for chunk in _turns(waiting, taken):
        yield print_chunk(open_.pop(chunk.number), folder)
        yield from _arrived(open_, folder)
    for helper in helpers:
        while helper.is_alive():
            helper.join(timeout=LOOK)
            yield from _arrived(open_, folder)
    yield from (print_chunk(chunk, folder) for chunk in open_.values())


def _arrived(open_: dict[int, Chunk], folder: Path) -> Iterator[Printed]:
    for number, chunk in list(open_.items()):
        if found := _found(chunk, folder):
            del open_[number]
            yield found


def _turns(waiting: Sequence[Chunk], taken: Any) -> Iterator[Chunk]:
    """One chunk after the other, as long as nobody else has taken it."""
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value += 1
        if number >= len(waiting):
            return
        yield waiting[number]


def _help(waiting: Sequence[Chunk], folder: Path, taken: Any) -> None:
    """The work of a helper; it ends when its parent is gone."""
    import django

    django.setup()
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    for chunk in _turns(waiting, taken):
        print_chunk(chunk, folder)


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


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
