"""回避: who must stay away from which unit, and why (docs/adr/0014)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from chabaocu.lists import COUNT_LIMIT, Keyset
from orgs.models import Organization, User
from plans.models import Plan, Recusal, TeamMember, Visit

REASON = "a recusal binds whoever assigns"
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
    """Why the person must stay away: their own unit, the one that leads it, or declared.

    Units that their own leads are what they are sent to: 省医务工会 visits the 市医务工会.
    """
    own = person.organization
    if own.pk == target.pk:
        return "同一单位"
    if own.parent_id == target.pk:
        return "是本人单位的上级"
    reason = declared.get((person.pk, target.pk))
    return f"已申报：{reason}" if reason else ""


def declarations(people: Iterable[User], targets: Iterable[Organization]) -> Declared:
    """The standing declarations of these people about these units, in one query."""
    standing = Recusal.objects.unscoped(reason=REASON).standing()
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
    found = _suspects(plan.pk).first(COUNT_LIMIT)
    if not found:
        return []
    visits = Visit.objects.unscoped(reason=REASON).filter(pk__in=found)
    suspects = list(visits.select_related("target", "team", "region").order_by("pk"))
    rows = TeamMember.objects.filter(team__plan=plan).select_related("user__organization")
    people: dict[int, list[User]] = {}
    for row in rows:
        people.setdefault(row.team_id, []).append(row.user)
    declared = declarations((row.user for row in rows), (visit.target for visit in suspects))
    return [
        Conflict(person, visit.target, why, visit)
        for visit in suspects
        for person in people.get(visit.team_id, [])
        if (why := interest(person, visit.target, declared))
    ]


@lru_cache(maxsize=512)
def _suspects(plan: int) -> Keyset:
    """Visits of a plan at units in which anybody of its teams has an interest, found by the unit.

    Their own unit, the one above, those declared: of all the others none is read.
    """
    people = TeamMember.objects.filter(team__plan=plan).order_by()
    own = people.values("user__organization")
    declared = (
        Recusal.objects.unscoped(reason=REASON).standing().filter(user__in=people.values("user"))
    )
    near = [own, people.values("user__organization__parent"), declared.values("organization")]
    visits = Visit.objects.unscoped(reason=REASON).open().filter(plan=plan, team__isnull=False)
    return Keyset([visits.filter(target__in=units) for units in near])
