"""汇总表 of every official table: what is computed in it agrees with what is stored."""

import re
import shutil
import subprocess
from decimal import Decimal

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from plans.models import Visit
from reports.workbooks.round import write_round
from rubrics.evaluate import choices
from rubrics.models import Criterion
from scoring import freeze, sheets
from scoring.models import Answer
from tests.factories import tables

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OFFICE = shutil.which("soffice")


def filled(world, visit, version):
    """Handed in: the worst and the best answer in turn, every seventh point 不适用."""
    sheet = sheets.start(tables.bind(visit, version), by=world.leader)
    points = Criterion.objects.filter(item__section__version=version)
    for number, point in enumerate(points.order_by("item__number", "order")):
        offered = sorted(
            choices(point.kind, point.params, point.points), key=lambda one: one.points
        )
        excused = number % 7 == 6
        Answer.objects.filter(sheet=sheet, criterion=point).update(
            state=Answer.State.AGREED,
            inputs={} if excused else offered[-(number % 2)].inputs,
            not_applicable=excused,
            reason="示例原因",
            by=world.member,
            at=timezone.now(),
        )
    sheet.refresh_from_db()
    frozen = freeze.seal(sheet)
    Visit.objects.filter(pk=visit.pk).update(
        status=Visit.Status.CONFIRMED,
        total=frozen["total"],
        applicable=frozen["applicable"],
        rate=frozen["rate"],
        verdicts=frozen["verdicts"] or None,
        content_hash=sheet.content_hash,
        submitted_at=timezone.now(),
        submitted_by=world.leader,
        confirmed_at=timezone.now(),
        confirmed_by=world.province,
    )
    return frozen


def marks(book):
    """Head and rows of the marks of the one table that was filled."""
    every = [sheet for sheet in book if sheet.title.startswith("逐点 ")]
    sheet = next(sheet for sheet in every if sheet["A2"].value != "（没有）")
    head, *rows = ([*row] for row in sheet.iter_rows(values_only=True))
    return head, rows, sheet


def written(world, target):
    write_round(target, world.plan, world.province, today=timezone.localdate())
    return load_workbook(target)


@pytest.mark.parametrize("code", [*tables.CODES, "every rule"])
def test_line_of_marks_agrees_with_the_stored_result(world, tmp_path, code):
    version = tables.every_rule(rescale=True) if code == "every rule" else tables.official(code)
    frozen = filled(world, world.visit, version)
    head, (row,), sheet = marks(written(world, tmp_path / "round.xlsx"))
    line, points = dict(zip(head, row, strict=True)), frozen["points"]
    excused = [point["code"] for point in points if point["not_applicable"]]
    assert [code for code in head if line[code] == "不适用"] == excused
    if "调整" in head:
        given = [line[point["code"]] for point in points]
        sums = sum(Decimal(str(mark)) for mark in given if isinstance(mark, int | float))
        assert sums + Decimal(str(line["调整"] or 0)) == Decimal(frozen["total"])
    if frozen["verdicts"]:
        counted = {name: computed(line[word], sheet) for name, word in WORDS.items()}
        assert {name: count for name, count in counted.items() if count} == frozen["verdicts"]


WORDS = {"good": "符合", "partly": "部分", "bad": "不符合"}


def computed(text, sheet):
    """The value of a COUNTIF with comparisons of single cells behind it."""
    first, last, word = re.match(r'=COUNTIF\((\w+):(\w+),"(.+?)"\)', text).groups()
    count = sum(cell.value == word for cell in sheet[f"{first}:{last}"][0])
    for sign, at, said in re.findall(r'([+-])\((\w+)="(.)"\)', text):
        count += (sheet[at].value == said) * (1 if sign == "+" else -1)
    return count


if OFFICE:  # none is installed for the tests; where there is one, it must compute what is stored

    def test_libreoffice_computes_the_stored_results(world, tmp_path):
        scored = filled(world, world.visit, tables.every_rule())
        judged = filled(world, world.other_visit, tables.official("gaoqing-fujian2-firm"))
        assert not any(
            str(cell.value).startswith(("#", "Err:"))
            for sheet in computed_by_office(world, tmp_path)
            for row in sheet.iter_rows()
            for cell in row
        )
        book = load_workbook(tmp_path / "computed" / "round.xlsx", data_only=True)
        head, *cities, whole = book["总览"].iter_rows(values_only=True)
        one, other = (dict(zip(head, row, strict=True)) for row in cities)
        assert one["平均总得分"] == float(scored["total"])
        assert {key: other[word] for key, word in WORDS.items() if other[word]} == judged[
            "verdicts"
        ]
        good, every = judged["verdicts"].get("good", 0), sum(judged["verdicts"].values())
        assert other["符合率"] == pytest.approx(good / every)
        assert dict(zip(head, whole, strict=True))["已确认"] == 2

    def computed_by_office(world, tmp_path):
        """The workbook as LibreOffice saves it again, all formulas computed."""
        written(world, tmp_path / "round.xlsx")
        subprocess.run(
            [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
            + ["--convert-to", "xlsx", "--outdir", tmp_path / "computed", tmp_path / "round.xlsx"],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return load_workbook(tmp_path / "computed" / "round.xlsx", data_only=True)
