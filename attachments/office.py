"""Word, Excel and PowerPoint files as they are handed in: kept unchanged, never opened by us.

What runs by itself stays out: macros, embedded objects, parts loaded from elsewhere.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile, ZipInfo

from attachments.files import ACCEPTED, DOCUMENT, LARGEST, Checked, check, clean_name
from attachments.refusal import UnsafeFile

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    ".docx": ("word/", f"{OFFICE}wordprocessingml.document"),
    ".xlsx": ("xl/", f"{OFFICE}spreadsheetml.sheet"),
    ".pptx": ("ppt/", f"{OFFICE}presentationml.presentation"),
}
OLD = {".doc": ".docx", ".xls": ".xlsx", ".ppt": ".pptx", ".wps": ".docx", ".et": ".xlsx"}
CONTENTS = "[Content_Types].xml"
MOST_PARTS, LARGEST_OPENED = 5_000, 200 * 1024 * 1024
ACTIVE = ("vbaproject", "activex", "embeddings/", "externallink")
BROKEN = "这个文件打不开，请在 Office 里重新保存再传。"
TOO_DENSE = "这个文件展开后过大，请拆开或压缩图片后再传。"
FOREIGN = "文件内容与类型不符，请在 Office 里重新保存再传。"
RUNS = "文件里有宏或嵌入的对象，不能上传。请另存为不带宏的文件，或存成 PDF。"


def check_paper(name: str, data: bytes) -> Checked:
    """A photo, a PDF or an Office file as it may be kept; raises UnsafeFile with what to do."""
    suffix = PurePath(clean_name(name)).suffix.lower()
    if suffix in OLD:
        raise UnsafeFile(f"老的 {suffix} 请另存为 {OLD[suffix]} 或 PDF 再传。")
    if suffix not in TYPES:
        return _other(name, data)
    if len(data) > LARGEST:
        raise UnsafeFile("文件超过 15 MB，请压缩后再上传。")
    folder, content_type = TYPES[suffix]
    _check_parts(data, folder)
    return Checked(DOCUMENT, clean_name(name), content_type, data)


def _other(name: str, data: bytes) -> Checked:
    try:
        return check(name, data)
    except UnsafeFile as refused:
        raise UnsafeFile(
            str(refused).replace(ACCEPTED, "可以上传 Word、Excel、PPT、PDF 和照片。")
        ) from refused


def _check_parts(data: bytes, folder: str) -> None:
    try:
        parts = ZipFile(BytesIO(data)).infolist()
    except (BadZipFile, ValueError) as broken:
        raise UnsafeFile(BROKEN) from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_OPENED:
        raise UnsafeFile(TOO_DENSE)
    names = [*_names(parts)]
    if CONTENTS.lower() not in names or not any(name.startswith(folder) for name in names):
        raise UnsafeFile(FOREIGN)
    if any(active in name for name in names for active in ACTIVE):
        raise UnsafeFile(RUNS)


def _names(parts: list[ZipInfo]) -> Iterator[str]:
    for part in parts:
        name = part.filename.replace("\\", "/").lower()
        if name.startswith("/") or ".." in name.split("/"):
            raise UnsafeFile(FOREIGN)
        yield name
