"""The two papers of a draft: from what it says now, or from what it said when it was frozen."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from reports.documents.paper import Stamp
from reports.documents.record import RecordPaper, Sign, record_paper, stroke_path
from reports.documents.scoresheet import Adjustment, Mark, ScoresheetPaper, scoresheet_paper
from rubrics.models import Version
from rubrics.outline import outline_of
from rubrics.record_forms import form_for
from scoring.freeze import content
from scoring.models import Scoresheet, Signature
from scoring.record_forms import place_of
from scoring.signatures import standing

JUDGED = {"good": "符合", "partly": "部分", "bad": "不符合"}
NOTES = {
    Signature.Method.DRAWN: "",
    Signature.Method.PASSWORD: "已核验密码，待纸面补签",
    Signature.Method.SCAN: "已在纸面签字，扫描件存系统",
}


def sheet_papers(sheet: Scoresheet, *, codes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """评分表 and 记录表 of the draft, by kind; without codes they are drafts (草稿)."""
    said = sheet.frozen or content(sheet)
    codes = codes or {}
    return {
        "scoresheet": _scoresheet(sheet, said, _stamp(sheet, codes.get("scoresheet", ""))),
        "record": _record(sheet, said, _stamp(sheet, codes.get("record", ""))),
    }


def verify_url(code: str) -> str:
    """Where whoever holds the paper can check it."""
    return settings.SITE_URL + reverse("reports:verify_code", args=[code])


def _stamp(sheet: Scoresheet, code: str) -> Stamp:
    if not code:
        return Stamp("draft", sheet.revision)
    return Stamp("issued", sheet.revision, code, verify_url(code))


def _scoresheet(sheet: Scoresheet, said: dict[str, Any], stamp: Stamp) -> ScoresheetPaper:
    version = Version.objects.with_tree().get(pk=sheet.version_id)
    marks = {point["code"]: _mark(point) for point in said["points"]}
    begun = any(mark.points is not None for mark in marks.values())
    return scoresheet_paper(
        outline_of(version),
        unit=said["visit"]["target"],
        marks=marks,
        total=_decimal(said["total"]) if begun else None,
        stamp=stamp,
        date=_day(said["visit"]),
        adjustments=_adjustments(said) if begun else (),
        grade=said.get("grade", "") if begun else "",
        by_unit=sheet.visit.is_self,
    )


def _mark(point: dict[str, Any]) -> Mark:
    return Mark(
        _decimal(point["points"]),
        point["not_applicable"],
        full=Decimal(point["max"]),
        told=point["explanation"],
        said=point["reason"],
    )


def _adjustments(said: dict[str, Any]) -> tuple[Adjustment, ...]:
    """What a paper frozen before there were any does not name."""
    told = said.get("adjustments", ())
    return tuple(Adjustment(change["name"], Decimal(change["points"])) for change in told)


def _record(sheet: Scoresheet, said: dict[str, Any], stamp: Stamp) -> RecordPaper:
    by_unit = sheet.visit.is_self
    form = form_for(said["visit"]["target_kind"], by_unit=by_unit)
    signs = standing(sheet)
    begun = any(point["points"] is not None for point in said["points"])
    names = {line.name for line in form.lines}
    return record_paper(
        form,
        texts=said["texts"],
        time=_filed_on(sheet) if by_unit else _time(said["visit"]),
        place=place_of(sheet.visit.region) if "place" in names else "",
        unit=said["visit"]["target"],
        total=_decimal(said["total"]) if begun and "total" in names else None,
        verdicts=_verdicts(said) if begun and "verdicts" in names else "",
        members=tuple(member["name"] for member in said["members"]),
        leader=_sign(signs.get("unit" if by_unit else "leader")),
        recorder=_sign(signs.get("recorder")),
        stamp=stamp,
    )


def _filed_on(sheet: Scoresheet) -> str:
    """When a 自查 was filed."""
    return day_of(timezone.localdate(sheet.frozen_at)) if sheet.frozen_at else ""


def _verdicts(said: dict[str, Any]) -> str:
    """符合8项，部分2项，不符合1项."""
    counts = said.get("verdicts", {})
    return "，".join(f"{label}{counts.get(name, 0)}项" for name, label in JUDGED.items())


def _sign(signature: Signature | None) -> Sign:
    if signature is None:
        return Sign()
    path = stroke_path(signature.strokes)
    return Sign(signature.user.name, path, "" if path else NOTES[signature.method])


def _time(visit: dict[str, Any]) -> str:
    """2017年12月5日 09:00–11:30, as far as it is known."""
    hours = "–".join(part for part in (visit["starts_at"], visit["ends_at"]) if part)
    return " ".join(filter(None, [_day(visit), hours]))


def _day(visit: dict[str, Any]) -> str:
    return day_of(parse_date(visit["date"])) if visit["date"] else ""


def day_of(day: date) -> str:
    """2017年12月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
