"""A whole round as one book, and the papers of a city as a zip: what the jobs make."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string

from audit.canonical import sha256
from chabaocu.errors import Refused
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import path_range
from plans.models import Plan, Visit
from reports import jobs
from reports.issue import has_rendering, issued_paper, issued_pdf
from reports.models import IssuedDocument, Job
from reports.packing import Line, file_name, missing, pack_pieces, pieces_of
from reports.render.batch import CHUNK, Chunk, Printed, print_chunks
from reports.render.bind import bind, page_count
from reports.render.form_xlsx import form_bytes
from reports.render.pdf import html_pdf

NOTHING = "还没有已提交的材料，等督导组提交后再生成。"
KINDS = IssuedDocument.Kind.values  # 评分表 first, then 记录表


@dataclass(frozen=True)
class Entry:
    """One visit in the book: its two papers, and where they begin."""

    number: int
    city: str
    unit: str
    total: Any
    documents: tuple[IssuedDocument, ...]
    place: str = ""  # the path of its region, and the region's name
    region: str = ""
    page: int = 0


def visits_with_papers(plan: Plan, user: Any, city: Region | None = None):
    """The visits whose result this person may see and whose papers are submitted, in order."""
    visits = (
        Visit.objects.permitted(user, P.RESULT_VIEW)
        .by_teams()
        .filter(plan=plan, total__isnull=False)
    )
    if city:
        visits = visits.filter(path_range("region__path", city.path))
    return visits.order_by("region__path", "target_kind", "pk")


def start_book(plan: Plan, *, by: Any) -> Job:
    """Queue the book of the round as it stands; equal papers give the job there is."""
    return _start("book", plan, None, by, f"{plan.title}（全部材料）", "pdf")


def start_zip(plan: Plan, city: Region | None, *, by: Any) -> Job:
    """Queue the zip of a city's papers and pieces as they stand, or of the whole round's."""
    name = city.name if city else "全轮资料"
    return _start("zip", plan, city, by, f"{plan.title}（{name}）", "zip")


def _start(kind: str, plan: Plan, city: Region | None, by: Any, title: str, suffix: str) -> Job:
    visits = visits_with_papers(plan, by, city)
    pieces = pieces_of(plan, city, by)
    stand = [list(visits.values_list("pk", "content_hash"))]
    if kind == "zip":
        stand.append(list(pieces.values_list("pk", "status", "moved_at")))
        stand.append([line.cells for line in missing(plan, city, by)])
    state = sha256(stand)
    if not visits.exists() and not (kind == "zip" and pieces.exists()):
        raise Refused(NOTHING)
    return jobs.start(
        kind,
        by=by,
        key=f"{kind}:{plan.pk}:{city.pk if city else ''}:{by.pk}:{state}",
        title=title[:160],
        file_name=f"{title[:150]}.{suffix}",
        arguments={"plan": plan.pk, "city": city.pk if city else None},
    )


def subject_of(job: Job) -> tuple[Plan, Region | None]:
    """The round a job is about, and its city; Refused where its owner may not see it any more."""
    plan = Plan.objects.visible_to(job.owner).filter(pk=job.arguments["plan"]).first()
    if plan is None:
        raise Refused("您现在不能查看这个方案。")
    return plan, Region.objects.filter(pk=job.arguments["city"]).first()


def entries_of(plan: Plan, city: Region | None, owner: Any) -> list[Entry]:
    """The visits of a round or of one city, by the rights the owner has now."""
    visits = visits_with_papers(plan, owner, city)
    cities = dict(Region.objects.filter(level=Region.Level.CITY).values_list("path", "name"))
    documents = IssuedDocument.objects.filter(
        sheet__visit__in=visits, sheet__revision=F("sheet__visit__revision")
    ).select_related("sheet", "rendering")
    found: dict[int, dict[str, IssuedDocument]] = {}
    for document in documents:
        found.setdefault(document.sheet.visit_id, {})[document.kind] = document
    rows = visits.select_related("region", "target", "version")
    return [
        Entry(
            number,
            cities.get(visit.region.city_path, ""),
            visit.target.name,
            visit.total if visit.version.total else None,
            tuple(found[visit.pk][kind] for kind in KINDS),
            place=visit.place,
            region=visit.region.name,
        )
        for number, visit in enumerate((v for v in rows if v.pk in found), start=1)
    ]


@jobs.maker("book")
def make_book(job: Job, report: jobs.Report, target: Path) -> None:
    """One PDF: contents with page numbers, then every visit's papers, each page numbered."""
    entries = entries_of(*subject_of(job), job.owner)
    if not entries:
        raise Refused(NOTHING)
    printed = _printed(job, report, entries)
    _bind(job, entries, printed, target)


