"""Office files are kept as they are; what runs by itself stays out."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from attachments.office import check_paper
from attachments.refusal import UnsafeFile
from tests.attachments.samples import photo


def word(*more: str) -> bytes:
    out = BytesIO()
    document = Document()
    document.add_paragraph("示例汇报")
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for name in more:
            archive.writestr(name, b"x")
    return out.getvalue()


def test_word_is_kept_unchanged():
    data = word()
    kept = check_paper("../汇报.docx", data)
    assert (kept.name, kept.data) == ("汇报.docx", data)
    assert kept.content_type.endswith("wordprocessingml.document")


def test_photo_is_made_anew():
    assert check_paper("现场.jpg", photo()).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("汇报.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx 或 PDF"),
        ("汇报.docx", b"PK\x03\x04broken", "打不开"),
        ("汇报.xlsx", word(), "内容与类型不符"),
        ("汇报.docx", word("word/vbaProject.bin"), "宏"),
        ("汇报.docx", word("word/embeddings/oleObject1.bin"), "嵌入"),
        ("汇报.docx", word("../../etc/passwd"), "内容与类型不符"),
        ("run.exe", b"MZ", "可以上传 Word、Excel、PPT、PDF 和照片"),
        ("空.docx", b"", "打不开"),
    ],
)
def test_hostile_file_is_refused(name, data, said):
    with pytest.raises(UnsafeFile, match=said):
        check_paper(name, data)
