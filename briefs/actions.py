"""Begin a report, write its chapters, issue it, cancel it, begin a new edition."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from audit.canonical import sha256
from audit.record import record
from briefs import drafting
from briefs.counted import facts_of
from briefs.drafting import Drafted
from briefs.gathering import gather, voices
from briefs.hooks import on_issued
from briefs.models import ELEMENTS, HEAD, Brief, Chapter, Excerpt
from briefs.passages import changed
from chabaocu.errors import Refused, StaleState
from orgs.models import Region, User
from orgs.scope import Scope
from plans.models import Plan

ISSUED = "报告已经印发或作废，不能再改；要改请起草新版。"
TWICE = "这一份报告正在起草，请打开那一份接着写。"
EMPTY = "“{chapter}”还没有写，不能印发；不要的章节请先去掉。"
GAP = "“{chapter}”里还有“请……写”的提示没有补写，不能印发。"
SAME_NUMBER = (
    "第 {edition} 版的发文字号也是“{reference}”。新版请另编号；要沿用原号，请先作废那一版。"
)
NO_REASON = "请写明作废的理由。"
OPEN_ENDS = ("（请写明", "，请补写。）")
S = Brief.Status


@transaction.atomic
def begin(plan: Plan, region: Region, *, kind: str, by: User) -> Brief:
    """A draft with every chapter of its outline, gathered and drafted; Refused where one is open.

    Where an edition was issued before, the draft is the next.
    """
    made = _created(plan, region, kind, by)
    gather(made, by.scope)
    facts, said = facts_of(made, by.scope), voices(made)
    for order, planned in enumerate(drafting.OUTLINES[kind], start=1):
        drafted = drafting.draft(planned.slug, facts, said)
        _chapter(made, planned.slug, planned.heading, planned.is_numbered, order, drafted, by)
    made.title = drafting.TITLES[kind](facts)
    made.save(update_fields=["title"])
    record("brief.begin", made, by=by, stream=made.stream, after=_told(made))
    return made


@transaction.atomic
def revise(brief: Brief, *, by: User) -> Brief:
    """A new edition of an issued report, with its words, its figures and what was gathered.

    Its 发文字号 is not taken over: a number stands for one paper.
    """
    if brief.status != S.ISSUED:
        raise StaleState
    head = {name: getattr(brief, name) for name in HEAD if name != "reference"}
    made = _created(brief.plan, brief.region, brief.kind, by, **head)
    Chapter.objects.bulk_create(_copied(one, made, by) for one in brief.chapters.all())
    _copy_excerpts(brief, made)
    record("brief.revise", made, by=by, stream=made.stream, after=_told(made))
    return made


@transaction.atomic
def write(chapter: Chapter, *, version: int, heading: str, text: str, by: User) -> Chapter:
    """Keep what was typed; StaleState where somebody saved since ``version``."""
    brief = hold(chapter.brief)
    stands = _standing(chapter)
    said = {"heading": heading.strip(), "text": text.replace("\r\n", "\n").strip()}
    _claim(chapter, version, by=by, **said)
    chapter.refresh_from_db()
    if (stands.heading, stands.text) != (chapter.heading, chapter.text):
        _tell("brief.write", brief, stands, by=by, **said)
    return chapter


@transaction.atomic
def redraft(chapter: Chapter, drafted: Drafted, *, version: int, by: User) -> None:
    """Take a new draft in place of the text; who asks for it has seen both."""
    brief = hold(chapter.brief)
    stands = _standing(chapter)
    figures = [one.kept() for one in drafted.figures]
    _claim(chapter, version, by=by, text=drafted.text, drafted=drafted.text, figures=figures)
    _tell("brief.redraft", brief, stands, by=by, heading=stands.heading, text=drafted.text)


@transaction.atomic
def check(chapter: Chapter, drafted: Drafted, *, by: User) -> None:
    """Somebody has looked at the numbers as they are now; the text stays as it is."""
    brief = hold(chapter.brief)
    figures = [one.kept() for one in drafted.figures]
    Chapter.objects.filter(pk=chapter.pk).update(figures=figures)
    told = {"heading": chapter.heading}
    record("brief.check", brief, by=by, stream=brief.stream, after=told)


@transaction.atomic
def amend(
    brief: Brief, typed: Mapping[str, str], *, seen: Mapping[str, str], by: User
) -> frozenset[str]:
    """Change of ``HEAD`` what was typed over what was seen.

    What somebody else changed since is left as it stands, and its names are given back.
    """
    held = hold(brief)
    stands = {name: getattr(held, name) for name in typed}
    after = {name: text for name, text in typed.items() if text not in (seen[name], stands[name])}
    late = frozenset(name for name in after if stands[name] != seen[name])
    after = {name: text for name, text in after.items() if name not in late}
    if after:
        Brief.objects.filter(pk=brief.pk).update(**after)
        told = {"before": _labelled(stands, after), "after": _labelled(after, after)}
        record("brief.amend", held, by=by, stream=held.stream, **told)
    return late


@transaction.atomic
def add(brief: Brief, heading: str, *, by: User) -> Chapter:
    """A chapter written by hand, at the end."""
    held = hold(brief)
    last = held.chapters.aggregate(last=Max("order"))["last"] or 0
    made = _chapter(held, "", heading.strip(), True, last + 1, Drafted(""), by)
    record("brief.add", held, by=by, stream=held.stream, after={"heading": made.heading})
    return made


@transaction.atomic
def place(chapter: Chapter, way: str, *, by: User) -> None:
    """Move a chapter up or down by one, or leave it out."""
    held = hold(chapter.brief)
    order = list(held.chapters.order_by("order", "pk"))
    at = next((n for n, one in enumerate(order) if one.pk == chapter.pk), None)
    if at is None:
        raise StaleState
    if way == "remove":
        chapter = order.pop(at)
        Chapter.objects.filter(pk=chapter.pk).delete()
    else:
        to = max(at - 1, 0) if way == "up" else min(at + 1, len(order) - 1)
        order.insert(to, order.pop(at))
    for number, one in enumerate(order, start=1):
        one.order = number
    Chapter.objects.bulk_update(order, ["order"])
    before = {"heading": str(chapter), "text": chapter.text} if way == "remove" else None
    after = {"heading": str(chapter)}
    record(f"brief.{way}", held, by=by, stream=held.stream, before=before, after=after)


@transaction.atomic
def issue(brief: Brief, *, by: User) -> None:
    """Freeze the report for good, with its hash.

    Refused where a chapter is not written, or its 发文字号 is that of an edition that stands.
    """
    draft = hold(brief)
    _refuse_number(draft)
    chapters = list(draft.chapters.all())
    for chapter in chapters:
        _refuse_gaps(chapter)
    hash = content_hash(draft, chapters)
    held = Brief.objects.filter(pk=brief.pk, status=S.DRAFT)
    if not held.update(status=S.ISSUED, issued_by=by, issued_at=timezone.now(), content_hash=hash):
        raise StaleState
    brief.refresh_from_db()
    on_issued.tell(brief)
    record("brief.issue", brief, by=by, stream=brief.stream, after={"content_hash": hash})


@transaction.atomic
def cancel(brief: Brief, *, reason: str, by: User) -> None:
    """Take a report out of use; it stays, with the reason."""
    if not reason.strip():
        raise Refused(NO_REASON)
    open_to = Brief.objects.filter(pk=brief.pk, status=brief.status).exclude(status=S.CANCELLED)
    fields = {"cancelled_by": by, "cancelled_at": timezone.now(), "reason": reason.strip()}
    if not open_to.update(status=S.CANCELLED, **fields):
        raise StaleState
    before = {"status": brief.status}
    brief.refresh_from_db()
    after = {"status": brief.status}
    record(
        "brief.cancel",
        brief,
        by=by,
        stream=brief.stream,
        before=before,
        after=after,
        reason=brief.reason,
    )


def redrafted(brief: Brief, chapter: Chapter, scope: Scope) -> Drafted | None:
    """The chapter as it would be drafted now; None for one written by hand."""
    if not chapter.slug:
        return None
    return drafting.draft(chapter.slug, facts_of(brief, scope), voices(brief))


def hold(brief: Brief) -> Brief:
    """The draft's row, held until the transaction ends; Refused once it is no draft any more."""
    held = Brief.objects.select_for_update().select_related("plan", "region").get(pk=brief.pk)
    if not held.is_draft:
        raise Refused(ISSUED)
    return held


