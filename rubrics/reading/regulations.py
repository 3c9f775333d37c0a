"""What a table says beside its points: 加分累计, 取最高, 权重, 折算, 等级. Pure."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from rubrics.evaluate import points_in
from rubrics.kinds.outcome import spelled
from rubrics.outline import Outline, SectionOutline
from rubrics.reading.draft import DraftTable
from rubrics.reading.folding import NUMBER, fold, number
from rubrics.reading.rules import AMOUNT
from rubrics.reading.source import GUESSED, QUESTION, Piece
from rubrics.reading.text import FULL
from rubrics.scheme import read
from rubrics.totals import worth

Tell = Callable[..., None]
CAPPED = re.compile(
    rf"(?:加分)?(?:累计|合计|最多|最高)(?:加分)?(?:不得?超过?|加|为)?\s*({NUMBER})\s*分(?:为止)?|加分上限为?({NUMBER})分"
)
BEST = re.compile(r"积分不累加|不累计|不累加|取最高|就高不就低|不重复(?:计|得|加)分")
WEIGHT = re.compile(r"权重(?:为|占)?[：（]?\s*(\d{1,3}(?:\.\d+)?)\s*%")
SCALE = re.compile(r"(?:折算|换算|折合)(?:为|成|到)?\s*(?:(\d{2,4})\s*分|(百)分制)")
GRADE = re.compile(
    r"(\d{1,4}(?:\.\d)?)\s*分?(?:（含[^）]*）|（以上）)?(?:及)?以上[^为，；。]{0,8}(?:评?定?为|是)\s*[“\"]?([^，；。”\"（）]{1,8})"
)
EFFECT = re.compile(
    r"[^，；。（]*(?:0|零)分[^，；。）]*|不[得能](?:评为|评定为)[^，；。）]+|[^，；。（]*不得分"
)


def effect_in(text: str) -> str:
    """What a heading says follows from its 否决项, to be read with each of them."""
    found = EFFECT.search(fold(text))
    return f"（否决：{found[0]}）" if found else "（否决）"


def sums(outline: Outline) -> tuple[Decimal, Decimal]:
    """What the points add up to, and what the scheme leaves of it."""
    scheme = read(outline.scheme)
    total = worth(points_in(outline), scheme)
    return total, scheme.scale.points if scheme.scale else total


def scheme_of(
    table: DraftTable, sections: tuple[SectionOutline, ...], tell: Tell
) -> tuple[dict[str, Any], list[Piece]]:
    """The scheme, each part of it told as a guess, and the remarks that were not part of it."""
    scheme: dict[str, Any] = {}
    groups = list(_groups(table, sections, tell))
    if groups:
        scheme["groups"] = groups
    if weights := _weights(table, tell):
        scheme["weights"] = weights
    left = [piece for piece in table.remarks if not _taken(piece, scheme, tell)]
    grades = sorted(scheme.get("grades", ()), key=lambda g: -Decimal(g["at_least"]))
    return scheme | ({"grades": grades} if grades else {}), left


def _groups(
    table: DraftTable, sections: tuple[SectionOutline, ...], tell: Tell
) -> Iterator[dict[str, Any]]:
    for draft, section in zip(table.sections, sections, strict=True):
        scored = [c for i in section.items for c in i.criteria if c.kind != "veto"]
        wording = fold(
            draft.text + "".join(c.text + i.heading for i in section.items for c in i.criteria)
        )
        if not scored:
            continue
        if re.search("加分|附加分|奖励分", draft.text):
            yield _bonus(draft.place, section.name, [c.code for c in scored], wording, scored, tell)
            continue
        for item in section.items:
            if len(item.criteria) > 1 and BEST.search(fold(item.text)):
                tell(
                    GUESSED,
                    draft.place,
                    f"第{item.number}项各点不累加，只取最高的一点",
                    str(item.number),
                )
                codes = [c.code for c in item.criteria]
                yield {"name": f"第{item.number}项", "rule": "best", "codes": codes}


def _bonus(
    place: str, name: str, codes: list[str], wording: str, scored: list[Any], tell: Tell
) -> dict[str, Any]:
    capped = CAPPED.search(wording)
    most = sum((c.points for c in scored), Decimal(0))
    if capped:
        points = number(capped[1] or capped[2])
        tell(GUESSED, place, f"“{name}”是加分，最多加 {spelled(points)} 分，不算在满分里")
    else:
        points = most or Decimal(1)
        tell(QUESTION, place, f"“{name}”是加分，原文没写最多加几分，先按 {spelled(points)} 分")
    told = {"name": name, "rule": "cap", "codes": codes, "points": spelled(points)}
    return told | {"bonus": True}


def _weights(table: DraftTable, tell: Tell) -> dict[str, str]:
    found = {}
    for order, draft in enumerate(table.sections, 1):
        if weight := WEIGHT.search(fold(draft.text)):
            found[str(order)] = spelled(Decimal(weight[1]) / 100)
            tell(GUESSED, draft.place, f"“{draft.text}”：本项目得分乘以 {weight[1]}%")
    return found


def _taken(piece: Piece, scheme: dict[str, Any], tell: Tell) -> bool:
    """Whether a remark said something of the scheme; what is left of it is asked about."""
    text = fold(piece.text)
    spans = [found.span() for found in FULL.finditer(text)]
    taken = False
    if found := SCALE.search(text):
        points = found[1] or "100"
        scheme["scale"] = {"points": points, "places": 1}
        tell(GUESSED, piece.place, f"总分折算为 {points} 分，保留一位小数")
        taken = True
        spans.append(found.span())
    for grade in GRADE.finditer(text):
        scheme.setdefault("grades", []).append({"name": grade[2], "at_least": grade[1]})
        tell(GUESSED, piece.place, f"{grade[1]} 分以上为“{grade[2]}”")
        taken = True
        spans.append(grade.span())
    if taken and (left := _left(text, spans)):
        tell(QUESTION, piece.place, f"“{left}”没有读进")
    return taken


def _left(text: str, spans: list[tuple[int, int]]) -> str:
    """The first clause with points, or of conversion, that nothing took."""
    for clause in re.finditer(r"[^，。；]+", text):
        if any(a < clause.end() and clause.start() < b for a, b in spans):
            continue
        if AMOUNT.search(clause[0]) or re.search("折|换算|权重|系数|百分", clause[0]):
            return clause[0].strip()
    return ""
