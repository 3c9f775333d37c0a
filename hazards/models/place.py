"""Where in a unit something is: 厂 → 车间 → 班组 → 岗位, the four levels that look for hazards."""

import secrets
from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet

P = Permission
TAKEN = "这里已经有同名的场所。"
OWN = frozenset({P.HAZARD_REPORT, P.HAZARD_VIEW, P.HAZARD_HANDLE, P.HAZARD_SETUP})


def new_token() -> str:
    """What a place's QR code says: nobody guesses the next one."""
    return secrets.token_urlsafe(12)


class PlaceQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit's own people; the unions above read."""
        yield Clause(scope.permissions & OWN, Q(unit=scope.organization_id))
        above = scope.permissions & {P.HAZARD_VIEW}
        yield Clause(above, scope.region("unit__region__path"))

    def active(self):
        return self.filter(closed_at=None)


class Place(models.Model):
    """A 车间, 班组 or 岗位 of a unit, with the code on its wall (源3 四（一）：四级排查)."""

    class Level(models.TextChoices):
        PLANT = "plant", "厂（矿）"
        WORKSHOP = "workshop", "车间（区、队）"
        TEAM = "team", "班组"
        POST = "post", "岗位"

    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="places", verbose_name="单位"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上一级",
    )
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    name = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("顺序", default=0)  # among those below one parent
    token = models.CharField("二维码", max_length=24, unique=True, default=new_token)
    # nobody can have looked for hazards there before
    opened_on = models.DateField("启用日期", default=timezone.localdate)
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "场所"
        ordering = ["unit_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(closed_at=None, parent__isnull=False),
                name="place_name_once_below",
                violation_error_message=TAKEN,
            ),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(closed_at=None, parent=None),
                name="place_name_once_in_unit",
                violation_error_message=TAKEN,
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def stream(self) -> str:
        """The audit chain of the unit's places."""
        return f"places-{self.unit_id}"
