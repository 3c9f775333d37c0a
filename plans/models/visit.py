"""The visit: one team at one target on one date. Everything else hangs on it."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnlyModel
from orgs.models import Organization, Region
from orgs.roles import (
    FILLER,
    SELF_PERMISSIONS,
    TEAM_PERMISSIONS,
    Permission,
    Role,
    TeamRole,
)
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models.draw import Pick
from plans.models.plan import Phase, Plan, unions_below
from plans.models.team import Team, TeamMember
from rubrics.models import Rubric, Version

P = Permission
SELF = Phase.Scorer.SELF
# The issuer knows of every visit of the round, and works with the papers of those who were sent.
LEADING = {P.VISIT_VIEW, P.PLAN_MANAGE}
PAPERS = {P.RESULT_VIEW, P.VISIT_REVIEW, P.BOARD_VIEW}
RESULT = {P.VISIT_VIEW, P.RESULT_VIEW}
# Who may see drafts, single marks, comments and evidence; the others see the released result.
WORKING = {P.VISIT_FILL, P.VISIT_REVIEW}
REGION_READERS = {Role.PROVINCE_STAFF, Role.UNION_STAFF, Role.UNION_ADMIN}


class VisitQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The issuer; the team, by team role; the 总工会 above; unit and region, once released."""
        issued = Q(plan__issuer=scope.organization_id)
        yield Clause(scope.permissions & LEADING, issued)
        yield Clause(scope.permissions & PAPERS, Q(issued, ~Q(scorer=SELF)))
        yield from self._own_checks(scope)
        yield from self._joined(scope)
        below = Q(plan__in=Plan._base_manager.filter(issuer__in=unions_below(scope)).values("pk"))
        yield Clause(scope.permissions & {P.VISIT_VIEW}, below & ~Q(scorer=SELF))
        released = Q(released_at__isnull=False)
        yield Clause(scope.permissions & RESULT, released & Q(target=scope.organization_id))
        if scope.role in REGION_READERS and scope.is_territorial:
            yield Clause(scope.permissions & RESULT, released & scope.region("place"))

    def _own_checks(self, scope: Scope) -> Iterator[Clause]:
        """A 自查 is the unit's own work: its people fill it, its issuer reads it once it is filed.

        Who supervises the unit in the same round never comes to it this way.
        """
        joined = TeamMember.objects.filter(user=scope.user_id).values("team")
        supervised = self.model._base_manager.filter(
            scorer=SELF, plan__visits__team__in=joined, plan__visits__target=F("target")
        )
        filed = Q(plan__issuer=scope.organization_id, scorer=SELF, status=Visit.Status.FILED)
        unseen = Q(pk__in=supervised.values("pk"))
        yield Clause(scope.permissions & {P.RESULT_VIEW}, filed & ~unseen)
        if P.SELF_CHECK in scope.permissions:
            own = Q(target=scope.organization_id, scorer=SELF)
            yield Clause(SELF_PERMISSIONS, own & ~Q(status=Visit.Status.CANCELLED))

    def by_teams(self):
        """Visits of those who were sent: everything but 自查."""
        return self.exclude(scorer=SELF)

    @staticmethod
    def _joined(scope: Scope) -> Iterator[Clause]:
        """What every member of a team may, and what one role of it may beside.

        A role narrows membership, so that a question about members asks for teams once.
        """
        joined = TeamMember.objects.filter(user=scope.user_id)
        open_to = Q(team__in=joined.values("team")) & ~Q(status=Visit.Status.CANCELLED)
        yield Clause(FILLER, open_to)
        for role in TeamRole:
            if TEAM_PERMISSIONS[role] > FILLER:
                as_role = joined.filter(role=role).values("team")
                yield Clause(TEAM_PERMISSIONS[role], Q(open_to, team__in=as_role))

    def open(self):
        return self.exclude(status__in=[Visit.Status.CANCELLED, Visit.Status.ARCHIVED])


