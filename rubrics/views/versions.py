"""The scoring tables as issued, for everybody who works with them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from orgs.access import fetch, requires
from orgs.roles import Permission as P
from rubrics import scheme
from rubrics.actions import unaccepted
from rubrics.intake import original_of
from rubrics.kinds import RuleKind, words_of
from rubrics.mismatches import mismatches, total_of
from rubrics.models import Intake, Version
from rubrics.outline import Outline, outline_of


@require_GET
@requires(P.RUBRIC_VIEW)
def version_list(request: HttpRequest) -> HttpResponse:
    """Every version of every table, the newest of each first."""
    versions = Version.objects.visible_to(request.user).with_tree()
    versions = versions.select_related("rubric__organization")
    listed = [
        {"version": version, "size": _size(outline_of(version))}
        for version in versions.order_by("annex", "rubric__code", "-number")
    ]
    context = {"listed": listed, "may_manage": P.RUBRIC_MANAGE in request.user.scope.permissions}
    return render(request, "rubrics/version_list.html", context)


@require_GET
@requires(P.RUBRIC_VIEW)
def version_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The official table, how each point is scored, and whether its numbers agree."""
    version = fetch(Version.objects.with_tree(), request.user, P.RUBRIC_VIEW, pk=pk)
    outline = outline_of(version)
    basis = (
        Intake.objects.visible_to(request.user)
        .filter(version=version)
        .select_related("uploaded_by")
        .first()
    )
    context = {
        "version": version,
        "outline": outline,
        "basis": basis,
        "original": basis and original_of(basis, request.user),
        "scheme": scheme.words(scheme.read(outline.scheme)),
        "rules": _rules(outline),
        "size": _size(outline),
        "found": mismatches(outline),
        "left": unaccepted(version, outline),
        "accepted": version.acceptances.items(),
        "may_manage": _may_manage(request, version),
        "is_unchanged": version.content_hash in {"", outline.content_hash},
    }
    return render(request, "rubrics/version_detail.html", context)


def _may_manage(request: HttpRequest, version: Version) -> bool:
    mine = Version.objects.permitted(request.user, P.RUBRIC_MANAGE)
    return mine.filter(pk=version.pk).exists()


def _size(outline: Outline) -> dict:
    items = [item for section in outline.sections for item in section.items]
    return {
        "sections": len(outline.sections),
        "items": len(items),
        "criteria": sum(len(item.criteria) for item in items),
        "total": total_of(outline),
    }


def _rules(outline: Outline) -> list[dict]:
    return [
        {
            "criterion": c,
            "kind": RuleKind(c.kind).label,
            "words": words_of(c.kind, c.points, c.params),
        }
        for section in outline.sections
        for item in section.items
        for c in item.criteria
    ]
