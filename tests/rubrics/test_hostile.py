"""Files made to harm: refused in words, at once, and nothing of them is kept."""

import io
import json
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook

from attachments.models import Attachment
from rubrics.models import Intake
from rubrics.reading import template
from tests.attachments import samples
from tests.rubrics.reading.issued import word

UPLOAD = reverse("rubrics:intake_upload")
RELS = "word/_rels/document.xml.rels"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}" TargetMode="External"/></Relationships>'
)
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w>&e;</w>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'


def table(rows=2):
    return word(["项目", "内容"], [["管理", f"{n}.有制度（1分）"] for n in range(1, rows + 1)])


def with_member(data, name, content):
    """The package with one member replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for old in source.namelist():
            if old != name:
                archive.writestr(old, source.read(old))
        archive.writestr(name, content)
    return target.getvalue()


def wide():
    document = Document()
    document.add_table(rows=1, cols=45)
    return saved(document)


def long():
    document = Document()
    document.add_table(rows=1001, cols=1)
    return saved(document)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def relation(kind, target):
    return RELATION.format(kind, target).encode()


def book(*rows):
    made = Workbook()
    made.active.title = template.SHEET
    for row in (template.TITLES, *rows):
        made.active.append(row)
    return saved(made)


def points(count):
    first = ["一、管理", "", "", 1, "", "", "", "", "", "有制度", 1, "按点给分"]
    return [first] + [[""] * 9 + ["有制度", 1, "按点给分"]] * (count - 1)


INNER = "word/embeddings/a.zip"
HOSTILE = {
    "bomb": lambda: (
        "a.docx",
        with_member(table(), "word/a.xml", b"0" * 20_000_000),
        "压缩得不正常",
    ),
    "bomb of many": lambda: ("a.docx", nested(), "展开后太大"),
    "zip in a zip": lambda: (
        "a.docx",
        with_member(table(), INNER, b"PK"),
        "嵌有",
    ),
    "entity": lambda: ("a.docx", with_member(table(), "word/document.xml", ENTITY), "内容不正常"),
    "laughs": lambda: ("a.docx", with_member(table(), "word/styles.xml", LAUGHS), "内容不正常"),
    "wide letters": lambda: (
        "a.docx",
        with_member(table(), "word/styles.xml", ENTITY.decode().encode("utf-16")),
        "内容不正常",
    ),
    "macro": lambda: ("a.docx", with_member(table(), "word/vbaProject.bin", b"x"), "有宏"),
    "path": lambda: ("a.docx", with_member(table(), "../../etc/cron.d/a", b"x"), "不正常的路径"),
    "root": lambda: ("a.docx", with_member(table(), "/etc/cron.d/a", b"x"), "不正常的路径"),
    "template from elsewhere": lambda: (
        "a.docx",
        with_member(table(), RELS, relation("attachedTemplate", "http://127.0.0.1/a.dotm")),
        "指向别处的链接",
    ),
    "picture from elsewhere": lambda: (
        "a.docx",
        with_member(table(), RELS, relation("image", "file:///etc/passwd")),
        "指向别处的链接",
    ),
    "pdf named docx": lambda: ("a.docx", samples.pdf(), "这不是 .docx 文件"),
    "excel named docx": lambda: ("a.docx", book(), "这不是 .docx 文件"),
    "word named xlsx": lambda: ("a.xlsx", table(), "这不是 .xlsx 文件"),
    "photo named docx": lambda: ("a.docx", samples.photo(), "这不是 .docx 文件"),
    "old word": lambda: ("a.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
    "program": lambda: ("a.exe", b"MZ", "不支持“.exe”"),
    "pdf with a script": lambda: ("a.pdf", samples.pdf_with_script(), "脚本"),
    "too many columns": lambda: ("a.docx", wide(), "第1张表第1行超过 40 列"),
    "too many rows": lambda: ("a.docx", long(), "第1张表超过 1,000 行"),
    "too many points": lambda: ("a.xlsx", book(*points(251)), "最多 250 个"),
    "rows of excel": lambda: ("a.xlsx", book(*[["a"]] * 2100), "最多 2,000 行"),
    "links of excel": lambda: (
        "a.xlsx",
        with_member(book(), "xl/externalLinks/externalLink1.xml", b"<a/>"),
        "指向别的文件的链接",
    ),
    "macro of excel": lambda: ("a.xlsx", with_member(book(), "xl/vbaProject.bin", b"x"), "有宏"),
    "entity of excel": lambda: (
        "a.xlsx",
        with_member(book(), "xl/sharedStrings.xml", ENTITY),
        "内容不正常",
    ),
    "deep json": lambda: ("a.json", b"[" * 100_000, "不是系统导出的评分表"),
    "json of numbers": lambda: (
        "a.json",
        json.dumps({"code": 1, "number": "1e9"}).encode(),
        "不是系统导出的评分表",
    ),
    "too large": lambda: ("a.txt", b"1." * 3_000_000, "超过 5 MB"),
    "no letters": lambda: ("a.txt", b"\xff\xfe\xff\xff\x81", "编码认不出"),
}


def nested():
    target = io.BytesIO(table())
    with zipfile.ZipFile(target, "a") as archive:
        for n in range(210):
            archive.writestr(f"word/y{n}.xml", b"<a/>")
    return target.getvalue()


@pytest.mark.once
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_words_and_not_kept(world, as_, name):
    filename, data, said = HOSTILE[name]()
    browser = as_(world.admin)
    begun = time.process_time()
    reply = browser.post(UPLOAD, {"file": SimpleUploadedFile(filename, data)})
    assert time.process_time() - begun < 2  # pages and all
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert not Intake.objects.exists()
    assert not Attachment.objects.exists()


def test_link_to_be_clicked_is_no_harm(world, as_):
    data = with_member(table(), "word/_rels/footnotes.xml.rels", relation("hyperlink", "http://a"))
    reply = as_(world.admin).post(UPLOAD, {"file": SimpleUploadedFile("a.docx", data)})
    assert reply.status_code == 302


def test_name_of_a_file_cannot_lead_anywhere(world, as_):
    upload = SimpleUploadedFile("a.docx", table())
    upload._name = "../../<b>etc</b>/表.docx"
    as_(world.admin).post(UPLOAD, {"file": upload})
    name = Attachment.objects.get().name
    assert not set("/\\<>") & set(name)
