"""The texts of the record, and how the problems become one of them."""

from collections.abc import Iterable

from rubrics.record_forms import RecordForm
from scoring.models import Finding, Scoresheet


def compose_problems(findings: Iterable[Finding]) -> str:
    """存在的问题 as one numbered text, in the order of the entries."""
    return "\n".join(f"{n}.{_sentence(f.text)}" for n, f in enumerate(findings, start=1))


def compose_advice(findings: Iterable[Finding]) -> str:
    """意见建议 gathered from the 督导意见 of the entries; entries without one are left out."""
    advice = [f.advice for f in findings if f.advice.strip()]
    return "\n".join(f"{n}.{_sentence(text)}" for n, text in enumerate(advice, start=1))


def compose_both(findings: Iterable[Finding]) -> str:
    """存在的问题 and 督导意见 as one text, for a form that has one box for both (源2)."""
    found = list(findings)
    parts = {"存在的问题": compose_problems(found), "督导意见": compose_advice(found)}
    return "\n".join(f"{name}：\n{text}" for name, text in parts.items() if text)


COMPOSERS = {"problems": compose_problems, "advice": compose_advice, "both": compose_both}
UNWRITTEN = ("problems", "both")  # gathered on paper where nothing is written


def live_findings(sheet: Scoresheet) -> list[Finding]:
    """The entries that stand, in their order."""
    return list(sheet.findings.filter(withdrawn_at=None).select_related("criterion"))


def printed_texts(sheet: Scoresheet, form: RecordForm) -> dict[str, str]:
    """What the record says in its boxes, by field.

    存在的问题 is the text as written; where none is written it is composed from the entries, and so
    is what the unit that checked itself leaves unwritten.
    """
    written = {text.field: text.text.strip() for text in sheet.texts.all()}
    texts = {box.field: written.get(box.field, "") for box in form.boxes}
    for box in form.boxes:
        gathered = box.gathers in UNWRITTEN or box.gathers and not box.is_required
        if gathered and not texts[box.field]:
            texts[box.field] = COMPOSERS[box.gathers](live_findings(sheet))
    return texts


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith(("。", "！", "？", "；")) else f"{text}。"
