"""The flow chart of 源2 with the way one hazard has gone: boxes and lines, no colours.

What a box says is the chart's own wording (its 安全隐患患 is a slip for 安全隐患). Where things
stand is told by a class: ``done``, ``now``, ``off`` for a road not taken, nothing for what is
still to come. Position and line style carry the same meaning, so that no colour is needed.
"""

from dataclasses import dataclass
from datetime import date

from hazards.models import Hazard

S = Hazard.Status
LINE = 16  # from one line of a box to the next
WIDTH, HEIGHT = 1160, 318
DONE, NOW, OFF, AHEAD = "done", "now", "off", ""
MARKER = {"go": "g", "back": "r"}


@dataclass(frozen=True)
class Box:
    """One box of the chart; a diamond is a question."""

    code: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    is_question: bool = False


@dataclass(frozen=True)
class Line:
    """An arrow from one box to another, with the answer it stands for."""

    source: str
    target: str
    path: str
    word: str = ""
    at: tuple[float, float] = (0, 0)


COMMON = (
    Box("found", 4, 40, 92, 40, ("职工发现", "安全隐患")),
    Box("ledger", 4, 118, 92, 40, ("建立安全", "隐患台账")),
    Box("grading", 4, 204, 92, 56, ("单位职能部门", "评估、定级")),
)
GENERAL = (
    Box("plan", 200, 42, 104, 44, ("单位职能部门", "制定整改方案")),
    Box("post", 352, 16, 128, 21, ("职工个人岗位整改",)),
    Box("team", 352, 41, 128, 21, ("班组整改",)),
    Box("workshop", 352, 66, 128, 21, ("科室进行整改",)),
    Box("unit", 352, 91, 128, 21, ("单位进行整改",)),
    Box("accept", 604, 42, 104, 44, ("职能部门验收、", "工会监督")),
    Box("passed", 772, 32, 116, 64, ("是否通过", "验收"), is_question=True),
)
MAJOR = (
    Box("judge", 124, 190, 128, 84, ("是否立即导致", "安全事故发生"), is_question=True),
    Box("stop", 240, 276, 150, 26, ("工会建议立即停止作业",)),
    Box("forward", 282, 196, 104, 72, ("单位制定整改", "方案、上报上级", "工会组织")),
    Box("file", 410, 196, 112, 72, ("上级工会组织建", "立档案，同时报", "告政府职能部门")),
    Box("list", 546, 196, 112, 72, ("政府职能部门到", "单位检查或进行", "挂牌督办")),
    Box("repair", 682, 196, 82, 72, ("安全隐患", "整治")),
    Box("accept_major", 794, 196, 112, 72, ("职能部门验收、", "工会监督")),
    Box("passed_major", 926, 192, 112, 80, ("是否通过", "验收"), is_question=True),
)
LAST = (
    Box("closed", 1062, 188, 92, 52, ("记入档案", "并销号")),
    Box("reward", 1062, 262, 92, 48, ("奖励隐患", "发现人")),
)
BOXES = COMMON + GENERAL + MAJOR + LAST
LEVELS = ("post", "team", "workshop", "unit")
LINES = (
    Line("found", "ledger", "M50 80V117"),
    Line("ledger", "grading", "M50 158V203"),
    Line("grading", "plan", "M96 218H106V64H199"),
    *(
        line
        for level, y in zip(LEVELS, (26.5, 51.5, 76.5, 101.5), strict=True)
        for line in (
            Line("plan", level, f"M304 64H328V{y}H351"),
            Line(level, "accept", f"M480 {y}H504V64H603"),
        )
    ),
    Line("accept", "passed", "M708 64H771"),
    Line("passed", "closed", "M888 64H1104V187", "是", (892, 58)),
    Line("grading", "judge", "M96 232H123"),
    Line("judge", "forward", "M252 232H281", "否", (257, 225)),
    Line("judge", "stop", "M188 274V289H239", "是", (194, 285)),
    Line("stop", "forward", "M334 276V269"),
    Line("forward", "file", "M386 232H409"),
    Line("file", "list", "M522 232H545"),
    Line("list", "repair", "M658 232H681"),
    Line("repair", "accept_major", "M764 232H793"),
    Line("accept_major", "passed_major", "M906 232H925"),
    Line("passed_major", "closed", "M1038 232H1061", "是", (1040, 225)),
    Line("closed", "reward", "M1108 240V261"),
)
BACK = {
    "passed": ("M830 96V114H416V113", (560, 111)),
    "passed_major": ("M982 272V296H723V269", (738, 290)),
}
# Where a hazard waits: the box that has to be done next.
WAITING = {
    S.REPORTED: "ledger",
    S.REGISTERED: "grading",
    S.JUDGING: "judge",
    S.FORWARDED: "file",
    S.CLOSED: "reward",
}


@dataclass(frozen=True)
class Drawn:
    """One box or line as it stands, ready for the template."""

    shape: Box | Line
    state: str

    @property
    def marker(self) -> str:
        """Which arrow head its line has."""
        return MARKER.get(self.state, "a")

    @property
    def texts(self) -> list[tuple[float, float, str]]:
        """The lines of the box, each with the middle where it is written."""
        box = self.shape
        first = box.y + box.height / 2 - LINE * (len(box.lines) - 1) / 2 + 4.5
        middle = box.x + box.width / 2
        return [(middle, first + LINE * n, text) for n, text in enumerate(box.lines)]

    @property
    def tick(self) -> tuple[float, float]:
        """The corner where a done box is ticked."""
        return self.shape.x + self.shape.width, self.shape.y

    @property
    def corners(self) -> str:
        """The four points of a question."""
        box, half, middle = self.shape, self.shape.width / 2, self.shape.height / 2
        x, y = box.x + half, box.y + middle
        return f"{x},{box.y} {box.x + box.width},{y} {x},{box.y + box.height} {box.x},{y}"


