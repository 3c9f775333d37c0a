"""Send the letters of a round, answer one, close it, return it, withdraw it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from attachments import actions as files
from attachments.models import Attachment
from attachments.office import check_paper
from audit.record import record
from chabaocu.errors import Refused, StaleState
from feedback import notices
from feedback.hooks import on_moved
from feedback.models import HOLDER, Letter, LetterEntry
from feedback.moves import MOVES, Move
from orgs.models import User
from plans.models import Visit
from scoring.models import Finding
from scoring.texts import live_findings

PAST = "答复期限须是今天或以后的日期。"
UNRELEASED = "结果下发以后才能发督导意见。"
NOTHING = "这次督导没有列出存在的问题，不用发。"
SENT = "这次督导的意见已经发过。"
UNANSWERED = "第 {number} 条还没有写整改情况。"
NO_REASON = "请写明{move}的理由，单位看得到。"


@dataclass(frozen=True)
class Said:
    """What the unit says of one entry."""

    answer: str
    done_on: date | None


@transaction.atomic
def send(visit: Visit, *, due_on: date, by: User) -> Letter:
    """The letter of a released visit with all its problems, once; Refused with what to do."""
    held = Visit.objects.select_for_update().select_related("target__region").get(pk=visit.pk)
    problems = _problems(held)
    if refusal := _refusal(held, problems, due_on):
        raise Refused(refusal)
    letter = Letter.objects.create(
        visit=held,
        plan_id=held.plan_id,
        unit=held.target,
        place=held.target.region.path,
        due_on=due_on,
        sent_by=by,
    )
    LetterEntry.objects.bulk_create(
        LetterEntry(letter=letter, finding=finding, order=number)
        for number, finding in enumerate(problems, start=1)
    )
    told = {"due_on": due_on, "entries": len(problems)}
    record("letter.send", letter, by=by, stream=held.stream, after=told)
    on_moved.tell(letter, "send")
    notices.after_move(letter)
    return letter


def send_all(visits: Iterable[Visit], *, due_on: date, by: User) -> tuple[list[Letter], list[str]]:
    """Send what can be sent, each on its own; the letters, and why the others were not."""
    sent, refused = [], []
    for visit in visits:
        try:
            sent.append(send(visit, due_on=due_on, by=by))
        except Refused as refusal:
            refused.append(f"{visit.target}：{refusal}")
    return sent, refused


@transaction.atomic
def save(letter: Letter, said: Mapping[int, Said], *, by: User) -> None:
    """Keep what the unit wrote so far; StaleState where somebody else did meanwhile."""
    step = MOVES["answer"]
    _claim(letter, step)
    _write(letter, said)
    record("letter.save", letter, by=by, stream=letter.visit.stream)


@transaction.atomic
def move(
    letter: Letter,
    name: str,
    *,
    by: User,
    said: Mapping[int, Said] | None = None,
    reason: str = "",
    due_on: date | None = None,
) -> None:
    """Make one move of the table; ``said`` goes with an answer, a reason with what undoes."""
    step = MOVES[name]
    reason = _checked(step, reason, due_on)
    before = {"status": letter.status}
    _claim(letter, step)
    if name == "answer":
        _answer(letter, said or {}, by)
    else:
        changes = {"due_on": due_on} if due_on else {}
        _settle(letter, step, reason, by, changes)
    letter.refresh_from_db()
    on_moved.tell(letter, name)
    notices.after_move(letter)
    after = {"status": letter.status, "due_on": letter.due_on}
    stream = letter.visit.stream
    record(
        f"letter.{name}", letter, by=by, stream=stream, before=before, after=after, reason=reason
    )


def add_file(
    letter: Letter,
    upload: UploadedFile,
    *,
    upload_id: UUID,
    by: User,
    entry: LetterEntry | None = None,
) -> Attachment:
    """Evidence of an answer, or of what was done about one problem, while the unit writes it."""
    return files.add(
        upload,
        holder_type=HOLDER,
        holder_id=letter.pk,
        slot=entry.slot if entry else "",
        upload_id=upload_id,
        by=by,
        stream=letter.visit.stream,
        hold=lambda: _hold(letter),
        checking=check_paper,
    )


@transaction.atomic
def drop_files(letter: Letter, chosen: Iterable[int], *, by: User) -> None:
    """Take evidence out of the answer again, while the unit writes it."""
    if dropped := list(files_of(letter).filter(pk__in=chosen)):
        _hold(letter)
    for file in dropped:
        files.remove(file, by=by, stream=letter.visit.stream)


def _hold(letter: Letter) -> None:
    open_to = Letter.objects.filter(pk=letter.pk, status__in=MOVES["answer"].sources)
    if not open_to.select_for_update().exists():
        raise Refused("答复已经报送，不能再改佐证。")


def files_of(letter: Letter):
    """The evidence of a letter, in the order it came."""
    held = Attachment.objects.live().filter(holder_type=HOLDER, holder_id=letter.pk)
    return held.select_related("uploaded_by")


def files_by_slot(letter: Letter) -> dict[str, list[Attachment]]:
    """The evidence by what it proves: the answer as a whole (""), or one entry."""
    found: dict[str, list[Attachment]] = {}
    for file in files_of(letter):
        found.setdefault(file.slot, []).append(file)
    return found


def _problems(visit: Visit) -> list[Finding]:
    sheet = visit.sheets.filter(revision=visit.revision).first()
    return live_findings(sheet) if sheet else []


def _refusal(visit: Visit, problems: list[Finding], due_on: date) -> str:
    if visit.released_at is None:
        return UNRELEASED
    if not problems:
        return NOTHING
    if visit.letters.live().exists():
        return SENT
    return PAST if due_on < timezone.localdate() else ""


def _checked(step: Move, reason: str, due_on: date | None) -> str:
    reason = reason.strip()
    if "reason" in step.asks and not reason:
        raise Refused(NO_REASON.format(move=step.label))
    if "due_on" in step.asks and (due_on is None or due_on < timezone.localdate()):
        raise Refused(PAST)
    return reason


def _claim(letter: Letter, step: Move) -> None:
    """Whoever is second finds another step than they saw."""
    rows = Letter.objects.filter(pk=letter.pk, step=letter.step, status__in=step.sources)
    if not rows.update(step=letter.step + 1):
        raise StaleState


def _answer(letter: Letter, said: Mapping[int, Said], by: User) -> None:
    _write(letter, said)
    missing = letter.entries.filter(answer="").order_by("order").first()
    if missing:
        raise Refused(UNANSWERED.format(number=missing.order))
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(
        status=MOVES["answer"].target, answered_by=by, answered_at=now, reason=""
    )


def _write(letter: Letter, said: Mapping[int, Said]) -> None:
    entries = list(letter.entries.filter(pk__in=said))
    for entry in entries:
        entry.answer, entry.done_on = said[entry.pk].answer.strip(), said[entry.pk].done_on
    LetterEntry.objects.bulk_update(entries, ["answer", "done_on"])


def _settle(letter: Letter, step: Move, reason: str, by: User, changes: dict[str, Any]) -> None:
    now = timezone.now()
    Letter.objects.filter(pk=letter.pk).update(
        status=step.target, reason=reason, moved_by=by, moved_at=now, **changes
    )
