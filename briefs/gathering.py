"""归集: what the records of a round say, sentence by sentence, brought in from where it stands.

Highlights come from 工作亮点 and 典型经验材料, problems from 存在问题清单, suggestions from its
督导意见; where a sheet lists none, from the texts of its record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.urls import reverse

from briefs.alike import groups
from briefs.counted import visits_of
from briefs.facts import Voice, Voices
from briefs.models import LONGEST, Brief, Excerpt
from briefs.sentences import bare, statements
from materials.models import Material
from orgs.scope import Scope, path_range
from plans.models import Visit
from scoring.models import Finding, RecordText
from scoring.standings import DONE, RANKED

Part, State = Excerpt.Part, Excerpt.State
FIELDS = {
    "highlights": Part.HIGHLIGHTS,
    "cities": Part.HIGHLIGHTS,
    "units": Part.HIGHLIGHTS,
    "problems": Part.PROBLEMS,
    "suggestions": Part.SUGGESTIONS,
}
LEADING = 8  # of the groups, the largest first, while nobody has sorted them


@dataclass(frozen=True)
class Said:
    """One sentence of one record."""

    part: str
    origin: str
    unit: int
    visit: int | None
    text: str


def sources(brief: Brief, scope: Scope) -> Iterator[Said]:
    """Every sentence of the confirmed records, in the order of divisions."""
    visits = visits_of(brief.plan, brief.region, scope).filter(status__in=DONE)
    if brief.kind == Brief.Kind.INSPECTION:
        visits = visits.filter(scorer=RANKED)
    listed = set()
    for said in _listed(visits):
        listed.add((said.visit, said.part))
        yield said
    for said in _written(visits):
        if (said.visit, said.part) not in listed:
            yield said
    yield from _experiences(brief, scope)


def gather(brief: Brief, scope: Scope) -> int:
    """Bring in what is not there yet and group it anew; how many came.

    What nobody has decided and no record says any more goes; what somebody took or left stays
    and is marked. The caller holds the report.
    """
    kept = {(one.part, one.origin): one for one in brief.excerpts.order_by("pk")}
    said = list(sources(brief, scope))
    new = [_excerpt(brief, one) for one in said if (one.part, one.origin) not in kept]
    found = {(one.part, one.origin) for one in said}
    gone = _part_with([one for key, one in kept.items() if key not in found])
    if new or gone:
        _regroup([one for one in kept.values() if one.pk not in gone], new)
    Excerpt.objects.bulk_create(new)
    return len(new)


def _regroup(kept: Iterable[Excerpt], new: Iterable[Excerpt]) -> None:
    """Number the groups of alike sentences of each part; only a number that changes is written."""
    moved: dict[int, list[int]] = {}
    for part in Part:
        mine = [row for row in (*kept, *new) if row.part == part]
        for row, group in zip(mine, groups([row.said for row in mine]), strict=True):
            if row.pk and row.group != group:
                moved.setdefault(group, []).append(row.pk)
            row.group = group
    for group, rows in moved.items():
        Excerpt.objects.filter(pk__in=rows).update(group=group)


def voices(brief: Brief) -> Voices:
    """What a draft says of each part: what was taken, in its order; before that what most say."""
    rows = list(brief.excerpts.select_related("unit").order_by("part", "group", "pk"))
    found, counts, addresses = {}, {}, {}
    for part in Part:
        mine = [row for row in rows if row.part == part]
        found[part.value] = _taken(mine) or _leading(mine)
        counts[part.value] = len(mine)
        address = reverse("briefs:gather", args=[brief.pk])
        addresses[part.value] = f"{address}?part={part.value}&show=all"
    return Voices(**found, counts=counts, addresses=addresses)


def _taken(rows: list[Excerpt]) -> list[Voice]:
    merged: dict[int, list[str]] = {}
    for row in rows:
        if row.into_id:
            merged.setdefault(row.into_id, []).append(row.unit.name)
    taken = sorted((r for r in rows if r.state == State.TAKEN), key=lambda r: (r.order, r.pk))
    return [Voice(row.text, (row.unit.name, *merged.get(row.pk, ()))) for row in taken]


def _leading(rows: list[Excerpt]) -> list[Voice]:
    """The first sentence of each of the largest groups that nobody has left out."""
    by_group: dict[int, list[Excerpt]] = {}
    for row in rows:
        if row.state == State.OPEN:
            by_group.setdefault(row.group, []).append(row)
    largest = sorted(by_group.items(), key=lambda one: (-len(one[1]), one[0]))[:LEADING]
    return [Voice(of[0].text, tuple(row.unit.name for row in of)) for _, of in largest]


def _excerpt(brief: Brief, said: Said) -> Excerpt:
    return Excerpt(
        brief=brief,
        part=said.part,
        origin=said.origin,
        visit_id=said.visit,
        unit_id=said.unit,
        said=said.text,
        text=said.text,
    )


def _part_with(rows: Iterable[Excerpt]) -> set[int]:
    """Whose record was corrected meanwhile: the keys of those nobody had decided, which go."""
    gone = [row for row in rows if not row.is_gone]
    unused = {row.pk for row in gone if row.state == State.OPEN}
    Excerpt.objects.filter(pk__in=unused).delete()
    decided = [row.pk for row in gone if row.state != State.OPEN]
    Excerpt.objects.filter(pk__in=decided).update(is_gone=True)
    return unused


def _listed(visits: QuerySet[Visit]) -> Iterator[Said]:
    """存在问题清单 and its 督导意见."""
    findings = Finding.objects.filter(
        sheet__visit__in=visits.order_by().values("pk"),
        sheet__revision=F("sheet__visit__revision"),
        withdrawn_at=None,
    )
    rows = findings.order_by("sheet__visit__place", "sheet__visit", "order", "pk").values_list(
        "pk", "sheet__visit", "sheet__visit__target", "text", "advice"
    )
    for pk, visit, unit, text, advice in rows:
        for part, said in ((Part.PROBLEMS, text), (Part.SUGGESTIONS, advice)):
            if bare(said):
                yield Said(part, f"finding-{pk}", unit, visit, bare(said)[:LONGEST])


def _written(visits: QuerySet[Visit]) -> Iterator[Said]:
    """The texts of the records."""
    texts = RecordText.objects.filter(
        sheet__visit__in=visits.order_by().values("pk"),
        sheet__revision=F("sheet__visit__revision"),
        field__in=FIELDS,
    )
    rows = texts.order_by("sheet__visit__place", "sheet__visit", "pk").values_list(
        "pk", "field", "sheet__visit", "sheet__visit__target", "text"
    )
    for pk, field, visit, unit, text in rows:
        for number, said in enumerate(statements(text), start=1):
            yield Said(FIELDS[field], f"text-{pk}-{number}", unit, visit, said[:LONGEST])


def _experiences(brief: Brief, scope: Scope) -> Iterator[Said]:
    """典型经验材料 that were taken in, by title and summary."""
    pieces = Material.objects.within(scope).experiences().filter(plan=brief.plan)
    pieces = pieces.filter(path_range("place", brief.place)).order_by("place", "pk")
    for pk, unit, title, summary in pieces.values_list("pk", "unit", "title", "summary"):
        text = f"{bare(title)}：{bare(summary)}" if summary.strip() else bare(title)
        yield Said(Part.HIGHLIGHTS, f"material-{pk}", unit, None, text[:LONGEST])
