"""督导意见: the letter with the problems of a visit, which the unit answers until it is closed."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from audit.models import AppendOnlyModel
from orgs.models import Organization
from orgs.roles import Permission, Role
from orgs.scope import Clause, Scope, ScopedQuerySet
from plans.models import Plan, Visit
from scoring.models import Finding

P = Permission
HOLDER = "letter"
DESK = frozenset({P.VISIT_REVIEW})
UNIT = frozenset({P.RESULT_VIEW, P.SELF_CHECK})
READ = frozenset({P.RESULT_VIEW})
REGION_READERS = {Role.PROVINCE_STAFF, Role.UNION_STAFF, Role.UNION_ADMIN}


class LetterQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The issuer of the round; the unit it went to; the 总工会 above that unit, to read."""
        issued = Q(plan__issuer=scope.organization_id)
        yield Clause(scope.permissions & (DESK | READ), issued)
        sent = ~Q(status=Letter.Status.WITHDRAWN)
        yield Clause(scope.permissions & UNIT, sent & Q(unit=scope.organization_id))
        if scope.role in REGION_READERS and scope.is_territorial:
            elsewhere = ~Q(unit=scope.organization_id)
            yield Clause(scope.permissions & READ, sent & elsewhere & scope.region("place"))

    def live(self):
        return self.exclude(status=Letter.Status.WITHDRAWN)

    def awaited(self):
        """Letters the unit has to answer."""
        return self.filter(status__in=[Letter.Status.SENT, Letter.Status.RETURNED])


class Letter(models.Model):
    """One letter to one unit about one visit; ``step`` counts what people did with it.

    A change is a compare-and-set on ``step``, so that of two who act at once one looks again.
    """

    class Status(models.TextChoices):
        SENT = "sent", "待答复"
        ANSWERED = "answered", "已答复"
        RETURNED = "returned", "退回重答"
        CLOSED = "closed", "已办结"
        WITHDRAWN = "withdrawn", "已撤回"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="letters")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="letters")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="letters", verbose_name="单位"
    )
    # The unit's region as a path, which never changes: lists read one index.
    place = models.CharField("区划路径", max_length=12, editable=False)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.SENT)
    step = models.PositiveIntegerField("第几步", default=0)
    due_on = models.DateField("答复期限")
    reason = models.TextField("理由", max_length=300, blank=True)  # of a return or a withdrawal
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="发出人"
    )
    sent_at = models.DateTimeField("发出时间", default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField("办理时间", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导意见"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["plan", "status", "id"], name="letter_of_a_round"),
            models.Index(fields=["unit", "id"], name="letter_of_a_unit"),
            models.Index(fields=["status", "due_on", "id"], name="letter_due"),
            models.Index(fields=["place", "id"], name="letter_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=~Q(status="withdrawn"), name="letter_once_a_visit"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "closed"]) | Q(answered_at__isnull=False),
                name="letter_closed_when_answered",
            ),
        ]

    def __str__(self):
        return f"{self.unit}的督导意见"

    def days_late(self, today) -> int:
        """Days past the term while an answer is awaited; 0 otherwise."""
        awaited = self.status in {self.Status.SENT, self.Status.RETURNED}
        return max((today - self.due_on).days, 0) if awaited else 0


class LetterEntry(models.Model):
    """One problem in a letter, and what the unit says it did about it."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="entries")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("序号")
    answer = models.TextField("整改情况", max_length=1000, blank=True)
    done_on = models.DateField("整改完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督导意见条目"
        ordering = ["letter", "order"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "finding"], name="letter_entry_once")
        ]

    def __str__(self):
        return str(self.finding)

    @property
    def slot(self) -> str:
        """Where its own evidence hangs among the letter's files."""
        return f"entry:{self.pk}"


class LetterEscalation(AppendOnlyModel):
    """A missed answer told one step upward, once for one term."""

    class Step(models.TextChoices):
        UNIT = "unit", "单位"
        COUNTY = "county", "县级工会"
        CITY = "city", "市级工会"
        ISSUER = "issuer", "发文工会"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="escalations")
    due_on = models.DateField("答复期限")
    step = models.CharField("报到", max_length=10, choices=Step.choices)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "逾期未答复上报"
        ordering = ["letter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "due_on", "step"], name="letter_escalation_once"
            )
        ]

    def __str__(self):
        return f"{self.letter}：{self.get_step_display()}"


def letter_holders(scope: Scope) -> Iterator[tuple[frozenset[Permission], models.QuerySet]]:
    """A file is seen by who sees its letter (attachments.holders)."""
    for clause in Letter.objects.all().clauses(scope):
        if clause.grants:
            yield clause.grants, Letter._base_manager.filter(clause.rows)
