"""督导意见 of a visit, and the unit's answer, as 公文.

源2: 对每个被检查的各市医务工会和单位工会都要提供存在问题清单、提出具体督导意见.
"""

from collections.abc import Iterator, Sequence

from feedback.escalation import RULE
from feedback.models import Letter, LetterEntry
from reports.documents.of_hazard import day_of
from reports.documents.official import ITEM, PART, TABLE, TEXT, Annex, Block, Official
from reports.documents.paper import Stamp

LIST = "存在问题清单"
LIST_HEAD = ("序号", "存在问题", "督导意见", "整改责任", "整改时限")
ANSWER_HEAD = ("序号", "存在问题", "整改情况", "完成日期")
WITHDRAWN = "（已撤回）"
BARE = Stamp()


def letter_paper(letter: Letter, entries: Sequence[LetterEntry], stamp: Stamp = BARE) -> Official:
    """The letter to the unit, with the list of what was found."""
    return Official(
        title=f"关于{letter.unit}的督导意见",
        sender=letter.plan.issuer.name,
        day=day_of(letter.sent_at),
        note=WITHDRAWN if letter.status == Letter.Status.WITHDRAWN else "",
        addressee=letter.unit.name,
        blocks=tuple(_opinion(letter, entries)),
        annexes=(Annex(LIST, (_problems(entries),), wide=True),),
        stamp=stamp,
    )


def answer_paper(
    letter: Letter, entries: Sequence[LetterEntry], files: int, stamp: Stamp = BARE
) -> Official:
    """The unit's answer, entry by entry; ``files`` is how many prove it."""
    proofs = (Annex(f"整改佐证材料（{files}份）"),) if files else ()
    return Official(
        title=f"关于{letter.plan.issuer}督导意见整改情况的答复",
        sender=letter.unit.name,
        day=day_of(letter.answered_at),
        addressee=letter.plan.issuer.name,
        blocks=tuple(_answer(letter, entries)),
        annexes=(Annex("整改情况表", (_answers(entries),), wide=True), *proofs),
        stamp=stamp,
    )


def _opinion(letter: Letter, entries: Sequence[LetterEntry]) -> Iterator[Block]:
    visit = letter.visit
    when = f"于{day_of(visit.visit_on)}" if visit.visit_on else ""
    team = f"{visit.team}" if visit.team else "督导组"
    yield Block(
        TEXT,
        f"根据{letter.plan}安排，{team}{when}对你单位进行了督导检查，发现存在问题{len(entries)}个"
        f"（见附件）。现提出督导意见如下：",
    )
    advised = [entry for entry in entries if entry.finding.advice.strip()]
    if advised:
        yield Block(PART, "一、督导意见")
    for number, entry in enumerate(advised, start=1):
        yield Block(ITEM, f"{number}.针对第{entry.order}个问题，{_flowing(entry.finding.advice)}")
    yield Block(PART, f"{'二' if advised else '一'}、整改和答复")
    yield Block(
        TEXT,
        f"请对照《{LIST}》逐条整改，于{day_of(letter.due_on)}前在系统中逐条答复整改情况，"
        f"并附佐证材料。{RULE}。",
    )


def _answer(letter: Letter, entries: Sequence[LetterEntry]) -> Iterator[Block]:
    done = sum(entry.done_on is not None for entry in entries)
    yield Block(
        TEXT,
        f"你会{day_of(letter.sent_at)}所发督导意见收悉。所列{len(entries)}个问题，我单位逐条作了整改，"
        f"其中{done}个已写明完成日期。整改情况如下：",
    )
    for entry in entries:
        yield Block(ITEM, f"{entry.order}.{_flowing(entry.finding.text)}")
        yield Block(TEXT, f"整改情况：{_flowing(entry.answer)}")


def _problems(entries: Sequence[LetterEntry]) -> Block:
    rows = (
        (
            str(entry.order),
            entry.finding.text,
            entry.finding.advice,
            entry.finding.responsible,
            day_of(entry.finding.due_on) if entry.finding.due_on else "",
        )
        for entry in entries
    )
    return Block(TABLE, rows=(LIST_HEAD, *rows))


def _answers(entries: Sequence[LetterEntry]) -> Block:
    rows = (
        (
            str(entry.order),
            entry.finding.text,
            entry.answer,
            day_of(entry.done_on) if entry.done_on else "",
        )
        for entry in entries
    )
    return Block(TABLE, rows=(ANSWER_HEAD, *rows))


def _flowing(text: str) -> str:
    """What was typed on several lines as one paragraph that ends with a full stop."""
    said = "".join(text.split("\n")).strip()
    return said if said.endswith(("。", "！", "？", "；")) else f"{said}。"
