"""Papers of one visit, filled by its team point by point, as the pages would save them."""

import hashlib
from collections.abc import Iterable
from itertools import cycle
from uuid import NAMESPACE_URL, uuid5

from chabaocu.demo.clock import clock
from chabaocu.demo.photos import photo
from orgs.models import User
from orgs.roles import TeamRole
from plans.models import Visit
from rubrics.kinds import KINDS, RuleKind
from rubrics.models import Criterion
from rubrics.record_forms import form_for
from scoring import actions, comments, evidence, findings, signatures, signing
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.freeze import content_hash
from scoring.models import RecordText, Scoresheet
from scoring.text_saves import save_text

Field = RecordText.Field
REASONS = (
    "示例：有制度，但没有照制度做的记录。",
    "示例：做了，时间晚于要求。",
    "示例：材料不全，现场没有看到原件。",
    "示例：只有通知，没有照片和签到。",
)
REMARKS = (
    "示例：扣分原因请写具体：是哪一项制度、哪个班组。",
    "示例：请补一张现场照片，再交上来。",
)
ADVICE = "示例：请在一个月内补齐，并把材料报督导组。"
TEXTS = {
    Field.HIGHLIGHTS: "示例：把隐患排查奖励写进年度预算，职工上报隐患当月兑现。",
    Field.PROBLEMS: "示例：个别制度停留在纸面，过程记录不完整。",
    Field.SUGGESTIONS: "示例：把“查保促”与班组日常检查合在一起做，少填一遍表。",
    Field.CITIES: "示例：年初已把“查保促”列为一号工程；对所属单位的专项督导还少一次。",
    Field.UNITS: "示例：科室每周自查，隐患当天登记；建议把整改期限写进台账。",
}
MORNING, EVENING = "09:00", "19:30"
PHOTOS, AGREED = 2, 4  # how many of the first points
SHARE = 5  # of ten points how many at least are full


def begin(visit: Visit) -> Scoresheet:
    """Start the papers; nothing is filled."""
    sheet = actions.start(visit, by=_people(visit)[TeamRole.LEADER])
    return Scoresheet.objects.select_related("visit").get(pk=sheet.pk)


