"""督导工作记录表: which form goes with each kind of unit, and what its rows are called. Pure.

附件3 and 附件4 are those of 源1, 省医务工会's is that of 源2. 源4 and 源5 issue none: a visit of
theirs is recorded in the rows of 附件3, under the unit's own name. What a unit finds when it checks
itself (自查自纠) stands in a short form of ours, since no source issues one.
"""

from dataclasses import dataclass

from rubrics.models import Rubric

T = Rubric.Target

TEXTS = {
    "highlights": "工作亮点",
    "problems": "存在的问题",
    "suggestions": "意见建议",
    "cities": "对各市医务工会活动督导情况",
    "units": "进单位开展活动情况",
    "measures": "整改措施和时限",
}


@dataclass(frozen=True)
class Line:
    """A short row filled from the visit; ``name`` says with what.

    ``time``, ``place`` (市、县), ``unit``, ``total``, ``verdicts`` (how many of each), ``members``.
    """

    name: str
    label: str


@dataclass(frozen=True)
class Box:
    """A text written by the team; ``gathers`` names what 存在问题清单 brings into it."""

    field: str
    hint: str = ""
    is_required: bool = True
    gathers: str = ""  # problems, advice or both

    @property
    def label(self) -> str:
        return TEXTS[self.field]


@dataclass(frozen=True)
class RecordForm:
    """One form: its heads, its rows in issued order, and who signs it."""

    annex: str  # empty where the form has no number
    title: tuple[str, ...]  # line by line
    union: str  # how it names whom it is about
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    situation: str = ""  # the head over all its texts, where there is one
    leader: str = "组长签字"
    recorder: str = "记录人"  # empty where one person signs
    called: str = "工作记录表"
    advice: str = "督导意见"  # what is written beside each problem

    @property
    def label(self) -> str:
        """What pages call it: 附件3 工作记录表."""
        return f"{self.annex} {self.called}".strip()

    @property
    def unit_label(self) -> str:
        return next(line.label for line in self.lines if line.name in ("unit", "place"))

    @property
    def asked(self) -> tuple[Box, ...]:
        """The texts without which the papers are not complete."""
        return tuple(box for box in self.boxes if box.is_required)

    @property
    def steps(self) -> int:
        """What there is to do: its texts and its signatures."""
        return len(self.asked) + (2 if self.recorder else 1)


THREE = (
    Box("highlights", "写具体做法和数字"),
    Box("problems", "不写时，打印按以上各条生成", gathers="problems"),
    Box("suggestions", "对被督导单位的意见建议", gathers="advice"),
)


def form_for(target: str, *, by_unit: bool = False) -> RecordForm:
    """The form for a kind of unit (``Rubric.Target``), or what it fills ``by_unit`` for itself."""
    return (OWN if by_unit else FORMS)[T(target)]


def _union(annex: str, union: str) -> RecordForm:
    """附件3 and 附件4 (源1)."""
    return RecordForm(
        annex=annex,
        title=("省总工会“查保促”活动", f"督导工作记录表（{union}）"),
        union=union,
        lines=_lines(f"所到{union}", Line("total", "总得分")),
        boxes=THREE,
        situation=f"对{union}督导情况",
    )


def _medical(*, asked: str) -> RecordForm:
    """省医务工会's form (源2): of its two texts the visit asks for the one it is about."""
    return RecordForm(
        annex="附件3",
        title=("省医务工会“查保促”活动督导工作记录表",),
        union="各市医务工会" if asked == "cities" else "单位",
        lines=(Line("time", "时间"), Line("place", "所到市、县"), Line("unit", "所进单位名称")),
        boxes=tuple(
            Box(
                field,
                "写好的做法、存在的问题和督导意见" if field == asked else "没有的可以不写",
                is_required=field == asked,
                gathers="both" if field == asked else "",
            )
            for field in ("cities", "units")
        ),
        leader="领导签字",
    )


def _other(union: str, result: Line) -> RecordForm:
    """The rows of 附件3 for a unit whose document issues no form (源4, 源5)."""
    return RecordForm(
        annex="",
        title=(f"督导工作记录表（{union}）",),
        union=union,
        lines=_lines(f"所到{union}", result),
        boxes=THREE,
        situation=f"对{union}督导情况",
    )


def _lines(unit: str, result: Line) -> tuple[Line, ...]:
    return (Line("time", "时　间"), Line("unit", unit), result, Line("members", "督导组成员"))


_TOTAL, _VERDICTS = Line("total", "总得分"), Line("verdicts", "检查结果")
FORMS = {
    T.COUNTY_UNION: _union("附件3", "县级以上工会"),
    T.ENTERPRISE_UNION: _union("附件4", "企业工会"),
    T.MEDICAL_CITY: _medical(asked="cities"),
    T.MEDICAL_UNIT: _medical(asked="units"),
    T.PRODUCER: _other("生产经营单位", _TOTAL),
    T.TOWN: _other("镇（街道）", _TOTAL),
    T.OFFICE: _other("局业务科室", _VERDICTS),
    T.INDUSTRY: _other("企业", _VERDICTS),
}


def _own(form: RecordForm) -> RecordForm:
    """自查自纠: what the unit found and how it mends it, signed by who is responsible there.

    《石狮市开展重点镇安全生产标准化提质增效督导帮扶行动实施方案》四（一）: 形成书面自评报告;
    《高青县工业和信息化局安全生产大检查工作实施方案》四（二）: 明确整改责任、措施、时限.
    """
    result = next((one for one in form.lines if one.name in ("total", "verdicts")), _VERDICTS)
    return RecordForm(
        annex="",
        title=(f"自查自纠情况表（{form.union}）",),
        union=form.union,
        lines=(Line("time", "报送时间"), Line("unit", "自查单位"), result),
        boxes=(
            Box("problems", "没有发现问题的可以不写", is_required=False, gathers="problems"),
            Box("measures", "整改责任、措施、时限", is_required=False, gathers="advice"),
        ),
        leader="单位负责人签字",
        recorder="",
        called="自查情况表",
        advice="整改措施和时限",
    )


OWN = {target: _own(form) for target, form in FORMS.items()}
