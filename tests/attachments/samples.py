"""Small files, honest and hostile, made here: nothing binary is kept in the repository."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def photo(kind="JPEG", size=(60, 40), **options) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "olive").save(out, kind, **options)
    return out.getvalue()


def photo_with_position() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "示例相机"
    exif.get_ifd(0x8825)[2] = (36.0, 40.0, 1.0)
    return photo(exif=exif.tobytes())


def png_bomb(width=12_000, height=12_000) -> bytes:
    """A PNG of 144 million pixels in a few kilobytes."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    )


def pdf(writer: PdfWriter | None = None, *, password: str = "") -> bytes:
    writer = writer or PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_script() -> bytes:
    return _pdf_that_does("/JavaScript", "/JS", "app.alert(1)")


def pdf_with_file() -> bytes:
    writer = PdfWriter()
    writer.add_attachment("示例.exe", b"MZ")
    return pdf(writer)


def pdf_that_launches() -> bytes:
    return _pdf_that_does("/Launch", "/F", "a.exe")


def _pdf_that_does(kind: str, key: str, value: str) -> bytes:
    writer = PdfWriter()
    action = {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return pdf(writer)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