class Visit(models.Model):
    """A visit and the state of its papers (the moves are in scoring.workflow)."""

    class Status(models.TextChoices):
        PLANNED = "planned", "未开始"
        FILLING = "filling", "填写中"
        SIGNING = "signing", "待签字"
        SUBMITTED = "submitted", "已提交"
        FILED = "filed", "已报送"  # a 自查, which nobody reviews
        RETURNED = "returned", "已退回"
        CONFIRMED = "confirmed", "已确认"
        ARCHIVED = "archived", "已归档"
        CANCELLED = "cancelled", "已取消"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="visits")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="visits")
    # The phase's, which a published plan never changes: lists and ranks read it without a join.
    scorer = models.CharField(
        "评分人",
        max_length=10,
        choices=Phase.Scorer.choices,
        default=Phase.Scorer.TEAM,
        editable=False,
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    target = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="visits", verbose_name="被督导单位"
    )
    target_kind = models.CharField("对象", max_length=30, choices=Rubric.Target.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="visits")
    # The region's path, which never changes: lists in the order of divisions read one index.
    place = models.CharField("区划路径", max_length=12, editable=False)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="visits", verbose_name="评分表版本"
    )
    pick = models.OneToOneField(
        Pick, on_delete=models.PROTECT, null=True, blank=True, related_name="visit"
    )
    # the 督导 whose result differed from the 帮扶's, for which the experts come again
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    # the 自查 asked of the unit in this round, filed or not, as it stood when the team began
    self_check = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="checked_by"
    )
    mismatched_at = models.DateTimeField("核实结果不一致", null=True, blank=True)
    visit_on = models.DateField("督导日期", null=True, blank=True)
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    status = models.CharField(
        "状态", max_length=10, choices=Status.choices, default=Status.PLANNED, db_index=True
    )
    revision = models.PositiveSmallIntegerField("第几稿", default=1)
    # Stored results of the submitted papers; statistics read these and never score again.
    total = models.DecimalField("总得分", max_digits=7, decimal_places=2, null=True, blank=True)
    applicable = models.DecimalField(
        "应得分", max_digits=7, decimal_places=2, null=True, blank=True
    )
    rate = models.DecimalField("得分率", max_digits=7, decimal_places=6, null=True, blank=True)
    grade = models.CharField("等级", max_length=20, blank=True)
    verdicts = models.JSONField("评价计数", null=True, blank=True)  # good, partly, bad: how many
    # Progress of the present draft, kept with every save, so that lists need no joins.
    answered = models.PositiveSmallIntegerField("已填", default=0)
    questions = models.PositiveSmallIntegerField("得分点数", default=0)
    content_hash = models.CharField("内容哈希", max_length=64, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # 初审, where the plan asks for two reviewers
    vetted_at = models.DateTimeField("初审时间", null=True, blank=True)
    vetted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField("下发时间", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_reason = models.TextField("取消理由", blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导"
        ordering = ["visit_on", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "target"],
                condition=~Q(status="cancelled") & Q(follows=None),
                name="visit_target_once_a_phase",
                violation_error_message="这个单位在本阶段已安排督导。",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=~Q(status="cancelled") & Q(follows__isnull=False),
                name="visit_followed_once",
                violation_error_message="这次督导已安排重新帮扶。",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "filed", "confirmed", "archived"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, total__isnull=False)
                & ~Q(content_hash=""),
                name="visit_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(vetted_at=None, vetted_by=None)
                | Q(vetted_at__isnull=False, vetted_by__isnull=False),
                name="visit_vetted_pair",
            ),
            models.CheckConstraint(
                condition=Q(vetted_by=None)
                | Q(confirmed_by=None)
                | ~Q(confirmed_by=F("vetted_by")),
                name="visit_confirmed_by_another",
                violation_error_message="初审和确认须由两人。",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None)
                | Q(status__in=["confirmed", "archived"], released_by__isnull=False),
                name="visit_released_after_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancelled_reason=""),
                name="visit_cancelled_with_reason",
            ),
            # 自查 is filed and never reviewed, by no team; what a team fills is never just filed
            models.CheckConstraint(
                condition=~Q(scorer="self") & ~Q(status="filed")
                | Q(scorer="self", team=None, self_check=None)
                & ~Q(status__in=["submitted", "confirmed", "archived"]),
                name="visit_self_is_the_units",
            ),
        ]
        indexes = [
            # All that the board and the calendar of a round count by.
            models.Index(
                fields=["plan", "team", "visit_on", "status", "target_kind", "place", "scorer"],
                name="visit_counted",
            ),
            models.Index(fields=["visit_on", "id"], name="visit_day"),
            # One for each order in which a list of one state is read; see chabaocu.lists.
            # scorer comes last where it only has to be looked at beside the order.
            models.Index(fields=["status", "place", "id", "scorer"], name="visit_state_place"),
            models.Index(
                fields=["plan", "status", "place", "id", "scorer"], name="visit_plan_state_place"
            ),
            models.Index(fields=["plan", "status", "visit_on", "id"], name="visit_plan_state_day"),
            models.Index(
                fields=["plan", "status", "submitted_at", "id"], name="visit_plan_submitted"
            ),
            models.Index(fields=["team", "status", "visit_on", "id"], name="visit_team_state_day"),
            models.Index(
                # place and team for the statistics, which read nothing else of a round
                fields=["plan", "target_kind", "scorer", "status", "-rate", "-total"]
                + ["id", "place", "team"],
                name="visit_ranking",
            ),
        ]

    def __str__(self):
        return f"{self.target}"

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.place = self.region.path
            self.scorer = self.phase.scorer
        super().save(*args, **kwargs)

    @property
    def stream(self) -> str:
        """The audit chain of this visit."""
        return f"visit-{self.pk}"

    @property
    def is_self(self) -> bool:
        """Whether the unit fills it for itself (自查)."""
        return self.scorer == SELF

    @property
    def is_editable(self) -> bool:
        """Whether the papers can still be filled (an issued state, never a permission)."""
        return self.status in EDITABLE


EDITABLE = frozenset(
    {Visit.Status.PLANNED, Visit.Status.FILLING, Visit.Status.SIGNING, Visit.Status.RETURNED}
)


def visit_holders(scope: Scope) -> Iterator[tuple[frozenset[Permission], models.QuerySet]]:
    """Files of a visit are evidence: seen by those who fill or review it (attachments.holders)."""
    for clause in Visit.objects.all().clauses(scope):
        if clause.grants & WORKING:
            yield clause.grants, Visit._base_manager.filter(clause.rows)


class VisitEvent(AppendOnlyModel):
    """One move of a visit's papers: who, when, from where to where, and why."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="events")
    move = models.CharField("操作", max_length=20)
    source = models.CharField("原状态", max_length=10, choices=Visit.Status.choices)
    target = models.CharField("新状态", max_length=10, choices=Visit.Status.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督导经过"
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.move} {self.at:%m-%d %H:%M}"
