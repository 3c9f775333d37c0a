"""The three texts of the record, and how the problems become one of them."""

from collections.abc import Iterable

from scoring.models import Finding, RecordText, Scoresheet

Field = RecordText.Field


def compose_problems(findings: Iterable[Finding]) -> str:
    """存在的问题 as one numbered text, in the order of the entries."""
    return "\n".join(f"{n}.{_sentence(f.text)}" for n, f in enumerate(findings, start=1))


def compose_advice(findings: Iterable[Finding]) -> str:
    """意见建议 gathered from the 督导意见 of the entries; entries without one are left out."""
    advice = [f.advice for f in findings if f.advice.strip()]
    return "\n".join(f"{n}.{_sentence(text)}" for n, text in enumerate(advice, start=1))


def live_findings(sheet: Scoresheet) -> list[Finding]:
    """The entries that stand, in their order."""
    return list(sheet.findings.filter(withdrawn_at=None).select_related("criterion"))


def printed_texts(sheet: Scoresheet) -> dict[str, str]:
    """What 附件3/4 says in its three boxes.

    存在的问题 is the text as written; where none is written it is composed from the entries.
    """
    written = {text.field: text.text.strip() for text in sheet.texts.all()}
    texts = {field: written.get(field, "") for field in Field.values}
    if not texts[Field.PROBLEMS]:
        texts[Field.PROBLEMS] = compose_problems(live_findings(sheet))
    return texts


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith(("。", "！", "？", "；")) else f"{text}。"
