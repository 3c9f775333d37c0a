"""From data to the chapters of a report. Pure: the same data give the same words.

督导检查报告 tells 基本情况, what was done well, what is wrong and what is advised (源2 五：真实
反映…开展“查保促”活动情况，重点指出存在的问题，以及对策建议). The report of a 帮扶行动 has the
outline of 源4 附件2: 前言, 一 to 七.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefs.facts import Facts, Figure, Kind, Voice, Voices

NAMED = 3  # units named behind a sentence; of more the number is told
NOTHING = "（本轮记录里没有摘到，请补写。）"


@dataclass(frozen=True)
class Drafted:
    """A chapter's text and the numbers in it."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A chapter of an outline: where it comes from, what it is called, whether it is numbered."""

    slug: str
    heading: str
    is_numbered: bool = True


class Sums:
    """Collects the numbers of a chapter as its words are put together."""

    def __init__(self) -> None:
        self.found: list[Figure] = []

    def __call__(self, name: str, value: object, address: str = "") -> str:
        """The number as the text has it."""
        self.found.append(Figure(name, str(value), address))
        return str(value)


def inspection_title(facts: Facts) -> str:
    return f"{facts.place}“查保促”活动督导检查报告"


def action_title(facts: Facts) -> str:
    return f"{facts.place}安全生产标准化提质增效督导帮扶行动报告"


def draft(slug: str, facts: Facts, voices: Voices) -> Drafted:
    """One chapter by its ``slug``; one written by hand has none."""
    sums = Sums()
    text = "\n".join(line for line in DRAFTERS[slug](facts, voices, sums) if line)
    return Drafted(text, tuple(sums.found))


# --- 督导检查报告 ------------------------------------------------------------------------------