@dataclass(frozen=True)
class Picture:
    """The chart for one hazard; ``now`` is the box where it waits, None when all is done."""

    boxes: list[Drawn]
    lines: list[Drawn]
    now: Box | None
    attempt: int
    back: tuple[str, tuple[float, float], str] | None

    @property
    def pin(self) -> str:
        """What the flag at the present box says."""
        return f"现在 · 第 {self.attempt} 次" if self.attempt > 1 else "现在"

    @property
    def is_beside(self) -> bool:
        """Whether the flag stands beside the present box: the levels have no room above."""
        return bool(self.now) and self.now.code in LEVELS

    @property
    def is_last(self) -> bool:
        """Whether it waits in the last box, which has no room above: the flag stands left of it."""
        return bool(self.now) and self.now.code == "reward"

    @property
    def flag(self) -> tuple[float, float]:
        """Where the flag points: the middle of the upper edge, or the right or the left one."""
        if not self.now:
            return 0, 0
        if self.is_last:
            return self.now.x, self.now.y + self.now.height / 2
        if self.is_beside:
            return self.now.x + self.now.width, self.now.y + self.now.height / 2
        return self.now.x + self.now.width / 2, self.now.y

    @property
    def done(self) -> list[str]:
        return [told(d.shape) for d in self.boxes if d.state == DONE]

    @property
    def untaken(self) -> list[str]:
        return [told(d.shape) for d in self.boxes if d.state == OFF]


def told(box: Box) -> str:
    """A box in words, for those who do not see the picture."""
    return "".join(box.lines)


def picture(hazard: Hazard, *, inspected: bool = False, failed_on: date | None = None) -> Picture:
    """The chart with the way ``hazard`` has gone; pure, no query is asked.

    ``inspected`` says whether a 政府职能部门 has been there; ``failed_on`` is the day of the last
    acceptance that did not pass.
    """
    states = _states(hazard, inspected)
    boxes = [Drawn(box, states[box.code]) for box in BOXES]
    lines = [Drawn(line, _line_state(line, states)) for line in LINES]
    now = next((box for box in BOXES if states[box.code] == NOW), None)
    return Picture(boxes, lines, now, hazard.attempt, _back(hazard, failed_on))


def _states(hazard: Hazard, inspected: bool) -> dict[str, str]:
    waits, road = _waiting(hazard), _road(hazard, inspected)
    states = {box.code: OFF for box in BOXES}
    if hazard.status == S.DISMISSED:
        return states | {"found": DONE}
    at = road.index(waits) if waits else len(road)
    states |= {code: DONE if n < at else AHEAD for n, code in enumerate(road)}
    return states | ({waits: NOW} if waits else {})


def _waiting(hazard: Hazard) -> str:
    """The box where it waits, or nothing when all is done."""
    if hazard.status == S.PLANNING and hazard.is_major:
        return "stop" if hazard.stop_is_open else "forward"
    if hazard.status == S.PLANNING:
        return "plan"
    if hazard.status == S.RECTIFYING:
        return "repair" if hazard.is_major else hazard.level
    if hazard.status == S.ACCEPTING:
        return "accept_major" if hazard.is_major else "accept"
    return WAITING.get(hazard.status, "")


def _road(hazard: Hazard, inspected: bool) -> list[str]:
    """The boxes of its road in order; both roads are still open before it is graded."""
    first = [box.code for box in COMMON]
    last = [box.code for box in LAST]
    if not hazard.grade:
        return first + [box.code for box in GENERAL + MAJOR] + last
    if hazard.is_major:
        left = set() if hazard.stop_advised_at or hazard.status == S.JUDGING else {"stop"}
        after = {S.RECTIFYING, S.ACCEPTING, S.CLOSED, S.REWARDED}
        if hazard.status in after and not (inspected or hazard.listed_at):
            left.add("list")
        return first + [box.code for box in MAJOR if box.code not in left] + last
    left = set(LEVELS) - {hazard.level} if hazard.level else set()
    return first + [box.code for box in GENERAL if box.code not in left] + last


def _line_state(line: Line, states: dict[str, str]) -> str:
    ends = states[line.source], states[line.target]
    if OFF in ends:
        return OFF
    if line.source == "judge" and line.target == "forward" and states["stop"] in {DONE, NOW}:
        return OFF  # the other answer was given
    return "go" if ends[0] == DONE and ends[1] in {DONE, NOW} else ""


def _back(hazard: Hazard, failed_on: date | None):
    """The way back after an acceptance that did not pass."""
    if not failed_on or not hazard.is_open or not hazard.grade:
        return None
    path, at = BACK["passed_major" if hazard.is_major else "passed"]
    attempt = hazard.attempt - (hazard.status == S.ACCEPTING)
    return path, at, f"否，第 {attempt} 次未通过（{failed_on:%-m月%-d日}）"
