"""Photos: the header first, then decoded and written anew as JPEG. Pure: bytes in, bytes out."""

from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from PIL import Image, ImageFile, ImageOps

from attachments.refusal import UnsafeFile

pillow_heif.register_heif_opener(thumbnails=False)
# Checked here from the header, before a pixel is decoded; Pillow itself only warns.
Image.MAX_IMAGE_PIXELS = None
MOST_PIXELS = 40_000_000
EDGE, THUMB_EDGE = 1920, 320
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
PHOTO_SIGNS = (
    lambda data: data.startswith(b"\xff\xd8\xff"),
    lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
    lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
    lambda data: data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS,
)
BROKEN = "照片打不开或不完整，请重新拍摄或选择。"
HUGE = "照片超过 4000 万像素，请缩小后再上传。"


@dataclass(frozen=True)
class Photo:
    """A photo written anew, and its thumbnail."""

    data: bytes
    thumb: bytes
    width: int
    height: int


def shrink(data: bytes) -> Photo:
    """Decode, turn upright, shrink and write as plain JPEG; raises UnsafeFile."""
    try:
        picture = _decoded(data)
    except UnsafeFile:
        raise
    except Exception as error:  # decoders raise whatever hostile bytes make them raise
        raise UnsafeFile(BROKEN) from error
    full = _jpeg(picture, EDGE, quality=85)
    return Photo(full, _jpeg(picture, THUMB_EDGE, quality=75), *picture.size)


def _decoded(data: bytes) -> Image.Image:
    # WeasyPrint switches this on for the whole process; half a photo is no evidence.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise UnsafeFile(HUGE)
        opened.draft("RGB", (EDGE, EDGE))  # JPEG: decode no more than is kept
        opened.load()
        picture = _opaque(ImageOps.exif_transpose(opened))
    picture.thumbnail((EDGE, EDGE))
    return picture


def _opaque(picture: Image.Image) -> Image.Image:
    """Plain RGB; what was transparent becomes white, as on paper."""
    if picture.mode in {"RGB", "L"}:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _jpeg(picture: Image.Image, edge: int, *, quality: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail((edge, edge))
    out = BytesIO()
    copy.save(out, "JPEG", quality=quality, exif=b"", icc_profile=None)
    return out.getvalue()
