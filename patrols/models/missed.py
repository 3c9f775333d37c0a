"""A patrol that was missed and told, and up to which day a unit's patrols were looked at."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hazards.models import Place
from orgs.models import Organization
from patrols.periods import Period


class Watch(models.Model):
    """Every period of the unit that ended by ``through`` is told, where nobody patrolled in it.

    Who tells takes the row first; who takes a patrol back sets it back, so that its day is looked
    at again.
    """

    unit = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="+")
    through = models.DateField("看到哪天")

    class Meta:
        verbose_name = verbose_name_plural = "漏查核对"
        ordering = ["pk"]
        indexes = [models.Index(fields=["through", "unit"], name="patrol_watch_through")]

    def __str__(self):
        return f"{self.unit_id} {self.through:%Y-%m-%d}"


class Missed(models.Model):
    """A period of a place that ended without a patrol, kept when it was told: once.

    It waits until the place is patrolled, or nobody asks for that any more.
    """

    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="missed")
    first_on = models.DateField("从")
    last_on = models.DateField("到")
    told_at = models.DateTimeField("告知时间", default=timezone.now)
    settled_on = models.DateField("了结日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "漏查告知"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "last_on"], name="patrol_missed_once"),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="patrol_missed_first_to_last"
            ),
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(settled_on=None), name="patrol_missed_open"),
        ]

    def __str__(self):
        return f"{self.place} {self.period}"

    @property
    def period(self) -> Period:
        """The days in which nobody came."""
        return Period(self.first_on, self.last_on)