def content_hash(brief: Brief, chapters: Sequence[Chapter]) -> str:
    """Over the title, the 公文要素 that are filled in, and every heading and text, in order."""
    said = [[one.heading, one.is_numbered, one.text] for one in chapters]
    filled = {name: text for name in ELEMENTS if (text := getattr(brief, name))}
    return sha256({"title": brief.title, "chapters": said} | filled)


def _standing(chapter: Chapter) -> Chapter:
    """The chapter's row as it is now; the report is held."""
    found = Chapter.objects.select_related("brief", "by").filter(pk=chapter.pk).first()
    if found is None:  # somebody left it out meanwhile
        raise StaleState
    return found


def _claim(chapter: Chapter, version: int, *, by: User, **changes) -> None:
    """Whoever saves second from the same version is told; the report is held."""
    rows = Chapter.objects.filter(pk=chapter.pk, version=version)
    if not rows.update(version=F("version") + 1, by=by, at=timezone.now(), **changes):
        raise StaleState


def _tell(action: str, brief: Brief, stands: Chapter, *, by: User, heading: str, text: str) -> None:
    """Which passage of a chapter an event changed, and its heading."""
    passage = changed(stands.text, text)
    before = {"heading": stands.heading, "text": passage.before}
    after = {"heading": heading, "paragraph": passage.paragraph, "text": passage.after}
    record(action, brief, by=by, stream=brief.stream, before=before, after=after)


