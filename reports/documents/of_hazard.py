"""The letters about a hazard, each worded from the move it is issued with."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from hazards.models import Hazard, HazardEvent
from hazards.workflow import SIX
from reports.documents.letter import HEADING, Letter, Line, Row
from reports.documents.official import TEXT, Hand
from reports.documents.paper import Stamp

NUMERALS = "一二三四五六"
# 《山东省重大安全生产隐患挂牌督办办法》, as the letters name it
RULES = "《山东省重大安全生产隐患挂牌督办办法》"
ACCEPTED, WITNESSED = "职能部门验收", "工会监督"


def day_of(moment: datetime | date) -> str:
    """2026年9月5日, as 成文日期 is written."""
    day = localtime(moment).date() if isinstance(moment, datetime) else moment
    return f"{day:%Y年%-m月%-d日}"


def moment_of(moment: datetime | None) -> str:
    """2026年9月5日 14:02."""
    return f"{localtime(moment):%Y年%-m月%-d日 %H:%M}" if moment else ""


def plan_of(hazard: Hazard) -> list[Row]:
    """责任 with who bears it, 措施、资金、期限、应急预案、监控, as far as they are settled."""
    said = {Hazard._meta.get_field(name).verbose_name: getattr(hazard, name) for name in SIX}
    who = [f"{hazard.get_level_display()}整改"] if hazard.level else []
    who += [f"责任人{_person(hazard.responsible)}"] if hazard.responsible else []
    said["责任"] = "，".join([*who, *filter(None, [hazard.duty])])
    return [Row(str(label), _worded(value)) for label, value in said.items() if value]


def acceptance_rows(hazard: Hazard, events: list[HazardEvent]) -> Iterator[Row]:
    """What 验收单 tells of the hazard, failed attempts included."""
    yield Row("单位", hazard.unit.name)
    yield Row("地点", hazard.where)
    yield Row("隐患", hazard.text)
    yield Row("级别", f"{hazard.get_grade_display()}隐患")
    yield from plan_of(hazard)
    for event in events:
        if event.move in {"reject", "object"}:
            yield Row(f"第{event.attempt}次验收", f"不通过：{event.note}（{_who(event)}）")
    offered = _last(events, "offer")
    if offered:
        yield Row("整改完成情况", f"{offered.note}（{_who(offered)}）")
    if hazard.attempt > 1:
        yield Row("本次验收", f"第{hazard.attempt}次")


def hands_of(hazard: Hazard, events: list[HazardEvent]) -> tuple[Hand, ...]:
    """职能部门 and 工会, two people (源2 流程图：职能部门验收、工会监督)."""
    return tuple(
        _hand(role, _last(events, move) if at else None)
        for role, move, at in (
            (ACCEPTED, "accept", hazard.accepted_at),
            (WITNESSED, "witness", hazard.witnessed_at),
        )
    )


def letter_of(kind: str, event: HazardEvent, stamp: Stamp) -> Letter:
    """The letter of this kind that the move calls for."""
    hazard = event.hazard
    fields = {
        "unit": hazard.unit.name,
        "number": hazard.number,
        "day": day_of(event.at),
        "stamp": stamp,
    }
    return Letter(**fields | LETTERS[kind](hazard, event))


def _notice(hazard: Hazard, event: HazardEvent) -> dict[str, Any]:
    """整改通知书: measures, funds, deadline and plan (源2 附件2：责任清楚、措施有力…)."""
    sender = _sender(event) if event.move in AGAIN else hazard.unit.name
    by_hand = _hand("下达人", event) if sender == _sender(event) else Hand("下达人")
    accepted = "政府职能部门验收、工会监督" if hazard.is_major else "职能部门验收、工会监督"
    grade = hazard.get_grade_display()
    return {
        "title": "安全隐患整改通知书",
        "sender": sender,
        "addressee": _person(hazard.responsible),
        "lines": (
            *_opening(event),
            *_numbered(
                (f"{grade}安全隐患", [f"{hazard.where}：{hazard.text}"]),
                ("整改要求", _points(plan_of(hazard))),
                (
                    "验收",
                    [f"整改完成后上传整改后照片，申请验收；{accepted}都通过后销号，记入档案。"],
                ),
            ),
        ),
        "hands": (by_hand, Hand("接收人")),
    }


# moves after which it is rectified once more, or until another day
AGAIN = {
    "reject": "职能部门验收不通过",
    "object": "工会监督不通过",
    "reopen": "已销号的隐患重新打开",
    "extend": "整改期限延长",
}


def _opening(event: HazardEvent) -> list[Line]:
    if event.move in AGAIN:
        said = f"{AGAIN[event.move]}，理由：{event.note}。请按下列要求继续整改。"
        return [Line(TEXT, said)]
    said = "职工在安全隐患排查中发现下列隐患，已登记台账并评估定级，请按下列要求整改。"
    return [Line(TEXT, said)]


def _stop(hazard: Hazard, event: HazardEvent) -> dict[str, Any]:
    """停止作业建议书: the union to the head of the unit (源2 流程图：工会建议立即停止作业)."""
    return {
        "title": "停止作业建议书",
        "sender": f"{hazard.unit.name}工会",
        "addressee": f"{hazard.unit.name}负责人",
        "lines": (
            Line(TEXT, "经研判，下列重大安全隐患会立即导致安全事故发生，工会建议立即停止作业。"),
            *_numbered(
                ("重大安全隐患", [f"{hazard.where}：{hazard.text}"]),
                ("停止作业建议", [hazard.stop_advice]),
                ("答复", ["请写明是否停止作业、何时停止，答复本单位工会；上级工会一并知悉。"]),
            ),
        ),
        "hands": (_hand("工会经办人", event), Hand("单位负责人")),
    }


def _listing(hazard: Hazard, event: HazardEvent) -> dict[str, Any]:
    """挂牌督办通知书: 名称、督办事项、整改完成期限 (源3《挂牌督办办法》第五条、第六条、第七条)."""
    return {
        "title": "重大安全生产隐患挂牌督办通知书",
        "sender": _sender(event),
        "addressee": hazard.government,
        "reference": hazard.listing_number,
        "signer": event.said.get("signer", ""),
        "lines": (
            Line(TEXT, f"根据{RULES}第五条，对下列重大安全生产隐患实行挂牌督办。"),
            *_numbered(
                (
                    "重大安全生产隐患名称",
                    [f"{hazard.unit.name}{hazard.where}：{hazard.text}"],
                ),
                ("督办事项", [hazard.matter]),
                ("整改完成期限", [f"{day_of(hazard.due_on)}前整改完毕。"]),
                ("有关要求", [DEMAND, REPORT]),
            ),
        ),
        "copies": _copies(hazard, _sender(event)),
    }


DEMAND = (
    "接到本通知后，请及时组织有关部门和单位制定整改方案，做到整改责任、措施、资金、期限、"
    "应急预案、监控“六落实”。"
)
REPORT = "整改结束，经确认符合安全生产要求后，写出隐患整改销号报告报我办。"


def _delisting(hazard: Hazard, event: HazardEvent) -> dict[str, Any]:
    """销号文件 (源3《挂牌督办办法》第八条、第九条)."""
    events = list(hazard.events.select_related("by__organization"))
    checked = _last(events, "check_off")
    found = f"{checked.said.get('experts', '')}：{checked.note}" if checked else ""
    name = f"{hazard.unit.name}{hazard.where}：{hazard.text}"
    return {
        "title": "关于重大安全生产隐患整改销号的通知",
        "sender": _sender(event),
        "addressee": hazard.government,
        "reference": hazard.delisting_number,
        "signer": event.said.get("signer", ""),
        "lines": (
            Line(
                TEXT,
                f"{hazard.listing_number}挂牌督办的下列重大安全生产隐患，经现场核实整改完毕，"
                f"根据{RULES}第九条，予以销号。",
            ),
            *_numbered(
                ("重大安全生产隐患名称", [name]),
                ("现场核查", [found]),
                ("整改销号资料", ["请分类梳理，建立目录，存档备查。"]),
            ),
        ),
        "copies": _copies(hazard, _sender(event)),
    }


def _acceptance(hazard: Hazard, event: HazardEvent) -> dict[str, Any]:
    """验收单: the hazard, its rectification, and the two signatures under it."""
    events = list(hazard.events.select_related("by__organization"))
    closed = Row("结论", f"职能部门验收、工会监督都通过，{day_of(event.at)}记入档案并销号。")
    return {
        "title": "安全隐患整改验收单",
        "sender": hazard.unit.name,
        "rows": (*acceptance_rows(hazard, events), closed),
        "hands": hands_of(hazard, events),
    }


LETTERS: dict[str, Callable[[Hazard, HazardEvent], dict[str, Any]]] = {
    "notice": _notice,
    "stop": _stop,
    "listing": _listing,
    "delisting": _delisting,
    "acceptance": _acceptance,
}


def _numbered(*parts: tuple[str, list[str]]) -> Iterator[Line]:
    """一、…, each with its paragraphs; what has no words is left out."""
    said = [(title, [text for text in texts if text]) for title, texts in parts]
    for numeral, (title, texts) in zip(NUMERALS, [one for one in said if one[1]], strict=False):
        yield Line(HEADING, f"{numeral}、{title}")
        yield from (Line(TEXT, text) for text in texts)


def _points(rows: list[Row]) -> list[str]:
    return [f"{row.label}：{row.text}" for row in rows]


def _copies(hazard: Hazard, sender: str) -> str:
    """Who gets a copy: the unit, and the office that supervises it unless it sends the letter."""
    office = hazard.regulator.name if hazard.regulator else ""
    return "、".join(name for name in (hazard.unit.name, office) if name and name != sender)


def _hand(role: str, event: HazardEvent | None) -> Hand:
    if event is None or event.by is None:
        return Hand(role)
    return Hand(role, _who(event), moment_of(event.at), event.note or "")


def _who(event: HazardEvent) -> str:
    return f"{event.by.organization} {event.by}" if event.by else "系统"


def _sender(event: HazardEvent) -> str:
    return event.by.organization.name


def _last(events: list[HazardEvent], move: str) -> HazardEvent | None:
    return next((event for event in reversed(events) if event.move == move), None)


def _person(user: Any) -> str:
    return str(user) if user else ""


def _worded(value: Any) -> str:
    return day_of(value) if isinstance(value, date) else str(value)
