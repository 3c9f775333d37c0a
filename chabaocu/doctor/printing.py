"""Libraries and fonts that PDF needs."""

import ctypes
import sys
from collections.abc import Iterator

from django.conf import settings

from chabaocu.doctor.finding import Finding, Level, judge
from reports.render.fonts import FANDOL, RARE_NAMES, installed_fonts, missing_characters

# library → its names on Linux, macOS and Windows, what lacks without it
LIBRARIES = {
    "pango": (
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        "不能输出 PDF（网页预览和 Excel 不受影响）",
    ),
    "pangoft2": (
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        "不能输出 PDF（网页预览和 Excel 不受影响）",
    ),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib", "libharfbuzz-subset-0.dll"),
        "输出 PDF 会慢 7–40 倍",
    ),
}
INSTALL = {
    "linux": "sudo apt-get install -y --no-install-recommends"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "darwin": "brew install pango harfbuzz",
}
ELSEWHERE = "安装 Pango（见 WeasyPrint 文档的 Windows 一节）"
FETCH_FANDOL = "apt-get download texlive-lang-chinese，解开后把 Fandol*.otf 放进 fonts/"
# a slice of GB 2312: first and last of both levels, punctuation, full-width figures
GB2312_SAMPLE = "啊阿埃座做亍丌兀齄齇督导工作记录表“”《》、。〇①（）０９％"


def check_libraries() -> Iterator[Finding]:
    for name, (files, harm) in LIBRARIES.items():
        found = any(_loads(file) for file in files)
        what = f"系统库 {name}" + ("" if found else f" 没有装：{harm}")
        yield judge(found, what, INSTALL.get(sys.platform, ELSEWHERE))


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def check_fonts() -> Iterator[Finding]:
    there = {font.face for font in installed_fonts()}
    lacking = sorted({face.family for face in FANDOL if face not in there})
    what = f"字体：{len(there)} 款" + (f"，缺 {'、'.join(lacking)}" if lacking else "，Fandol 齐全")
    remedy = f"{FETCH_FANDOL}（{settings.FONT_DIR}）"
    yield judge(not lacking, what, remedy, otherwise=Level.WARNING)
    missing = missing_characters(GB2312_SAMPLE + RARE_NAMES)
    what = f"字形：缺 {missing}" if missing else f"字形：GB 2312 样字和 {RARE_NAMES} 都能打印"
    yield judge(not missing, what, "把含有这些字的字体放进 fonts/，或重装 pylopdf-fonts-zh-cn")
