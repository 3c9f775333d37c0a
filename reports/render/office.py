"""LibreOffice as a tool: a Word file as it would be printed here, and with which faces.

The faces that offices have are rarely on a server. The project's own stand in for them, through
a configuration of the fonts that is used for this one run.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

STANDS_IN = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "FandolHei",
    "方正小标宋简体": "FandolSong",
    "宋体": "FandolSong",
}
# names under which the faces stand in a PDF
OTHER_NAMES = {
    "仿宋_GB2312": ("FangSong_GB2312",),
    "楷体_GB2312": ("KaiTi_GB2312",),
    "黑体": ("SimHei",),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
    "宋体": ("SimSun",),
}
SECONDS = 120
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir>{rules}</fontconfig>"""
RULE = (
    '<alias binding="same"><family>{asked}</family>'
    "<accept><family>{instead}</family></accept></alias>"
)


class OfficeMissing(RuntimeError):
    """LibreOffice is not installed here, or did not make a PDF; the words say which."""


def office_pdf(content: bytes) -> bytes:
    """The Word file as PDF, made in a folder and with a profile of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise OfficeMissing("没有找到 LibreOffice（soffice）")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(content)
        (folder / "fonts.conf").write_text(_fonts_conf(), encoding="utf-8")
        _run(program, folder)
        made = folder / "paper.pdf"
        if not made.is_file():
            raise OfficeMissing("LibreOffice 没有生成 PDF")
        return made.read_bytes()


def _run(program: str, folder: Path) -> None:
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")]
    surroundings = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    try:
        subprocess.run(command, env=surroundings, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise OfficeMissing(f"LibreOffice 没有运行成功（{type(error).__name__}）") from error


def _fonts_conf() -> str:
    rules = [RULE.format(asked=asked, instead=name) for asked, name in STANDS_IN.items()]
    return FONTS_CONF.format(folder=settings.FONT_DIR, rules="".join(rules))
