"""PDF files: pages and nothing else. Pure: bytes in, a refusal or nothing out."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from attachments.refusal import UnsafeFile

MOST_OBJECTS, MOST_PAGES, DEEPEST = 20_000, 300, 60
# What acts, carries other files, or hides a form behind the pages.
ACTIVE = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"}
ACTIVE |= {"/XFA", "/AA", "/ImportData", "/SubmitForm", "/GoToE"}
BROKEN = "PDF 打不开或不完整，请重新导出后上传。"
ENCRYPTED = "PDF 有密码或加密，请去掉后再上传。"
UNSAFE = "PDF 里有脚本、附件或会自动执行的内容，请打印成不带这些内容的 PDF 再上传。"
LONG = f"PDF 太大（超过 {MOST_PAGES} 页），请拆开上传。"


def check_document(data: bytes) -> None:
    """Raise UnsafeFile unless the bytes are one whole, open PDF of pages only."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise UnsafeFile(BROKEN)
    if data[end + 5 :].strip():
        raise UnsafeFile(UNSAFE)
    try:
        _inspect(PdfReader(BytesIO(data), strict=False))
    except UnsafeFile:
        raise
    except Exception as error:  # parsers raise whatever hostile bytes make them raise
        raise UnsafeFile(BROKEN) from error


def _inspect(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise UnsafeFile(ENCRYPTED)
    numbers = _numbers(reader)
    if len(numbers) > MOST_OBJECTS or len(reader.pages) > MOST_PAGES:
        raise UnsafeFile(LONG)
    if not reader.pages:
        raise UnsafeFile(BROKEN)
    for number, generation in numbers:
        found = reader.get_object(IndirectObject(number, generation, reader))
        if _acts(found):
            raise UnsafeFile(UNSAFE)


def _numbers(reader: PdfReader) -> list[tuple[int, int]]:
    plain = [(number, gen) for gen, table in reader.xref.items() for number in table]
    return plain + [(number, 0) for number in reader.xref_objStm]


def _acts(value: Any, depth: int = 0) -> bool:
    """Whether a direct object names something that acts; references are looked at on their own."""
    if depth > DEEPEST:
        return True
    if isinstance(value, DictionaryObject):
        if ACTIVE & value.keys() or dict.get(value, "/S") in ACTIVE:
            return True
        return any(_acts(value.raw_get(key), depth + 1) for key in value)
    if isinstance(value, ArrayObject):
        return any(_acts(list.__getitem__(value, n), depth + 1) for n in range(len(value)))
    return False
