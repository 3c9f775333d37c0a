"""督导资料: what a team hands in beside the papers of its visits (源1 四（四）, 源2 六)."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models import Plan, Team, TeamMember

P = Permission
HOLDER = "material"
DESK = frozenset({P.BOARD_VIEW, P.VISIT_REVIEW})
TEAM = frozenset({P.VISIT_FILL})
SEPARATOR = "、"


class MaterialQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The issuer of the round, and the team that visited the place. Nobody else."""
        yield Clause(scope.permissions & DESK, Q(plan__issuer=scope.organization_id))
        joined = TeamMember.objects.filter(user=scope.user_id).values("team")
        yield Clause(TEAM, Q(team__in=joined))

    def live(self):
        """Handed in and not withdrawn."""
        return self.exclude(status=Material.Status.WITHDRAWN)

    def experiences(self):
        """典型经验材料 that were taken in."""
        return self.filter(kind=Material.Kind.EXPERIENCE, status=Material.Status.HELD)


class Material(models.Model):
    """One piece of one unit in one round; its files hang on it (attachments, ``HOLDER``)."""

    class Kind(models.TextChoices):
        BRIEFING = "briefing", "汇报材料"
        EXPERIENCE = "experience", "典型经验材料"
        REPORT = "report", "督导检查报告"
        OTHER = "other", "其他资料"

    class Status(models.TextChoices):
        HELD = "held", "已收"
        RETURNED = "returned", "已退回"
        WITHDRAWN = "withdrawn", "已作废"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="materials")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="materials", verbose_name="单位"
    )
    # Where the unit was visited (materials.table.place_of): the table is counted by it.
    place = models.CharField("区划路径", max_length=12, editable=False)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="materials"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    title = models.CharField("标题", max_length=100)
    summary = models.TextField("摘要", max_length=1000, blank=True)
    tags = models.CharField("标签", max_length=120, blank=True)  # 、班组、奖励、
    material_id = models.UUIDField("编号", unique=True)  # minted by the page: once, whatever
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.HELD)
    reason = models.TextField("理由", max_length=300, blank=True)  # of a return or a withdrawal
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="报送人"
    )
    filed_at = models.DateTimeField("报送时间", default=timezone.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField("办理时间", null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导资料"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["plan", "place", "kind", "status"], name="material_of_a_place"),
            models.Index(fields=["kind", "status", "id"], name="material_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="held") | ~Q(reason=""), name="material_moved_with_a_reason"
            )
        ]

    def __str__(self):
        return self.title

    @property
    def tag_list(self) -> list[str]:
        return [tag for tag in self.tags.split(SEPARATOR) if tag]


def material_holders(scope: Scope) -> Iterator[tuple[frozenset[Permission], models.QuerySet]]:
    """A file is seen by who sees its material (attachments.holders)."""
    for clause in Material.objects.all().clauses(scope):
        if clause.grants:
            yield clause.grants, Material._base_manager.filter(clause.rows)
