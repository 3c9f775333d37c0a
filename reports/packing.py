"""The zip of a city or a round: papers of each visit, pieces handed in, what is missing."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from attachments import storage
from materials.actions import files_of
from materials.models import Material
from materials.table import table
from orgs.models import Region
from orgs.scope import path_range
from plans.models import Plan

CONTENTS = "目录.csv"
HEAD = ("市、县（市、区）", "单位", "资料", "状态", "文件", "报送人", "报送时间")
FOLDER = "资料"


def file_name(text: str) -> str:
    """A name every system accepts in a folder."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", text).strip(" .")[:80]


def pieces_of(plan: Plan, city: Region | None, user: Any):
    """What was handed in for the round, or for one city of it, as far as the person sees it."""
    found = Material.objects.visible_to(user).filter(plan=plan).live()
    if city:
        found = found.filter(path_range("place", city.path))
    return found.select_related("unit__region", "filed_by").order_by("place", "kind", "pk")


def pack_pieces(archive: zipfile.ZipFile, plan: Plan, city: Region | None, user: Any) -> None:
    """Every file of every piece under 资料/, and 目录.csv, which names the missing ones as well."""
    lines = [*_packed(archive, pieces_of(plan, city, user)), *missing(plan, city, user)]
    archive.writestr(CONTENTS, _table(sorted(lines, key=lambda line: line[0])))


def _packed(archive: zipfile.ZipFile, pieces) -> Iterator[tuple[str, ...]]:
    for number, piece in enumerate(pieces, start=1):
        folder = f"{FOLDER}/{number:03d} {file_name(f'{piece.unit} {piece.get_kind_display()}')}"
        names = []
        for at, file in enumerate(files_of(piece), start=1):
            name = f"{folder}/{at:02d} {file_name(file.name)}"
            archive.write(storage.path_of(file.sha256), name)
            names.append(name)
        filed = timezone.localtime(piece.filed_at)
        yield (
            piece.unit.region.name,
            piece.unit.name,
            piece.get_kind_display(),
            piece.get_status_display(),
            "；".join(names),
            piece.filed_by.name,
            f"{filed:%Y-%m-%d %H:%M}",
        )


def missing(plan: Plan, city: Region | None, user: Any) -> Iterator[tuple[str, ...]]:
    """The lines of what is asked for and not in, as of today."""
    for row in table(plan, user, timezone.localdate()):
        if city and not row.place.startswith(city.path):
            continue
        for cell in row.cells:
            if cell.is_missing and not cell.returned:
                late = f"缺，逾期 {cell.late_days} 天" if cell.late_days else "未报"
                yield (row.name, "", Material.Kind(cell.kind).label, late, "", "", "")
        if row.open_papers:
            state = f"已提交 {row.papers.submitted}，共 {row.papers.visits}"
            yield (row.name, "", "评分表、记录表", state, "", "", "")


def _table(lines: list[tuple[str, ...]]) -> bytes:
    """For Excel: UTF-8 with its mark, and no cell that begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
