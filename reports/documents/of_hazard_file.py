"""What one hazard's file says, as the hazard stands now."""

from collections.abc import Iterator
from itertools import zip_longest

from attachments.models import Attachment
from hazards import evidence
from hazards.guards import AFTER
from hazards.history import failed_on, finder, steps
from hazards.models import Hazard
from reports.documents.hazard_file import Course, Deed, HazardFile, Pair, Shot
from reports.documents.letter import Row
from reports.documents.of_hazard import day_of, hands_of, moment_of, plan_of
from reports.documents.paper import Stamp


def hazard_file(hazard: Hazard, stamp: Stamp, *, at: object) -> HazardFile:
    """The whole file; a name that its owner hides is not told to whoever holds the paper."""
    events = list(hazard.events.select_related("by__organization"))
    deeds = [
        Deed(
            moment_of(step.at), step.what, step.who, "，".join(filter(None, (step.days, step.note)))
        )
        for step in reversed(steps(hazard, None))
    ]
    return HazardFile(
        unit=hazard.unit.name,
        number=hazard.number,
        state=hazard.get_status_display(),
        day=day_of(at),
        course=_course(hazard, events),
        facts=tuple(_facts(hazard)),
        plan=tuple(plan_of(hazard)),
        pairs=tuple(_pairs(hazard)),
        deeds=tuple(deeds),
        hands=hands_of(hazard, events),
        stamp=stamp,
    )


def _facts(hazard: Hazard) -> Iterator[Row]:
    yield Row("隐患编号", hazard.number)
    yield Row("单位", hazard.unit.name)
    yield Row("地点", hazard.where)
    yield Row("种类", hazard.get_kind_display())
    yield Row("级别", f"{hazard.get_grade_display()}隐患" if hazard.grade else "尚未定级")
    yield Row("状态", hazard.get_status_display())
    yield Row("来源", hazard.get_source_display())
    yield Row("发现人", f"{finder(hazard, None)}，{moment_of(hazard.reported_at)}")
    yield Row("隐患", hazard.text)
    if hazard.stop_advice:
        answer = hazard.stop_answer or "单位还没有答复"
        yield Row("停止作业建议", f"{hazard.stop_advice}（单位答复：{answer}）")
    if hazard.regulator:
        yield Row("政府职能部门", hazard.regulator.name)
    if hazard.listing_number:
        yield Row("挂牌督办", f"{hazard.listing_number}，{hazard.government}")


def _pairs(hazard: Hazard) -> list[Pair]:
    """Photos as they came, the first of each side beside each other."""
    held = [one for one in evidence.of(hazard) if one.kind == Attachment.Kind.PHOTO]
    sides = ([_shot(one) for one in held if one.slot == slot] for slot in (evidence.BEFORE, AFTER))
    return [Pair(before, after) for before, after in zip_longest(*sides)]


def _shot(photo: Attachment) -> Shot:
    return Shot(photo.sha256, moment_of(photo.uploaded_at))


def _course(hazard: Hazard, events: list) -> Course:
    failed = failed_on(hazard)
    return Course(
        status=hazard.status,
        grade=hazard.grade,
        level=hazard.level,
        attempt=hazard.attempt,
        stop_advised_at=_iso(hazard.stop_advised_at),
        stop_answered_at=_iso(hazard.stop_answered_at),
        listed_at=_iso(hazard.listed_at),
        failed_on=_iso(failed),
        inspected=any(event.move in {"inspect", "list"} for event in events),
    )


def _iso(moment: object) -> str:
    return moment.isoformat() if moment else ""
