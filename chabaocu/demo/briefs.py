"""The demo's 督导检查报告: of the finished round, a city's issued, the province's being written."""

from datetime import timedelta

from briefs import actions, sorting
from briefs.models import Brief, Chapter, Excerpt
from chabaocu.demo.clock import clock
from orgs.models import Region, User
from plans.models import Plan

LATER = timedelta(days=12)  # after the visits ended
TAKEN = 2  # groups that the demo has sorted
ADDED = "示例：会同有关部门对整改情况开展一次“回头看”。"


def load_briefs() -> None:
    """Draft both and issue the city's, where that was not done yet."""
    plan = Plan.objects.unscoped(reason="demo").filter(template="shandong", status="closed").first()
    if plan is None or plan.briefs.exists():
        return
    with clock(plan.visits_end_on + LATER, "09:40"):
        city = _city(plan)
        if city:
            _issue(actions.begin(plan, city, kind="inspection", by=plan.created_by))
        _sort(actions.begin(plan, plan.issuer.region, kind="inspection", by=plan.created_by))


def _city(plan: Plan) -> Region | None:
    """The first city that was visited."""
    place = plan.visits.order_by("place").values_list("place", flat=True).first()
    every = Region.objects.unscoped(reason="demo")
    return every.filter(path=place[:6]).first() if place else None


def _issue(brief: Brief) -> None:
    """With a sentence and the 公文要素 by hand; what the records did not say is left out of it."""
    by: User = brief.created_by
    for chapter in list(brief.chapters.all()):
        if "请补写" in chapter.text or not chapter.text.strip():
            actions.place(chapter, "remove", by=by)
    last = Chapter.objects.select_related("brief").filter(brief=brief).last()
    text = f"{last.text}\n{ADDED}"
    actions.write(last, version=last.version, heading=last.heading, text=text, by=by)
    typed = {
        "reference": f"示例工发〔{brief.plan.year}〕1号",
        "addressee": f"{brief.region}总工会",
        "copies": "示例市应急管理局",
    }
    actions.amend(brief, typed, seen=dict.fromkeys(typed, ""), by=by)
    actions.issue(brief, by=by)


def _sort(brief: Brief) -> None:
    """Some of the problems are merged and taken; the rest waits."""
    problems = brief.excerpts.filter(part=Excerpt.Part.PROBLEMS).order_by("group", "pk")
    groups: dict[int, list[int]] = {}
    for pk, group in problems.values_list("pk", "group"):
        groups.setdefault(group, []).append(pk)
    largest = sorted(groups.values(), key=lambda pks: (-len(pks), pks))[:TAKEN]
    for pks in largest:
        if len(pks) > 1:
            sorting.merge(brief, pks, by=brief.created_by)
        else:
            sorting.decide(brief, "take", pks, by=brief.created_by)
