"""Do a step once, and again only when what it depends on has changed."""

import hashlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path


def digest(*parts: str | Path) -> str:
    """One hash over texts, files and whole folders (names and contents)."""
    found = hashlib.sha256()
    for part in parts:
        for chunk in [part.encode()] if isinstance(part, str) else _contents(part):
            found.update(hashlib.sha256(chunk).digest())
    return found.hexdigest()


def _contents(path: Path) -> Iterable[bytes]:
    if path.is_file():
        yield path.read_bytes()
    for file in sorted(path.rglob("*")) if path.is_dir() else []:
        if file.is_file() and "__pycache__" not in file.parts:
            yield str(file.relative_to(path)).encode()
            yield file.read_bytes()


def once(
    title: str, stamp: Path, key: str, action: Callable[[], None], *, made: Path | None = None
) -> bool:
    """Run ``action`` unless ``stamp`` holds ``key`` and ``made`` is there; True when it ran."""
    if stamp.is_file() and stamp.read_text() == key and (made is None or made.exists()):
        return False
    began = time.monotonic()
    action()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    print(f"  ✓ {title}（{time.monotonic() - began:.1f} 秒）")
    return True
