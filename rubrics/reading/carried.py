"""A blank form that carries its version along, so that bringing it in gives the same version.

What is carried counts only while the form still says what it said when it was issued: a digest
of its text is carried too. A form that somebody changed is read like any other. Pure.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

PLACE = "customXml/scoringTable.xml"
SPACE = "urn:chabaocu:scoring-table"
KEY, DIGEST = "/ScoringTable", "/ScoringTableDigest"


class Changed(Exception):
    """The form carries a version, and says something else by now."""


def into_word(form: bytes, told: Mapping[str, Any]) -> bytes:
    """The Word form with the version in it."""
    document = Document(BytesIO(form))
    digest, packed = _digest(document.element.body), _packed(told)
    blob = f'<table xmlns="{SPACE}" text="{digest}">{packed}</table>'.encode()
    package = document.part.package
    part = Part(PackURI(f"/{PLACE}"), "application/xml", blob, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def from_word(form: bytes) -> dict[str, Any] | None:
    """The version in an inspected Word form, None where it carries none; Changed."""
    try:
        with ZipFile(BytesIO(form)) as archive:
            if PLACE not in archive.namelist():
                return None
            carried = parse_xml(archive.read(PLACE))
    except (BadZipFile, ValueError, SyntaxError) as error:
        raise Changed from error
    if carried.get("text") != _digest(Document(BytesIO(form)).element.body):
        raise Changed
    return _unpacked(carried.text or "")


def into_pdf(form: bytes, told: Mapping[str, Any]) -> bytes:
    """The PDF form with the version in it."""
    writer = PdfWriter(clone_from=BytesIO(form))
    writer.add_metadata({KEY: _packed(told), DIGEST: _pages(PdfReader(BytesIO(form)))})
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def from_pdf(form: bytes) -> dict[str, Any] | None:
    """The version in an inspected PDF form, None where it carries none; Changed."""
    try:
        reader = PdfReader(BytesIO(form))
        said = reader.metadata or {}
        if KEY not in said:
            return None
        if said.get(DIGEST) != _pages(reader):
            raise Changed
        return _unpacked(str(said[KEY]))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Changed from error


def _pages(reader: PdfReader) -> str:
    contents = (page.get_contents() for page in reader.pages)
    said = (c.get_data() for c in contents if c is not None)
    return sha256(b"\0".join(said)).hexdigest()


def _digest(body: Any) -> str:
    """Every word of the form, cell by cell."""
    paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return sha256("\n".join(paragraphs).encode()).hexdigest()


def _packed(told: Mapping[str, Any]) -> str:
    return base64.b64encode(json.dumps(told, ensure_ascii=False).encode()).decode()


def _unpacked(packed: str) -> dict[str, Any]:
    try:
        told = json.loads(base64.b64decode(packed, validate=True))
    except ValueError as error:
        raise Changed from error
    if not isinstance(told, dict):
        raise Changed
    return told
