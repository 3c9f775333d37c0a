"""A patrol as it was done: where, when, by whom, and what was found."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from audit.models import AppendOnlyModel
from hazards.models import Hazard, Place
from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet

P = Permission
OWN = frozenset({P.HAZARD_REPORT, P.HAZARD_VIEW, P.HAZARD_HANDLE})
MINE = frozenset({P.HAZARD_FOLLOW})


class PatrolQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit's own people; the unions above are told numbers, never the rows."""
        yield Clause(scope.permissions & OWN, Q(unit=scope.organization_id))
        yield Clause(MINE, Q(by=scope.user_id))

    def live(self):
        """Without those taken back."""
        return self.filter(cancelled_at=None)


class Patrol(models.Model):
    """One patrol of one place on one day; without findings it is kept, too (源2、源3).

    Never deleted: who recorded it by mistake, or the safety office, cancels it with a reason.
    """

    patrol_id = models.UUIDField("排查编号", unique=True)  # minted by the page: once, whatever
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="patrols", verbose_name="场所"
    )
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="patrols", verbose_name="单位"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="排查人"
    )
    done_on = models.DateField("排查日期", default=timezone.localdate)
    done_at = models.DateTimeField("排查时间", default=timezone.now)
    # when it reached us, where the phone that kept it had no network
    sent_at = models.DateTimeField("送达时间", null=True, blank=True)
    found = models.PositiveSmallIntegerField("发现隐患", default=0)
    cancelled_at = models.DateTimeField("作废时间", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("作废理由", max_length=200, blank=True)

    objects = PatrolQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "排查"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(reason=""),
                name="patrol_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gt=F("done_at")),
                name="patrol_sent_after_it_was_done",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "done_on", "place"], name="patrol_unit_day"),
            models.Index(fields=["place", "done_on"], name="patrol_place_day"),
            models.Index(fields=["by", "id"], name="patrol_by"),
        ]

    def __str__(self):
        return f"{self.place} {self.done_on:%Y-%m-%d}"

    @property
    def stream(self) -> str:
        """The audit chain of the unit's patrols."""
        return f"patrols-{self.unit_id}"


class Found(AppendOnlyModel):
    """A hazard that a patrol found."""

    patrol = models.ForeignKey(Patrol, on_delete=models.PROTECT, related_name="findings")
    hazard = models.OneToOneField(Hazard, on_delete=models.PROTECT, related_name="patrol_finding")

    class Meta:
        verbose_name = verbose_name_plural = "排查发现"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.patrol} {self.hazard}"
