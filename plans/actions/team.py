"""Teams, their members, and declarations of interest."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.canonical import sha256
from audit.record import record
from chabaocu import edits
from chabaocu.errors import Refused, StaleState
from orgs.models import Organization, Region, User
from orgs.roles import TeamRole
from plans.models import Plan, Recusal, Team, TeamMember
from plans.people import in_reach
from plans.recusal import conflicts

OPEN_PLANS = {Plan.Status.DRAFT, Plan.Status.PUBLISHED}
USUAL_SIZE = 3  # 源1 四(一)：各督导组原则上由3人组成
RECUSALS = "recusals"  # the audit chain of all declarations


@transaction.atomic
def save_team(
    plan: Plan,
    *,
    by: User,
    team: Team | None = None,
    name: str,
    roles: Mapping[User, str],
    cities: Iterable[Region] = (),
    size_reason: str = "",
    seen: str | None = None,
) -> Team:
    """Store a team whole: its people by role, and its cities.

    《2017年“查保促”工作第二次督导方案》四（一）: three people in principle; another number needs
    a reason. A person is in one team of a plan, a city has one team, and nobody may be sent to a
    unit in which they have an interest. ``seen`` is the fingerprint the page showed: raises
    ChangedError if the team says otherwise by now.
    """
    hold_plan(plan)
    if team:
        edits.check(seen, fingerprint(plan.teams.get(pk=team.pk)))
    cities = list(cities)
    _check_roles(roles, size_reason)
    _check_reach(plan, roles)
    _check_free(plan, team, roles, cities)
    before = _as_data(team) if team else {}
    team = _store(plan, team, name, size_reason if len(roles) != USUAL_SIZE else "")
    _check_interests(team, roles)
    _set_members(team, roles)
    team.cities.set(cities)
    action = "team.edit" if before else "team.create"
    record(action, team, by=by, stream=plan.stream, before=before, after=_as_data(team))
    return team


def hold_plan(plan: Plan) -> None:
    """Hold the plan's row, so that teams and assignments of one plan change one after another."""
    held = Plan.objects.select_for_update().filter(pk=plan.pk, status__in=OPEN_PLANS)
    if not held.exists():
        raise StaleState


def _check_roles(roles: Mapping[User, str], size_reason: str) -> None:
    for role in (TeamRole.LEADER, TeamRole.RECORDER):
        if list(roles.values()).count(role) != 1:
            raise Refused(f"每个督导组须有一名{TeamRole(role).label}。")
    if len(roles) != USUAL_SIZE and not size_reason.strip():
        raise Refused(
            f"督导组原则上由3人组成（方案四（一）），现在是 {len(roles)} 人，请写明理由。"
        )


def _check_reach(plan: Plan, roles: Mapping[User, str]) -> None:
    reachable = set(
        in_reach(plan).filter(pk__in=[p.pk for p in roles]).values_list("pk", flat=True)
    )
    if strangers := [person.name for person in roles if person.pk not in reachable]:
        raise Refused(f"{'、'.join(strangers)}不在发文单位及所属工会的工作人员之中。")


def _check_free(
    plan: Plan, team: Team | None, roles: Mapping[User, str], cities: list[Region]
) -> None:
    others = plan.teams.exclude(pk=team.pk if team else None)
    taken = TeamMember.objects.filter(team__in=others, user__in=list(roles)).select_related(
        "user", "team"
    )
    if busy := [f"{row.user.name}已在{row.team.name}" for row in taken]:
        raise Refused("一个人在一个方案里只能进一个督导组：" + "；".join(busy) + "。")
    for other in others.filter(cities__in=cities).distinct():
        names = "、".join(c.name for c in other.cities.all() if c in cities)
        raise Refused(f"{names}已由{other.name}负责，请先从该组去掉。")


def _check_interests(team: Team, roles: Mapping[User, str]) -> None:
    targets = [visit.target for visit in team.visits.open().select_related("target")]
    if found := conflicts(roles, targets):
        raise Refused(
            "；".join(map(str, found)) + "。该组已安排督导这些单位，请先改派，或换一名组员。"
        )


def _store(plan: Plan, team: Team | None, name: str, size_reason: str) -> Team:
    if team is None:
        last = plan.teams.order_by("-order").values_list("order", flat=True).first()
        return Team.objects.create(
            plan=plan, order=(last or 0) + 1, name=name, size_reason=size_reason
        )
    Team.objects.filter(pk=team.pk).update(name=name, size_reason=size_reason)
    team.refresh_from_db()
    return team


def _set_members(team: Team, roles: Mapping[User, str]) -> None:
    """Keep who stays in the same role; the one leader and recorder change without a clash."""
    wanted = {person.pk: role for person, role in roles.items()}
    for row in team.members.all():
        if wanted.get(row.user_id) == row.role:
            del wanted[row.user_id]
        else:
            row.delete()
    for person_id, role in wanted.items():
        TeamMember.objects.create(team=team, user_id=person_id, role=role)


def _as_data(team: Team) -> dict[str, Any]:
    members = team.members.select_related("user").order_by("role", "pk")
    return {
        "name": team.name,
        "members": [f"{m.user.name}（{m.get_role_display()}）" for m in members],
        "cities": [city.name for city in team.cities.order_by("path")],
        "size_reason": team.size_reason,
    }


def fingerprint(team: Team) -> str:
    """What an edit form of the team carries along."""
    people = team.members.order_by("user_id").values_list("user_id", "role")
    cities = team.cities.order_by("path").values_list("pk", flat=True)
    return sha256([team.name, team.size_reason, list(people), list(cities)])


@transaction.atomic
def disband(team: Team, *, by: User) -> None:
    """Take a team away that has no visits."""
    plan = team.plan
    hold_plan(plan)
    if count := team.visits.count():
        raise Refused(f"{team.name}已有 {count} 次督导，请先改派，再撤销这个组。")
    record("team.disband", team, by=by, stream=plan.stream, before=_as_data(team))
    team.delete()


@transaction.atomic
def declare_recusal(person: User, *, by: User, organization: Organization, reason: str) -> Recusal:
    """Write down an interest; visits already assigned are listed as conflicts, not undone."""
    try:
        with transaction.atomic():
            recusal = Recusal.objects.create(
                user=person, organization=organization, reason=reason, declared_by=by
            )
    except IntegrityError as error:
        raise Refused(f"{person.name}对{organization.name}已申报过回避。") from error
    record("recusal.declare", recusal, by=by, stream=RECUSALS, reason=reason)
    return recusal


@transaction.atomic
def withdraw_recusal(recusal: Recusal, *, by: User, reason: str) -> None:
    """End a declaration that was made in error, with a reason; it stays readable."""
    stamps = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_reason": reason}
    if not Recusal.objects.filter(pk=recusal.pk, withdrawn_at=None).update(**stamps):
        raise StaleState
    record("recusal.withdraw", recusal, by=by, stream=RECUSALS, reason=reason)
