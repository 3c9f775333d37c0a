"""Photos of the demo, drawn here: a notice board and a fire extinguisher that never existed."""

from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (960, 720)
WALL, SKIRTING, FLOOR = "#d8d4c8", "#8f8a7c", "#a9a296"


def photo(number: int) -> SimpleUploadedFile:
    """One of two pictures, the same bytes each time."""
    motif = (board, extinguisher)[number % 2]
    return SimpleUploadedFile(f"示例照片{number + 1}.jpg", _jpeg(motif), "image/jpeg")


def board(draw: ImageDraw.ImageDraw) -> None:
    """A board with sheets of paper, one of them missing."""
    draw.rectangle((130, 110, 830, 500), fill="#3f6d55", outline="#6b5233", width=16)
    for column in range(4):
        left = 175 + column * 160
        draw.rectangle((left, 160, left + 120, 320), fill="#f4f1e6")
        for line in range(5):
            draw.line((left + 14, 190 + line * 24, left + 104, 190 + line * 24), "#8d8878", 4)
        if column != 2:
            draw.rectangle((left, 350, left + 120, 450), fill="#efe6c9")


def extinguisher(draw: ImageDraw.ImageDraw) -> None:
    """A fire extinguisher behind a crate."""
    draw.rounded_rectangle((430, 210, 560, 560), 40, fill="#b3261e")
    draw.rectangle((470, 160, 520, 215), fill="#3a3a3a")
    draw.arc((505, 170, 640, 420), 270, 90, fill="#2b2b2b", width=12)
    draw.rectangle((445, 330, 545, 430), fill="#f2efe6")
    draw.rectangle((150, 430, 420, 640), fill="#b08a54", outline="#7a5d36", width=10)
    draw.line((150, 535, 420, 535), "#7a5d36", 8)


@cache
def _jpeg(motif) -> bytes:
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 590, *SIZE), fill=FLOOR)
    draw.rectangle((0, 575, SIZE[0], 590), fill=SKIRTING)
    motif(draw)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
