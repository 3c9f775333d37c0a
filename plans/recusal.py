"""回避: who must stay away from which unit, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from orgs.models import Organization, User
from plans.models import Plan, Recusal, TeamMember, Visit

Declared = Mapping[tuple[int, int], str]  # (person, unit) → reason


@dataclass(frozen=True)
class Conflict:
    """A person who may not inspect a unit."""

    person: User
    target: Organization
    why: str
    visit: Visit | None = None

    def __str__(self):
        return f"{self.person.name}须回避{self.target.name}（{self.why}）"


def interest(person: User, target: Organization, declared: Declared) -> str:
    """Why the person must stay away: the same unit, its parent or child, or declared."""
    own = person.organization
    if own.pk == target.pk:
        return "同一单位"
    if own.parent_id == target.pk:
        return "是本人单位的上级"
    if target.parent_id == own.pk:
        return "是本人单位的下级"
    reason = declared.get((person.pk, target.pk))
    return f"已申报：{reason}" if reason else ""


def declarations(people: Iterable[User], targets: Iterable[Organization]) -> Declared:
    """The standing declarations of these people about these units, in one query."""
    standing = Recusal.objects.unscoped(reason="a recusal binds whoever assigns").standing()
    rows = standing.filter(
        user__in=[p.pk for p in people], organization__in=[t.pk for t in targets]
    )
    return {(row.user_id, row.organization_id): row.reason for row in rows}


def conflicts(people: Iterable[User], targets: Iterable[Organization]) -> list[Conflict]:
    """Everybody among ``people`` who must stay away from one of ``targets``."""
    people, targets = list(people), list(targets)
    declared = declarations(people, targets)
    pairs = ((p, t, interest(p, t, declared)) for p in people for t in targets)
    return [Conflict(person, target, why) for person, target, why in pairs if why]


def members_of(team_id: int) -> list[User]:
    """The people of a team, with their units."""
    rows = TeamMember.objects.filter(team=team_id).select_related("user__organization")
    return [row.user for row in rows]


def standing_conflicts(plan: Plan) -> list[Conflict]:
    """Visits that were assigned before an interest became known."""
    rows = TeamMember.objects.filter(team__plan=plan).select_related("user__organization")
    teams: dict[int, list[User]] = {}
    for row in rows:
        teams.setdefault(row.team_id, []).append(row.user)
    people = [row.user for row in rows]
    assigned = plan.visits.open().filter(team__in=teams, target__in=_near(people))
    visits = list(assigned.select_related("target", "team", "region"))
    declared = declarations(people, (visit.target for visit in visits))
    return [
        Conflict(person, visit.target, why, visit)
        for visit in visits
        for person in teams.get(visit.team_id, [])
        if (why := interest(person, visit.target, declared))
    ]


def _near(people: Iterable[User]) -> QuerySet[Organization]:
    """The units in which any of these people has an interest, so that no other is looked at."""
    own = {person.organization_id for person in people}
    above = {person.organization.parent_id for person in people} - {None}
    standing = Recusal.objects.unscoped(reason="a recusal binds whoever assigns").standing()
    declared = standing.filter(user__in=[person.pk for person in people])
    units = Organization.objects.unscoped(reason="a recusal binds whoever assigns")
    related = Q(pk__in=own | above) | Q(parent__in=own)
    return units.filter(related | Q(pk__in=declared.values("organization"))).values("pk")
