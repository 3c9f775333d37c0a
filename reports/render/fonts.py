"""Which faces the printer may use: the site's own first, then Fandol, then Noto for rare names.

A site puts its licensed faces into FONT_DIR under one of the names below; nothing else of that
folder is read.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

RARE_NAMES = "喆堃玥昇祎翀镕䶮"  # in names of people, missing in every GB 2312 face


@dataclass(frozen=True)
class Face:
    """A face as the style sheet names it, and the file names it may come under."""

    family: str
    files: tuple[str, ...]
    weight: int = 400


OFFICIAL = (
    Face("FangSong_GB2312", ("FangSong_GB2312.ttf", "仿宋_GB2312.ttf", "simfang.ttf")),
    Face("KaiTi_GB2312", ("KaiTi_GB2312.ttf", "楷体_GB2312.ttf", "simkai.ttf")),
    Face("SimHei", ("SimHei.ttf", "simhei.ttf", "黑体.ttf")),
    Face("FZXiaoBiaoSong-B05S", ("FZXiaoBiaoSong-B05S.ttf", "FZXBSJW.TTF", "方正小标宋简体.ttf")),
)
FANDOL = (
    Face("FandolFang", ("FandolFang-Regular.otf",)),
    Face("FandolKai", ("FandolKai-Regular.otf",)),
    Face("FandolHei", ("FandolHei-Regular.otf",)),
    Face("FandolSong", ("FandolSong-Regular.otf",)),
    Face("FandolSong", ("FandolSong-Bold.otf",), 700),
)


@dataclass(frozen=True)
class FontFile:
    """A face that is there, and its file."""

    face: Face
    path: Path


def installed_fonts() -> list[FontFile]:
    """The faces found here, in the order the style sheet prefers them."""
    found = [file for face in OFFICIAL + FANDOL if (file := _in_folder(face))]
    return found + _noto()


def _in_folder(face: Face) -> FontFile | None:
    paths = (Path(settings.FONT_DIR) / name for name in face.files)
    return next((FontFile(face, path) for path in paths if path.is_file()), None)


def _noto() -> list[FontFile]:
    from pylopdf_fonts_zh_cn import sans_path, serif_path

    return [
        FontFile(Face("Noto Serif SC", ()), Path(serif_path())),
        FontFile(Face("Noto Sans SC", ()), Path(sans_path())),
    ]


def missing_characters(text: str = RARE_NAMES) -> str:
    """The characters of ``text`` that no face here has: they would print as empty boxes."""
    from fontTools.ttLib import TTFont

    missing = set(text)
    for font in installed_fonts():
        with TTFont(font.path, lazy=True) as file:
            missing -= {char for char in missing if ord(char) in file.getBestCmap()}
    return "".join(char for char in text if char in missing)


def font_css() -> str:
    """@font-face rules; addresses name a file of ours, never a path."""
    return "".join(
        f'@font-face {{ font-family: "{font.face.family}"; font-weight: {font.face.weight};'
        f' src: url("chabaocu:font/{number}"); }}\n'
        for number, font in enumerate(installed_fonts())
    )