def _created(
    plan: Plan, region: Region, kind: str, by: User, title: str = "草稿", **elements: str
) -> Brief:
    same = Brief.objects.filter(plan=plan, region=region, kind=kind)
    if same.filter(status=S.DRAFT).exists():
        raise Refused(TWICE)
    last = same.aggregate(last=Max("edition"))["last"] or 0
    fields = {"place": region.path, "edition": last + 1, "title": title, "created_by": by}
    try:
        with transaction.atomic():
            return Brief.objects.create(plan=plan, region=region, kind=kind, **fields, **elements)
    except IntegrityError as error:  # somebody began it in the same moment
        raise Refused(TWICE) from error


def _chapter(
    brief: Brief, slug: str, heading: str, numbered: bool, order: int, drafted: Drafted, by: User
) -> Chapter:
    return Chapter.objects.create(
        brief=brief,
        slug=slug,
        heading=heading,
        is_numbered=numbered,
        order=order,
        text=drafted.text,
        drafted=drafted.text,
        figures=[one.kept() for one in drafted.figures],
        by=by,
    )


def _copied(chapter: Chapter, into: Brief, by: User) -> Chapter:
    chapter.pk, chapter.brief, chapter.by, chapter.version = None, into, by, 0
    chapter._state.adding = True
    return chapter


def _copy_excerpts(brief: Brief, into: Brief) -> None:
    """Those that stand first, then those that were merged into them."""
    new: dict[int, Excerpt] = {}
    for merged in (False, True):
        rows = list(brief.excerpts.filter(into__isnull=not merged).order_by("pk"))
        olds = [row.pk for row in rows]
        for row in rows:
            row.pk, row.brief, row._state.adding = None, into, True
            row.into = new[row.into_id] if merged else None
        made = Excerpt.objects.bulk_create(rows, batch_size=500)
        new |= dict(zip(olds, made, strict=True))


def _refuse_gaps(chapter: Chapter) -> None:
    if not chapter.text.strip():
        raise Refused(EMPTY.format(chapter=chapter))
    if any(mark in chapter.text for mark in OPEN_ENDS):
        raise Refused(GAP.format(chapter=chapter))


def _refuse_number(draft: Brief) -> None:
    same = Brief.objects.filter(plan=draft.plan_id, kind=draft.kind, region=draft.region_id)
    taken = same.filter(status=S.ISSUED, reference=draft.reference).exclude(reference="").first()
    if taken:
        raise Refused(SAME_NUMBER.format(edition=taken.edition, reference=taken.reference))


def _labelled(values: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """As the record names them: a bare title there is a plan's."""
    return {"brief_title" if name == "title" else name: values[name] for name in names}


def _told(brief: Brief) -> dict:
    return {"brief_title": brief.title, "edition": brief.edition}
