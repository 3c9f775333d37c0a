"""Where content lives: under its own hash, written whole or not at all."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

THUMBS = "thumbs"


def digest(data: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str) -> Path:
    """The file of a content."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def thumb_path_of(sha256: str) -> Path:
    """The thumbnail of a photo, beside the contents, named by the photo."""
    return Path(settings.MEDIA_ROOT) / THUMBS / sha256[:2] / f"{sha256}.jpg"


def keep(data: bytes, path: Path) -> None:
    """Write ``data`` to ``path`` durably; equal content that is there already stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