def _printed(job: Job, report: jobs.Report, entries: list[Entry]) -> list[Printed]:
    chunks = [
        Chunk(number, _contexts(entries[start : start + CHUNK]))
        for number, start in enumerate(range(0, len(entries), CHUNK))
    ]
    done, printed = 0, []
    report(0, len(entries))
    for piece in print_chunks(chunks, jobs.parts_folder(job)):
        printed.append(piece)
        done += len(piece.pages) // len(KINDS)
        report(done, len(entries))
    return sorted(printed, key=lambda piece: piece.number)


def _contexts(entries: list[Entry]) -> tuple[tuple[str, dict], ...]:
    return tuple((d.kind, d.context) for entry in entries for d in entry.documents)


def _bind(job: Job, entries: list[Entry], printed: list[Printed], target: Path) -> None:
    """The contents are laid out twice: once to know how many pages they take themselves."""
    counts = [count for piece in printed for count in piece.pages]
    lengths = [sum(counts[at : at + len(KINDS)]) for at in range(0, len(counts), len(KINDS))]
    offset = page_count(_contents(job, entries, _first_pages(lengths, 0)))
    pages = _first_pages(lengths, offset)
    marks = [
        (f"{entry.number} {entry.unit}", page) for entry, page in zip(entries, pages, strict=True)
    ]
    pieces = [io.BytesIO(_contents(job, entries, pages)), *(piece.path for piece in printed)]
    bind(pieces, marks, job.title, target)


def _first_pages(lengths: list[int], offset: int) -> list[int]:
    """The page, counted from 1, on which each entry begins."""
    return [offset + 1 + sum(lengths[:number]) for number in range(len(lengths))]


def _contents(job: Job, entries: list[Entry], pages: list[int]) -> bytes:
    rows = list(zip(entries, pages, strict=True))
    context = {"title": job.title, "rows": rows, "count": len(rows)}
    return html_pdf(render_to_string("reports/pdf/contents.html", context))


@jobs.maker("zip")
def make_zip(job: Job, report: jobs.Report, target: Path) -> None:
    """A folder for each visit: its papers as PDF and one workbook; 资料, and a contents list."""
    plan, city = subject_of(job)
    entries = entries_of(plan, city, job.owner)
    if not entries and not pieces_of(plan, city, job.owner).exists():
        raise Refused(NOTHING)
    made, lines = _made(job, report, entries), []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, entry in enumerate(entries, start=1):
            within = "" if city else f"{file_name(entry.city)}/"
            lines += _pack(archive, entry, made, within=within)
            report(done, len(entries))
        pack_pieces(archive, plan, city, job.owner, lines)


def _made(job: Job, report: jobs.Report, entries: list[Entry]) -> dict[int, Path]:
    """PDFs that the worker has not stored yet, by document."""
    documents = [d for entry in entries for d in entry.documents if not has_rendering(d)]
    chunks = [Chunk(d.pk, ((d.kind, d.context),)) for d in documents]
    made = {}
    report(0, len(entries))
    for piece in print_chunks(chunks, jobs.parts_folder(job)):
        made[piece.number] = piece.path
        report(0, len(entries))
    return made


def _pack(
    archive: zipfile.ZipFile, entry: Entry, made: dict[int, Path], within: str
) -> Iterator[Line]:
    folder = within + file_name(f"{entry.number:02d} {entry.unit}")
    papers = [issued_paper(document) for document in entry.documents]
    for document, paper in zip(entry.documents, papers, strict=True):
        content = made[document.pk].read_bytes() if document.pk in made else issued_pdf(document)
        name = f"{folder}/{file_name(paper.name)}.pdf"
        archive.writestr(name, content)
        label, sheet = document.get_kind_display(), document.sheet
        yield Line(entry.place, entry.region, entry.unit, label, "已提交", name, at=sheet.frozen_at)
    name = f"{folder}/评分表和记录表.xlsx"
    archive.writestr(name, form_bytes(papers))
    yield Line(entry.place, entry.region, entry.unit, "评分表和记录表", "已提交", name)
