"""The zip of a city or a round: papers of each visit, pieces handed in, what is missing."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True)
class Line:
    """One line of the contents; they stand in the order of divisions."""

    place: str  # a region's path
    region: str
    unit: str
    what: str
    state: str
    files: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of HEAD."""
        at = f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}" if self.at else ""
        return self.region, self.unit, self.what, self.state, self.files, self.by, at


def file_name(text: str) -> str:
    """A name every system accepts in a folder."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", text).strip(" .")[:80]


def pieces_of(plan: Plan, city: Region | None, user: Any):
    """What was handed in for the round, or for one city of it, as far as the person sees it."""
    found = Material.objects.visible_to(user).filter(plan=plan).live()
    if city:
        found = found.filter(path_range("place", city.path))
    return found.select_related("unit__region", "filed_by").order_by("place", "kind", "pk")


def pack_pieces(
    archive: zipfile.ZipFile,
    plan: Plan,
    city: Region | None,
    user: Any,
    papers: Iterable[Line],
) -> None:
    """Every file of every piece under 资料/, and 目录.csv: of all that is here and what is missing.

    ``papers`` are the lines of what was packed before.
    """
    packed = _packed(archive, pieces_of(plan, city, user))
    lines = sorted([*papers, *packed, *missing(plan, city, user)], key=lambda line: line.place)
    archive.writestr(CONTENTS, _table(lines))


def _packed(archive: zipfile.ZipFile, pieces: Iterable[Material]) -> Iterator[Line]:
    for number, piece in enumerate(pieces, start=1):
        folder = f"{FOLDER}/{number:03d} {file_name(f'{piece.unit} {piece.get_kind_display()}')}"
        names = []
        for at, file in enumerate(files_of(piece), start=1):
            name = f"{folder}/{at:02d} {file_name(file.name)}"
            archive.write(storage.path_of(file.sha256), name)
            names.append(name)
        state, by = piece.get_status_display(), piece.filed_by.name
        told = (piece.unit.name, piece.get_kind_display(), state, "；".join(names), by)
        yield Line(piece.place, piece.unit.region.name, *told, piece.filed_at)


def missing(plan: Plan, city: Region | None, user: Any) -> Iterator[Line]:
    """The lines of what is asked for and not in, as of today."""
    for row in table(plan, user, timezone.localdate()):
        if city and not row.place.startswith(city.path):
            continue
        for cell in row.cells:
            if cell.is_missing and not cell.returned:
                late = f"缺，逾期 {cell.late_days} 天" if cell.late_days else "未报"
                yield Line(row.place, row.name, "", Material.Kind(cell.kind).label, late)
        if row.open_papers:
            state = f"已提交 {row.papers.submitted}，共 {row.papers.visits}"
            yield Line(row.place, row.name, "", "评分表、记录表", state)


def _table(lines: list[Line]) -> bytes:
    """For Excel: UTF-8 with its mark, and no cell that begins a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([_plain(cell) for cell in line.cells] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
