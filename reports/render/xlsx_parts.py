"""What a workbook of one list consists of besides its worksheet: names, relations, styles."""

import re
from collections.abc import Iterator
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEAD_STYLE = 1  # style 0 is plain; one for each format follows


class Format(StrEnum):
    """How a column's values are shown."""

    TEXT = "@"
    INTEGER = "0"
    POINTS = "0.0"
    PERCENT = "0.0%"
    DATE = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"
    MONEY = "0.00"


FORMATS = tuple(Format)
NUMBER_IDS = {form: 164 + place for place, form in enumerate(FORMATS)}  # own ones begin at 164
STYLES = {form: 2 + place for place, form in enumerate(FORMATS)}


def parts(title: str, area: str) -> Iterator[tuple[str, str]]:
    """Name and text of each part; the list covers ``area``."""
    main = f"{TYPE}.sheet.main+xml"
    types = [
        ("/xl/workbook.xml", main),
        ("/xl/worksheets/sheet1.xml", f"{TYPE}.worksheet+xml"),
        ("/xl/styles.xml", f"{TYPE}.styles+xml"),
    ]
    overrides = "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in types)
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))
    yield "xl/workbook.xml", _workbook(title, area)
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
    )
    yield "xl/styles.xml", _styles()


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def _workbook(title: str, area: str) -> str:
    first, last = (re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell) for cell in area.split(":"))
    return (
        f'{XML}<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}">'
        '<bookViews><workbookView activeTab="0"/></bookViews>'
        f'<sheets><sheet name={quoteattr(title)} sheetId="1" r:id="rId1"/></sheets><definedNames>'
        '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"'{escape(title)}'!{first}:{last}</definedName>"
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"'{escape(title)}'!$1:$1</definedName></definedNames></workbook>"
    )


def _styles() -> str:
    """Style 0 is plain, 1 the head row, then one for each format."""
    numbers = "".join(
        f'<numFmt numFmtId="{n}" formatCode={quoteattr(form)}/>' for form, n in NUMBER_IDS.items()
    )
    shown = "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in NUMBER_IDS.values()
    )
    font = '<sz val="11"/><name val="宋体"/><family val="2"/>'
    bottom = '<bottom style="thin"><color auto="1"/></bottom>'
    return (
        f'{XML}<styleSheet xmlns="{SPREADSHEET}">'
        f'<numFmts count="{len(FORMATS)}">{numbers}</numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFF2F2F2"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border><left/><right/><top/>{bottom}<diagonal/></border>"
        '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{2 + len(FORMATS)}">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" '
        f'applyFont="1" applyFill="1" applyBorder="1"/>{shown}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
