"""How each person likes to read the ledger: their own views and columns, nobody else's."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet


class LedgerViewQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """One's own."""
        yield Clause(scope.permissions & {Permission.HAZARD_VIEW}, Q(owner=scope.user_id))


class LedgerView(models.Model):
    """A filter of the ledger under a name; the default one is what the ledger opens with."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=500)
    is_default = models.BooleanField("打开台账时用", default=False)

    objects = LedgerViewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账视图"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="ledger_view_name_once"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="ledger_view_one_default"
            ),
        ]

    def __str__(self):
        return self.name


class LedgerLayout(models.Model):
    """The columns one person wants to see, in their order."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    columns = models.JSONField("列", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "台账的列"

    def __str__(self):
        return f"{self.owner_id}"