def half_fill(visit: Visit, *, disputed: bool) -> None:
    """The first half of the points and one text; where asked, one point in dispute."""
    with clock(visit.visit_on, _hour(visit)):
        sheet = begin(visit)
        criteria = criteria_of(sheet)
        half = criteria[: len(criteria) // 2]
        _fill(sheet, half, visit)
        _second(sheet, half[1:AGREED], visit)
        if disputed:
            _dispute(sheet, half[0], visit)
        _photograph(sheet, half[:PHOTOS], visit)
        _write(sheet, _fields(visit)[0], by=_people(visit)[TeamRole.RECORDER])


def _second(sheet: Scoresheet, criteria: Iterable[Criterion], visit: Visit) -> None:
    """The other two give these points the same mark."""
    for number, criterion in enumerate(criteria, 1):
        first = number % len(TeamRole)
        others = [p for n, p in enumerate(_people(visit).values()) if n != first]
        for version, person in enumerate(others, 1):
            again = save_id(sheet, f"{criterion.code} {version}")
            entry = _entry(criterion, visit)
            save_point(sheet, criterion.code, entry, by=person, id=again, base=version)


def _dispute(sheet: Scoresheet, criterion: Criterion, visit: Visit) -> None:
    """A member gives another mark than the colleague before."""
    said, full = _entry(criterion, visit), Entry(full_inputs(criterion))
    entry = full if said.reason else Entry(least_inputs(criterion), reason=REASONS[0])
    by, again = _people(visit)[TeamRole.MEMBER], save_id(sheet, "second mark")
    save_point(sheet, criterion.code, entry, by=by, id=again, base=1)


def _photograph(sheet: Scoresheet, criteria: Iterable[Criterion], visit: Visit) -> None:
    by = _people(visit)[TeamRole.MEMBER]
    for number, criterion in enumerate(criteria):
        again = save_id(sheet, f"photo {criterion.code}")
        evidence.add(sheet, photo(number), slot=criterion.code, upload_id=again, by=by)


def finish(visit: Visit, *, photos: int = 0) -> None:
    """Fill on the spot, list the problems, sign and submit in the evening of the same day."""
    sheet = fill_all(visit, photos=photos)
    people = _people(visit)
    with clock(visit.visit_on, EVENING):
        signed = signatures.standing(sheet)[TeamRole.LEADER]
        signing.sign(sheet, by=people[TeamRole.RECORDER], seen=signed.content_hash)
        visit.refresh_from_db()
        actions.submit(visit, by=people[TeamRole.LEADER])
        visit.refresh_from_db()


def fill_all(visit: Visit, *, photos: int = 0) -> Scoresheet:
    """Everything filled on the spot, signed by the leader in the evening of the same day."""
    people = _people(visit)
    with clock(visit.visit_on, _hour(visit)):
        sheet = begin(visit)
        *most, last = criteria_of(sheet)
        _fill(sheet, most, visit)
        _photograph(sheet, most[:photos], visit)
    with clock(visit.visit_on, EVENING):
        for field in _fields(visit):
            _write(sheet, field, by=people[TeamRole.RECORDER])
        _list_problems(sheet, people[TeamRole.RECORDER])
        # Only now: from the last point on, every save asks whether the papers are complete.
        _fill(sheet, [last], visit)
        sheet.refresh_from_db()
        signing.sign(sheet, by=people[TeamRole.LEADER], seen=content_hash(sheet))
    return sheet


def _fields(visit: Visit) -> list[str]:
    """The texts that the record form of this kind of unit asks for."""
    return [box.field for box in form_for(visit.target_kind).asked]


def _write(sheet: Scoresheet, field: str, *, by: User) -> None:
    save_text(sheet, field, TEXTS[field], by=by, id=save_id(sheet, field), base=0)


def remark(visit: Visit, *, by: User) -> None:
    """A reviewer's remarks on the first points that lost something."""
    sheet = actions.present(visit)
    lost = sheet.answers.exclude(reason="").select_related("criterion")
    rows = lost.order_by("criterion__item__number", "criterion__order")
    for row, text in zip(rows, REMARKS, strict=False):
        comments.add(sheet, by=by, text=text, criterion=row.criterion)


def _hour(visit: Visit) -> str:
    return f"{visit.starts_at or MORNING}"


def _list_problems(sheet: Scoresheet, by: User) -> None:
    """The first two reasons that differ, as problems of their own."""
    lost = {point.reason: point.code for point in findings.lost_points(sheet)}
    for reason, code in list(lost.items())[:2]:
        findings.add(sheet, by=by, text=reason, advice=ADVICE, code=code)


def _fill(sheet: Scoresheet, criteria: Iterable[Criterion], visit: Visit) -> None:
    for person, criterion in zip(cycle(_people(visit).values()), criteria, strict=False):
        entry = _entry(criterion, visit)
        save_point(
            sheet, criterion.code, entry, by=person, id=save_id(sheet, criterion.code), base=0
        )


def _people(visit: Visit) -> dict[str, User]:
    members = visit.team.members.select_related("user__organization__region").order_by("pk")
    return {member.role: member.user for member in members}


def criteria_of(sheet: Scoresheet) -> list[Criterion]:
    rows = Criterion.objects.filter(item__section__version=sheet.version_id)
    return list(rows.order_by("item__number", "order"))


def _entry(criterion: Criterion, visit: Visit) -> Entry:
    """Mostly full marks, by a rule that only knows the unit and the point; fewer a year ago."""
    unit, strength = visit.target.name, SHARE + dice(visit.target.name) % 5
    if visit.pick_id is None:  # named for the round of the year before
        unit, strength = f"上年{unit}", strength - 1
    if dice(f"{unit}{criterion.code}") % 10 < strength:
        return Entry(full_inputs(criterion))
    reason = REASONS[dice(criterion.code + unit) % len(REASONS)]
    return Entry(least_inputs(criterion), reason=reason)


def full_inputs(criterion: Criterion) -> dict:
    if criterion.kind == RuleKind.AWARD:
        return {"points": f"{criterion.points.normalize():f}"}
    return dict(_choices(criterion)[0].inputs)


def least_inputs(criterion: Criterion) -> dict:
    """Half of the points, or the second best level."""
    if criterion.kind == RuleKind.AWARD:
        return {"points": f"{int(criterion.points) / 2:g}"}
    return dict(_choices(criterion)[1].inputs)


def _choices(criterion: Criterion):
    return KINDS[criterion.kind].choices(criterion.points, criterion.params)


def dice(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0]


def save_id(sheet: Scoresheet, slot: str):
    return uuid5(NAMESPACE_URL, f"demo:{sheet.pk}:{slot}")
