"""What may come in: told from the content, never from the name. Pure: bytes in, bytes out."""

from dataclasses import dataclass
from pathlib import PurePath

from attachments.documents import check_document
from attachments.photos import PHOTO_SIGNS, shrink
from attachments.refusal import UnsafeFile

LARGEST = 15 * 1024 * 1024
PHOTO, DOCUMENT = "photo", "document"
SUFFIXES = {
    ".jpg": PHOTO,
    ".jpeg": PHOTO,
    ".png": PHOTO,
    ".webp": PHOTO,
    ".heic": PHOTO,
    ".heif": PHOTO,
    ".pdf": DOCUMENT,
}
ACCEPTED = "可以上传 JPEG、PNG、HEIC、WebP 照片和 PDF 文件。"


@dataclass(frozen=True)
class Checked:
    """A file as it will be kept."""

    kind: str
    name: str
    content_type: str
    data: bytes
    thumb: bytes | None = None
    width: int | None = None
    height: int | None = None


def check(name: str, data: bytes) -> Checked:
    """The file as it may be kept; raises UnsafeFile with what is wrong and what to do.

    Photos are decoded and written anew, at most 1920 px wide or high: position, camera data and
    whatever was hidden behind the picture are gone. PDF files stay as they are, if they hold
    pages only.
    """
    if not data:
        raise UnsafeFile("文件是空的，请重新选择。")
    if len(data) > LARGEST:
        raise UnsafeFile("文件超过 15 MB，请压缩后再上传。")
    clean = clean_name(name)
    kind = _kind_of(data)
    if kind is None or SUFFIXES.get(PurePath(clean).suffix.lower()) != kind:
        raise UnsafeFile(f"文件内容与类型不符，或类型不支持。{ACCEPTED}")
    if kind == DOCUMENT:
        check_document(data)
        return Checked(DOCUMENT, clean, "application/pdf", data)
    photo = shrink(data)
    jpeg_name = f"{PurePath(clean).stem}.jpg"
    return Checked(
        PHOTO, jpeg_name, "image/jpeg", photo.data, photo.thumb, photo.width, photo.height
    )


def clean_name(name: str) -> str:
    """The last part of a name, printable, at most 100 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in last if c.isprintable()).strip().lstrip(".")
    path = PurePath(printable or "未命名")
    return path.stem[: 100 - len(path.suffix)] + path.suffix


def _kind_of(data: bytes) -> str | None:
    if data.startswith(b"%PDF-"):
        return DOCUMENT
    return PHOTO if any(sign(data) for sign in PHOTO_SIGNS) else None
