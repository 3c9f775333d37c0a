"""The rule of one scoring point, read from its wording. Pure.

A number that no rule took is never passed over: it becomes a question.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rubrics.kinds import KINDS
from rubrics.kinds.outcome import spelled
from rubrics.reading.folding import NUMBER as N
from rubrics.reading.folding import fold, number

Span = tuple[int, int]
STATED = re.compile(rf"（(?:共计?|计|满分|本项|分值)?[：\s]*({N})\s*分\s*）")
AMOUNT = re.compile(r"(?<![\d.])(\d[\d.]*)\s*分(?![钟之公包部支局册级类区管厂店别工])")
SPELLED = re.compile(r"[扣得加减计满][一二两三四五六七八九十半百]+分")
# What looks like points that a converter broke: （分） （l分） （2） （2 5分）
BROKEN = re.compile(
    r"（[^（）\u4e00-\u9fff]{0,8}[〇零]?分\s*）|[A-Za-z]\s*分(?=[）；。，]|$)"
    r"|（\s*\d{1,3}(?:\.\d+)?\s*）(?=\s*(?:[；。，、（）]|$))|（\s*）(?=\s*[；。，]?$)"
    r"|(?<=[\u4e00-\u9fff])\s*\d[\d.]*\s*）|（[^（）]*\d\s*$"
)
# A deduction or a gain whose 分 or number is lost: 扣5， 扣5～10。 每次扣分。 得3；
CUT = re.compile(
    r"扣(?:除|减)?\s*\d[\d.]*(?:\s*[-至到]+\s*\d[\d.]*)?(?![\d.])(?!\s*(?:分|[-至到]))"
    r"|(?<!不)扣分(?=\s*(?:[，；。）]|$))|[得加计]\s*\d[\d.]*(?=\s*(?:[，；。、）]|$))"
)
RATE = re.compile(r"\d[\d.]*\s*%")
CAP = re.compile(
    rf"(?:扣满|扣完|最多扣|最高扣|累计扣分?不超过?|扣分上限为?|上限为?)\s*({N})\s*分(?:为止)?"
)
UNITS = "家|处|年|次|项|人|个|例|起|条|件|份|天|月|台|名|户|类|张|本|场|期|篇|季度|小时"
EACH = re.compile(
    rf"每(?P<verb>[^，。；扣0-9]{{0,10}}?)(?P<many>\d+|[一两二三四五])?\s*(?P<unit>{UNITS})"
    rf"(?P<what>[^，。；扣]{{0,30}})，?\s*扣(?:除|减)?\s*(?P<minus>{N})\s*分"
)
CHOSEN = re.compile(rf"扣(?:除|减)?\s*({N})\s*分?\s*[-至到]+\s*({N})\s*分")
GAIN = re.compile(rf"(?P<label>[^，、；。：（）]+?)\s*(?:得|计|加)\s*(?P<points>{N})\s*分")
NOTHING = re.compile(r"(?P<label>[^，、；。：（）]+?)的?不得分")
LEAST = re.compile(rf"(\d+)\s*(?:{UNITS})")
BELOW = re.compile(
    rf"(?:低于|不足|小于|未达到?)\s*(\d+(?:\.\d+)?)\s*%\s*(?:的)?，?\s*扣\s*({N})\s*分"
)
BETWEEN = re.compile(
    rf"(\d+(?:\.\d+)?)\s*%?\s*[-至到]+\s*(\d+(?:\.\d+)?)\s*%\s*(?:的)?，?\s*扣\s*({N})\s*分"
)
NAMED = re.compile(r"([\u4e00-\u9fff]{1,12}?率)(?=低于|不足|小于|未达|达到|在|\s*\d)")
MINUS = re.compile(rf"扣(?:除|减)?\s*({N})\s*分")
BAD = re.compile(
    r"是否(?:仍|还|曾)?(?:存在|擅自|搞|发生|出现|隐瞒|瞒报|谎报|违反|违章|违规|弄虚作假)"
)
STEP = {"step": "0.5"}


@dataclass
class Rule:
    """How a point is scored as far as the wording tells, and what it leaves open."""

    kind: str
    points: Decimal | None = None
    params: dict[str, Any] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    taken: list[Span] = field(default_factory=list)


def rule_of(text: str, *, worth: Decimal | None = None, scored: bool = True) -> Rule:
    """The rule of a point; ``worth`` is what a column of its own says it is worth."""
    folded = fold(text)
    stated = [] if not scored else list(STATED.finditer(folded))
    rule = next((found for read in READERS if (found := read(folded))), None) or _plain(folded)
    if not scored and rule.kind not in ("veto", "verdict"):
        rule.questions.append("这张表不计分，这里却写了分数")
    _set_points(rule, stated, worth)
    _bound(rule, folded)
    if scored or rule.kind == "verdict":
        rule.questions += _untaken(rule, folded)
    return rule


def broken_in(text: str) -> list[str]:
    """What looks like points stated for a heading and is none any more: （分）, （l分）."""
    folded = fold(text)
    stated = [found.span() for found in STATED.finditer(folded)]
    return [
        _around(folded, found)
        for found in BROKEN.finditer(folded)
        if not any(a < found.end() and found.start() < b for a, b in stated)
    ]


def verdict_of(text: str) -> dict[str, Any]:
    """Which answer is the good one: after 是否存在、擅自、搞 it is 否."""
    return {"good": "no"} if BAD.search(fold(text)) else {}


def _set_points(rule: Rule, stated: list[re.Match[str]], worth: Decimal | None) -> None:
    if rule.kind in ("veto", "verdict"):
        rule.points = Decimal(0)
        return
    told = [number(found[1]) for found in stated]
    rule.taken += [found.span() for found in stated[:1]]
    inferred, rule.points = rule.points, told[0] if told else worth
    if rule.points is None:
        rule.points = inferred
        if inferred is not None:
            rule.guesses.append(f"原文没写这一点几分，推测为 {spelled(inferred)} 分")
    elif told and worth is not None and worth != told[0]:
        rule.questions.append(f"分值栏 {spelled(worth)} 分，原文（{spelled(told[0])}分）")


def _bound(rule: Rule, folded: str) -> None:
    """扣满N分为止: said only where it is less than the whole point."""
    for found in CAP.finditer(folded):
        rule.taken.append(found.span())
        if rule.kind != "deduct":
            rule.questions.append(f"“{found[0]}”没有对上逐次扣分")
        elif rule.points is not None and number(found[1]) != rule.points:
            rule.params["cap"] = spelled(number(found[1]))
    if rule.kind in ("deduct", "chosen") and re.search(r"(?:本|该)(?:类目|项目|部分)内?扣", folded):
        rule.params["spills"] = True
    if rule.points is not None:
        rule.questions += KINDS[rule.kind].faults(rule.points, rule.params)


def _untaken(rule: Rule, folded: str) -> list[str]:
    tokens = [*AMOUNT.finditer(folded), *SPELLED.finditer(folded)]
    tokens += [found for found in BROKEN.finditer(folded) if not STATED.fullmatch(found[0].strip())]
    tokens += CUT.finditer(folded)
    if rule.kind in ("deduct", "chosen", "bands"):
        tokens += re.finditer(r"[^，。；（）]{0,12}不得分", folded)
    if rule.kind != "award" or MINUS.search(folded) or GAIN.search(folded):
        tokens += RATE.finditer(folded)
    return [
        f"“{_around(folded, found)}”没有读进计分方式"
        for found in tokens
        if not any(
            a <= found.start() < b or found.start() <= a < found.end() for a, b in rule.taken
        )
    ]


def _around(text: str, found: re.Match[str]) -> str:
    before = re.split("[，。；（）]", text[max(found.start() - 8, 0) : found.start()])[-1]
    return (before + found[0]).strip()


def _veto(text: str) -> Rule | None:
    if "否决" not in text:
        return None
    rule = Rule("veto", Decimal(0), {"effect": "sheet"})
    if grade := re.search(r"不[得能](?:评为|评定为|评)\s*[“\"]?([^，。；”\"（）]{1,10})", text):
        rule.params = {"effect": "grade", "grade": grade[1].strip()}
    elif zero := re.search(
        r"(本项目?|该项目?|本部分|全表|总分|整张表)[^，。；]{0,6}(?:0|零|不得)分?", text
    ):
        rule.params = {"effect": "sheet" if zero[1] in ("全表", "总分", "整张表") else "section"}
        rule.taken.append(zero.span())
    else:
        rule.questions.append("原文没写否决的后果，先按全表记 0 分")
    return rule


def _ladder(text: str) -> Rule | None:
    """其中，…得5分，…得3分: levels, or steps of a number of times."""
    listed = re.search(r"其中[，：]?(.*)", text, re.DOTALL)
    begin = listed.start(1) if listed else 0
    found = [m for m in GAIN.finditer(text, begin) if "每" not in m["label"]]
    if len(found) < 2 and not (listed and found):
        return None
    if not listed and RATE.search(text):
        return None
    zero = NOTHING.search(text, begin)
    rungs = [(m["label"].strip(), number(m["points"])) for m in found]
    rule = _steps(rungs, zero) or _levels(rungs, zero)
    rule.taken = [m.span() for m in found]
    if not listed:
        rule.guesses.append("原文没有“其中”，按档次理解：只取达到的最高一档")
    return rule


def _levels(rungs: list[tuple[str, Decimal]], zero: re.Match[str] | None) -> Rule:
    levels = [{"label": label, "points": spelled(points)} for label, points in rungs]
    none = zero["label"].strip() if zero else _none_label([label for label, _ in rungs])
    params = {"levels": levels, **({"none_label": none} if none else {})}
    return Rule("tiers", max(p for _, p in rungs), params)


def _none_label(labels: list[str]) -> str:
    return "未宣传" if all(label.endswith("宣传") for label in labels) else ""


def _steps(rungs: list[tuple[str, Decimal]], zero: re.Match[str] | None) -> Rule | None:
    bounds = [LEAST.search(label) for label, _ in rungs]
    if not all(bounds) or any("%" in label for label, _ in rungs):
        return None
    steps: list[dict[str, Any]] = [
        {"at_least": int(bound[1]), "label": label, "points": spelled(points)}
        for bound, (label, points) in zip(bounds, rungs, strict=True)
        if bound
    ]
    if not any(step["at_least"] == 0 for step in steps):
        label = zero["label"].strip() if zero else "没有开展"
        steps.append({"at_least": 0, "label": label, "points": "0"})
    unit = re.search(rf"\d+\s*({UNITS})", rungs[0][0])
    best = max(points for _, points in rungs)
    return Rule("count", best, {"unit": unit[1] if unit else "次", "steps": steps})


def _bands(text: str) -> Rule | None:
    below, between = list(BELOW.finditer(text)), list(BETWEEN.finditer(text))
    if not below and not between:
        return None
    rows = [(Decimal(m[1]), number(m[2])) for m in below]
    rows += [(Decimal(m[2]), number(m[3])) for m in between]
    rows.sort()
    rule = Rule("bands", max(minus for _, minus in rows))
    names = [m[1] for m in NAMED.finditer(text)]
    rule.params = {
        "name": min(names, key=len) if names else "比率",
        "bands": [{"below": spelled(edge), "minus": spelled(minus)} for edge, minus in rows],
    }
    edges = {Decimal(0), *(edge for edge, _ in rows)}
    if any(Decimal(m[1]) not in edges for m in between):
        rule.questions.append("各档之间有空当，请核对比率的界限")
    rule.taken = [m.span() for m in (*below, *between)]
    return rule


def _chosen(text: str) -> Rule | None:
    found = list(CHOSEN.finditer(text))
    if not found:
        return None
    low, high = number(found[0][1]), number(found[0][2])
    rule = Rule("chosen", high, {"low": spelled(low), "high": spelled(high), **STEP})
    rule.taken = [found[0].span()]
    if low.to_integral_value() == low and high.to_integral_value() == high:
        rule.guesses.append("扣分的步长原文没写，按 0.5 分")
    return rule


def _deduct(text: str) -> Rule | None:
    found = list(EACH.finditer(text))
    if not found:
        return None
    first, cap = found[0], CAP.search(text)
    each = number(first["minus"])
    rule = Rule("deduct", number(cap[1]) if cap else None)
    rule.params = {"unit": first["unit"], "each": spelled(each)}
    rule.taken = [first.span()]
    if first["many"] and number(first["many"]) != 1:
        rule.questions.append(f"“{first[0]}”是几{first['unit']}扣一次，请核对")
    if len(found) > 1:
        rule.questions.append("一点里有几种逐次扣分，只读了第一种")
    return rule


def _plain(text: str) -> Rule:
    """award; a deduction of all the points says nothing more, a smaller one is asked about."""
    rule = Rule("award", None, dict(STEP))
    stated = STATED.search(text)
    for found in MINUS.finditer(text):
        if stated and number(found[1]) == number(stated[1]):
            rule.taken.append(found.span())
    return rule


READERS: tuple[Callable[[str], Rule | None], ...] = (
    _veto,
    _bands,
    _chosen,
    _deduct,
    _ladder,
)
