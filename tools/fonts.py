"""Fandol fonts (仿宋 楷体 黑体 宋体) from the Debian package, without installing TeX."""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tools.place import FONTS, environment
from tools.process import SetupError, run
from tools.system import privilege

PACKAGE = "texlive-lang-chinese"
FACES = (
    "FandolFang-Regular",
    "FandolHei-Bold",
    "FandolHei-Regular",
    "FandolKai-Regular",
    "FandolSong-Bold",
    "FandolSong-Regular",
)
BY_HAND = (
    f"没有 Fandol 字体，PDF 将用 Noto 代替仿宋、楷体。在 Debian 上：apt-get download {PACKAGE}，"
    "用 dpkg-deb -x 解开，把 Fandol*.otf 放进 fonts/。"
)


def is_complete() -> bool:
    return all((FONTS / f"{face}.otf").is_file() for face in FACES)


def fetch() -> str:
    """Put the faces into fonts/; returns "" or the line that tells the person what to do."""
    if is_complete():
        return ""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return BY_HAND
    try:
        with tempfile.TemporaryDirectory(prefix="fandol-") as folder:
            _unpack(_download(Path(folder)))
    except SetupError:
        return BY_HAND
    return "" if is_complete() else BY_HAND


def _download(folder: Path) -> Path:
    folder.chmod(0o755)
    command = ["apt-get", "-q", "download", PACKAGE]
    try:
        run("apt-get download", command, cwd=folder)
    except SetupError:
        if (before := privilege()) is None:
            raise
        run("apt-get update", [*before, "apt-get", "-q", "update"], env=environment())
        run("apt-get download", command, cwd=folder)
    return next(folder.glob(f"{PACKAGE}_*.deb"))


def _unpack(package: Path) -> None:
    """Stream the package and keep the six files; nothing else touches the disk."""
    FONTS.mkdir(exist_ok=True)
    wanted = {f"{face}.otf" for face in FACES}
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as archive,
    ):
        for member in archive:
            if (name := Path(member.name).name) in wanted and member.isfile():
                _keep(archive.extractfile(member).read(), FONTS / name)


def _keep(content: bytes, target: Path) -> None:
    partial = target.with_suffix(".part")
    partial.write_bytes(content)
    partial.replace(target)
