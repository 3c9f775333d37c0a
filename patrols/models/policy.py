"""How often the places of a level are patrolled, and whose duty a place is."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hazards.models import Place
from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet
from patrols.coverage import Rule
from patrols.periods import Every
from patrols.sources import LABELS

P = Permission
OWN = frozenset({P.HAZARD_REPORT, P.HAZARD_VIEW, P.HAZARD_HANDLE, P.HAZARD_SETUP})


class PolicyQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit's own people; the unions above read."""
        yield Clause(scope.permissions & OWN, Q(unit=scope.organization_id))
        above = scope.permissions & {P.HAZARD_VIEW}
        yield Clause(above, scope.region("unit__region__path"))
        if not scope.is_territorial:
            kin = Organization._base_manager.filter(parent=scope.organization_id)
            yield Clause(above, Q(unit__in=kin.values("pk")))

    def standing(self):
        """Those that nobody ended yet."""
        return self.filter(ends_on=None)


class Policy(models.Model):
    """How often one level of a unit is patrolled, from a day on; never changed, only followed."""

    EVERY = [(every.value, LABELS[every]) for every in Every]

    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="patrol_policies", verbose_name="单位"
    )
    level = models.CharField("层级", max_length=10, choices=Place.Level.choices)
    every = models.CharField("排查频次", max_length=12, choices=EVERY)
    rest_days = models.BooleanField("休息日也排查", default=False)
    starts_on = models.DateField("开始日期", default=timezone.localdate)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="规定人"
    )
    set_at = models.DateTimeField("规定时间", default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    reason = models.CharField("终止理由", max_length=200, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "排查规定"
        ordering = ["unit_id", "-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "level"],
                condition=Q(ends_on=None),
                name="patrol_policy_once_a_level",
                violation_error_message="这一级已经有排查规定。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_by=None, ended_at=None, reason="")
                | (Q(ends_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False))
                & ~Q(reason=""),
                name="patrol_policy_ended_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}{self.get_every_display()}"

    @property
    def stream(self) -> str:
        """The audit chain of the unit's patrols."""
        return f"patrols-{self.unit_id}"

    @property
    def rule(self) -> Rule:
        """As the pure modules read it."""
        return Rule(self.every, self.starts_on, self.ends_on, self.rest_days)


class DutyQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit's own people alone."""
        yield Clause(scope.permissions & OWN, Q(unit=scope.organization_id))

    def standing(self):
        """Those that nobody ended yet."""
        return self.filter(ended_at=None)


class Duty(models.Model):
    """Whose daily, weekly or half-monthly duty it is to look at one place."""

    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="duties", verbose_name="场所"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="patrol_duties",
        verbose_name="排查人",
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("安排时间", default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "排查安排"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended_at=None), name="patrol_duty_once_a_place"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__gte=F("given_at"), ended_by__isnull=False),
                name="patrol_duty_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["unit", "ended_at"], name="patrol_duty_unit")]

    def __str__(self):
        return f"{self.place} {self.person}"
