from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from chabaocu.doctor import printing, storage
from chabaocu.doctor.finding import Finding, Level
from clocks.calendar import load_years

NOVEMBER = date(2026, 11, 22)


def levels(findings):
    return [finding.level for finding in findings]


@pytest.mark.django_db
def test_doctor_wants_this_year_and_estimates_the_next():
    with time_machine.travel(NOVEMBER):
        load_years([2026, 2027])
        assert levels(storage._check_years()) == [Level.OK, Level.WARNING]


@pytest.mark.django_db
def test_doctor_ends_with_1_without_a_calendar(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1
    assert "→ ./run manage load_workdays" in capsys.readouterr().out


@pytest.mark.django_db
def test_doctor_finds_the_database_up_to_date():
    first = next(iter(storage.check_database()))
    assert (first.level, first.what.endswith("结构最新")) == (Level.OK, True)


def test_doctor_finds_every_glyph_in_the_fonts_of_the_wheel(settings, tmp_path):
    settings.FONT_DIR = tmp_path
    fandol, glyphs = printing.check_fonts()
    assert (fandol.level, glyphs.level) == (Level.WARNING, Level.OK)
    assert "缺 FandolFang、FandolHei、FandolKai、FandolSong" in fandol.what


def test_doctor_says_how_to_get_a_library_that_is_not_there(monkeypatch):
    monkeypatch.setitem(printing.LIBRARIES, "pango", (("libnothing.so.0",), "不能输出 PDF"))
    pango, *_ = printing.check_libraries()
    assert (pango.level, bool(pango.remedy)) == (Level.ERROR, True)


def test_doctor_minds_a_full_disk(monkeypatch):
    monkeypatch.setattr(storage, "LEAST_FREE", 2**62)
    monkeypatch.setattr(storage, "COMFORTABLE", 2**62)
    assert levels(storage.check_disk()) == [Level.ERROR]


def test_finding_shows_its_remedy_below():
    assert str(Finding(Level.ERROR, "缺", "补")) == "✗ 缺\n    → 补"