def _opening(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    when = f"于{_span(facts)}" if facts.begins else ""
    teams = f"派出{n('督导组', facts.teams, facts.teams_address)}个督导组"
    people = f"（{n('督导人员', facts.people, facts.teams_address)}人）"
    who = f"{teams}{people}" if facts.teams else "组织力量"
    how = f"，{facts.methods}" if facts.methods else ""
    yield (
        f"根据《{facts.plan}》，{facts.issuer}{when}{who}{how}，"
        f"对{facts.place}“查保促”活动开展情况进行了督导。现将有关情况报告如下。"
    )


def _situation(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield "（一）督导范围"
    yield _scope(facts, n)
    yield "（二）评分情况"
    scored = [kind for kind in facts.kinds if kind.sheets]
    for kind in scored:
        yield _scored(kind, n)
    for kind in facts.kinds:
        if kind.judged:
            yield _judged(kind, n)
    if not scored and not any(kind.judged for kind in facts.kinds):
        yield "本轮还没有审核确认的结果。"
    for kind in scored:
        yield from _table(kind, n)


def _highlights(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield from _voiced(voices, "highlights", n) or [NOTHING]


def _problems(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield "（一）主要问题"
    yield _found(facts, n)
    yield from _voiced(voices, "problems", n) or [NOTHING]
    losing = [kind for kind in facts.kinds if kind.lost]
    if losing:
        yield "（二）失分集中的得分点"
    for kind in losing:
        yield f"{kind.label}失分率最高的得分点："
        for number, lost in enumerate(kind.lost, start=1):
            what = f"{kind.label}“{lost.text}”"
            rate = n(f"{what}失分率", lost.rate, lost.address)
            units = n(f"{what}失分单位", lost.units, lost.address)
            told = f"{lost.text}：失分率{rate}，{units}个单位失分，共失{lost.points}分。"
            yield _item(number, told)


def _suggestions(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield from _voiced(voices, "suggestions", n) or [NOTHING]


def _next(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield "（一）督促整改"
    if facts.letters:
        at = facts.letters_address
        sent = f"已向被督导单位发出督导意见{n('督导意见', facts.letters, at)}份"
        done = f"办结{n('办结的督导意见', facts.closed, at)}份"
        open_ = f"待答复{n('待答复的督导意见', facts.awaited, at)}份"
        late = f"（其中逾期{n('逾期未答复', facts.late, at)}份）" if facts.late else ""
        yield f"{sent}，{done}，{open_}{late}，逐条跟踪到整改销号。"
    else:
        yield "将存在问题清单和督导意见发给被督导单位，限期答复，逐条跟踪到整改销号。"
    hazards = sum(kind.hazards for kind in facts.kinds)
    if hazards:
        closed = sum(kind.closed for kind in facts.kinds)
        at = next(kind.problems_address for kind in facts.kinds if kind.hazards)
        told = n("转入隐患台账的问题", hazards, at), n("已销号的隐患", closed, at)
        yield f"督导发现的问题转为隐患{told[0]}个，已销号{told[1]}个，未销号的按隐患治理程序办理。"
    yield "（二）推广典型"
    yield "总结推广督导中发现的好经验好做法，以点带面推动“查保促”活动深入开展。"


# --- 源4 附件2 ---------------------------------------------------------------------------------


def _preface(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    basis = f"根据{facts.basis}" if facts.basis else f"按照《{facts.plan}》安排"
    yield f"{basis}，{facts.issuer}组织开展了本次督导帮扶行动。现将{facts.place}有关情况报告如下。"


def _aim(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield (
        "通过帮扶重点镇（街道）和生产经营单位，以点带面，有效推进安全生产标准化提升工作，"
        "全面落实全员安全生产责任制。"
    )
    yield _scope(facts, n)


def _contents(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield facts.contents or "（请写明督导帮扶的内容。）"


def _units(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    yield "（一）属地政府基本情况"
    yield "（请写明属地政府机构、人员和辖区企业底数。）"
    yield "（二）生产经营单位情况"
    yield _scope(facts, n)
    for label, rows in (("三类企业", facts.sizes), ("行业类别", facts.industries)):
        if rows:
            told = "、".join(f"{name}{n(f'{label}：{name}', count)}家" for name, count in rows)
            yield f"{label}：{told}。"


def _standards(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    scored = [kind for kind in facts.kinds if kind.sheets]
    for kind in scored:
        yield _scored(kind, n)
    yield from _voiced(voices, "highlights", n) or ([] if scored else [NOTHING])
    for kind in scored:
        yield from _table(kind, n)


def _conclusion(facts: Facts, voices: Voices, n: Sums) -> Iterable[str]:
    scored = [kind for kind in facts.kinds if kind.sheets]
    for kind in scored:
        rate = n(f"{kind.label}平均得分率", kind.rate, kind.address)
        yield f"{kind.label}平均得分率{rate}。"
    yield "（请写明总体结论和下一步工作计划。）"


# --- sentences ---------------------------------------------------------------------------------


def _span(facts: Facts) -> str:
    return facts.begins if facts.begins == facts.ends else f"{facts.begins}至{facts.ends}"


def _scope(facts: Facts, n: Sums) -> str:
    kinds = [kind for kind in facts.kinds if kind.planned]
    if not kinds:
        return "本轮还没有安排督导。"
    planned = "、".join(
        f"{k.label}{n(f'安排督导的{k.label}', k.planned, k.every_address)}个" for k in kinds
    )
    done = "、".join(
        f"{k.label}{n(f'审核确认的{k.label}', k.confirmed, k.confirmed_address)}个" for k in kinds
    )
    return f"本轮安排督导{planned}；督导结果已审核确认的有{done}。"


def _scored(kind: Kind, n: Sums) -> str:
    sheets = n(f"{kind.label}评分表", kind.sheets, kind.address)
    total = n(f"{kind.label}平均总得分", kind.total, kind.address)
    rate = n(f"{kind.label}平均得分率", kind.rate, kind.address)
    full = f"（满分{kind.full}分）" if kind.full else ""
    told = f"{kind.label}：评分{sheets}份，平均总得分{total}分{full}，平均得分率{rate}。"
    if len(kind.ranking) < 2:
        return told
    first = [place for place in kind.ranking if place.rank == kind.ranking[0].rank]
    last = [place for place in kind.ranking if place.rank == kind.ranking[-1].rank]
    if first == last:
        return f"{told}各{kind.ranked_by}平均得分率相同。"
    ends = f"最高的是{_places(first)}，最低的是{_places(last)}。"
    return f"{told}按{kind.ranked_by}排名，{ends}"


def _places(places: Sequence) -> str:
    shared = "，并列" if len(places) > 1 else ""
    return f"{'、'.join(place.name for place in places)}（{places[0].rate}{shared}）"


def _judged(kind: Kind, n: Sums) -> str:
    good, partly, bad = kind.judged
    at = kind.confirmed_address
    told = n(f"{kind.label}符合", good, at), n(f"{kind.label}部分符合", partly, at)
    return (
        f"{kind.label}：逐项检查，符合{told[0]}项、部分符合{told[1]}项、"
        f"不符合{n(f'{kind.label}不符合', bad, at)}项。"
    )


def _table(kind: Kind, n: Sums) -> Iterable[str]:
    """The ranking as rows between bars, which the paper prints as a table."""
    if len(kind.ranking) < 2:
        return
    yield f"{kind.label}按{kind.ranked_by}排名："
    yield f"| 名次 | {kind.ranked_by} | 份数 | 平均得分率 | 平均总得分 |"
    for place in kind.ranking:
        what = f"{kind.label}{place.name}"
        cells = (
            n(f"{what}名次", place.rank, kind.ranking_address),
            place.name,
            n(f"{what}份数", place.sheets, place.address),
            n(f"{what}平均得分率", place.rate, place.address),
            n(f"{what}平均总得分", place.total, place.address),
        )
        yield f"| {' | '.join(cells)} |"


def _found(facts: Facts, n: Sums) -> str:
    kinds = [kind for kind in facts.kinds if kind.problems]
    if not kinds:
        return "督导中没有列出问题。"
    parts = []
    for kind in kinds:
        problems = n(f"{kind.label}存在问题", kind.problems, kind.problems_address)
        fixed = n(f"{kind.label}已整改的问题", kind.fixed, kind.problems_address)
        parts.append(f"{kind.label}{problems}个（已整改{fixed}个）")
    return f"督导中列出存在的问题：{'，'.join(parts)}。"


def _voiced(voices: Voices, part: str, n: Sums) -> list[str]:
    """The sentences of one part, numbered, each with the units that said it."""
    found: Sequence[Voice] = getattr(voices, part)
    if found:
        n("摘录", voices.counts.get(part, 0), voices.addresses.get(part, ""))
    return [_item(number, _sentence(voice)) for number, voice in enumerate(found, start=1)]


def _item(number: int, text: str) -> str:
    """1. as 公文 number it; a figure behind the point would be read as a decimal."""
    return f"{number}. {text}" if text[:1].isdecimal() else f"{number}.{text}"


def _sentence(voice: Voice) -> str:
    units = list(dict.fromkeys(voice.units))
    named = "、".join(units[:NAMED])
    told = f"{named}等{len(units)}个单位" if len(units) > NAMED else named
    return f"{voice.text}（{told}）。" if told else f"{voice.text}。"


OUTLINES: dict[str, tuple[Planned, ...]] = {
    "inspection": (
        Planned("opening", "", is_numbered=False),
        Planned("situation", "基本情况"),
        Planned("highlights", "主要做法和工作亮点"),
        Planned("problems", "存在的问题"),
        Planned("suggestions", "意见建议"),
        Planned("next", "下一步工作"),
    ),
    "action": (
        Planned("preface", "前言", is_numbered=False),
        Planned("aim", "目的及范围"),
        Planned("contents", "帮扶内容"),
        Planned("units", "被帮扶单位基本情况"),
        Planned("standards", "标准化开展情况"),
        Planned("problems", "存在问题"),
        Planned("suggestions", "建议与意见"),
        Planned("conclusion", "结论"),
    ),
}
TITLES: dict[str, Callable[[Facts], str]] = {"inspection": inspection_title, "action": action_title}
DRAFTERS: dict[str, Callable[[Facts, Voices, Sums], Iterable[str]]] = {
    "opening": _opening,
    "situation": _situation,
    "highlights": _highlights,
    "problems": _problems,
    "suggestions": _suggestions,
    "next": _next,
    "preface": _preface,
    "aim": _aim,
    "contents": _contents,
    "units": _units,
    "standards": _standards,
    "conclusion": _conclusion,
}
GATHERED = {"highlights": "highlights", "standards": "highlights"}
GATHERED |= {"problems": "problems", "suggestions": "suggestions"}  # chapter → part of 归集
