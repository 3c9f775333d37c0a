"""What happened to a visit's papers, prepared for reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from attachments.models import Attachment
from plans.models import Visit
from scoring.figures import counted
from scoring.models import Answer, RecordText, Save, Signature, Signer
from scoring.replies import clock
from scoring.strokes import Drawing, draw
from scoring.workflow import label_of

PAGE = 100
ACCEPTED = 200
UNFILLED = "未填"
TEXTS = dict(RecordText.Field.choices)


@dataclass(frozen=True)
class Told:
    """One save in words: where, what, and whether it counted."""

    at: Any
    who: str
    revision: int
    place: str
    said: str
    accepted: bool


def events(visit: Visit) -> list[dict[str, Any]]:
    """The moves of the papers, oldest first."""
    return [
        {
            "label": label_of(event.move),
            "target": event.get_target_display(),
            "by": event.by,
            "at": event.at,
            "note": event.note,
        }
        for event in visit.events.select_related("by")
    ]


def slots(visit: Visit) -> list[tuple[str, str]]:
    """The places that were saved at all, with their names."""
    found = Save.objects.filter(sheet__visit=visit).order_by("slot").values_list("slot", flat=True)
    return [(slot, place(slot)) for slot in found.distinct()]


def saves(visit: Visit, slot: str) -> list[Told]:
    """The last saves, newest first; of one place where ``slot`` names it. Refused ones stay."""
    found = Save.objects.filter(sheet__visit=visit).select_related("user", "sheet")
    if slot:
        found = found.filter(slot=slot)
    return [
        Told(
            at=save.at,
            who=str(save.user),
            revision=save.sheet.revision,
            place=place(save.slot),
            said=said(save.body),
            accepted=save.status == ACCEPTED,
        )
        for save in found.order_by("-at")[:PAGE]
    ]


@dataclass(frozen=True)
class Change:
    """One line of a point's log: what the sheet said before, what this person said."""

    at: datetime
    who: str
    before: str
    after: str
    reason: str
    remark: str  # what became of it, where that is not plain

    @property
    def time(self) -> str:
        return clock(self.at)


def point_log(visit: Visit, code: str) -> list[Change]:
    """修改记录 of one scoring point, newest first: saves, refused ones too, and files."""
    found = Save.objects.filter(sheet__visit=visit, slot=f"point:{code}").select_related("user")
    told, before = [], UNFILLED
    for save in reversed(found.order_by("-at")[: PAGE + 1]):
        told.append(_change(save, before))
        if save.status == ACCEPTED:
            before = _standing(save.reply["point"])
    return sorted([*told[-PAGE:], *_files(visit, code)], key=lambda one: one.at, reverse=True)


def _change(save: Save, before: str) -> Change:
    if save.status == ACCEPTED:
        own = (mark for mark in save.reply["marks"] if mark["user"] == save.user_id)
        after, point = _value(next(own, None)), save.reply["point"]
        remark = "待组长裁定" if point["state"] == Answer.State.DISPUTED else ""
        remark = "组长裁定" if point["settled"] else remark
    else:
        after, remark = _value(save.reply.get("mine")), "没有覆盖同事的"
    if before == after and not remark:
        remark = "改写说明"
    return Change(save.at, str(save.user), before, after, save.body.get("reason", ""), remark)


def _files(visit: Visit, code: str) -> Iterator[Change]:
    held = Attachment.objects.filter(holder_type="visit", holder_id=visit.pk, slot=code)
    for file in held.select_related("uploaded_by", "removed_by"):
        added = f"添加佐证 {file.name}"
        yield Change(file.uploaded_at, str(file.uploaded_by), "", "", "", added)
        if file.removed_at:
            removed = f"移除佐证 {file.name}"
            yield Change(file.removed_at, str(file.removed_by), "", "", "", removed)


def _standing(point: dict[str, Any]) -> str:
    """What the sheet says of a point."""
    if point["state"] == Answer.State.DISPUTED:
        return "待裁定"
    return UNFILLED if point["state"] == Answer.State.OPEN else _value(point)


def _value(said: dict[str, Any] | None) -> str:
    if said is None or (said["points"] is None and not said["not_applicable"]):
        return UNFILLED
    return "不适用" if said["not_applicable"] else said["points"]


def place(slot: str) -> str:
    """得分点 7-2; 工作亮点."""
    kind, _, name = slot.partition(":")
    return TEXTS.get(name, name) if kind == "text" else f"得分点 {name}"


def said(body: dict[str, Any]) -> str:
    """What a save said, in words."""
    if "text" in body:
        return body["text"] or "（清空）"
    if body.get("not_applicable"):
        words = ["不适用"]
    else:
        words = [_input(name, value) for name, value in body.get("inputs", {}).items()]
    words += [f"{label}：{body[name]}" for name, label in NOTES if body.get(name)]
    return "，".join(words) or "（清空）"


NOTES = (("reason", "理由"), ("note", "备注"))
INPUTS = {"points": "得 {} 分", "count": "{} 次"}


def _input(name: str, value: Any) -> str:
    if name == "level":
        return "都没有达到" if value is None else f"第 {value + 1} 档"
    return INPUTS.get(name, f"{name} {{}}").format(value)


def frozen_texts(frozen: dict[str, Any]) -> list[tuple[str, str]]:
    """The boxes of a frozen record, in the order of its form."""
    texts = frozen["texts"]
    return [(label, texts[name]) for name, label in TEXTS.items() if name in texts]


def judged(frozen: dict[str, Any]) -> str:
    """How many were good, partly and bad, where a checklist was frozen; nothing for a score."""
    return "" if Decimal(frozen["version"]["total"]) else counted(frozen.get("verdicts", {}))


def frozen_signatures(frozen: dict[str, Any]) -> list[dict[str, Any]]:
    """The signatures of a frozen draft, drawn again from their strokes."""
    roles, methods = dict(Signer.choices), dict(Signature.Method.choices)
    made = []
    for signature in frozen["signatures"]:
        drawing: Drawing | None = draw(signature["strokes"])
        words = {"label": roles[signature["role"]], "method": methods[signature["method"]]}
        made.append(signature | words | {"drawing": drawing})
    return made
