"""A published version and its parts cannot be changed: every way in is closed here.

Only the named moves of rubrics.actions pass, through the base manager.
"""

from typing import Any

from django.db import models

ISSUED = ("published", "retired", "cancelled")  # these stand still


class PublishedVersionError(RuntimeError):
    """Somebody tried to change a published version; a change makes a new version."""


class FrozenRows(models.QuerySet):
    """A queryset that changes rows of drafts only."""

    def update(self, **changes: Any) -> int:
        self._refuse_published()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    def bulk_create(self, objs, *args: Any, **kwargs: Any):
        objs = list(objs)
        self.model.refuse_published_owners(objs)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, fields, batch_size=None):
        objs = list(objs)
        refuse(self.model, [row.pk for row in objs])
        self.model.refuse_published_owners(objs)
        return super().bulk_update(objs, fields, batch_size)

    def _refuse_published(self) -> None:
        refuse(self.model, self.values("pk"))


def refuse(model: type["Frozen"], keys: Any) -> None:
    """Raise if any of these stored rows belongs to a version that has been published."""
    stored = model._base_manager.filter(pk__in=keys)
    if stored.filter(**{f"{model.status_path}__in": ISSUED}).exists():
        raise PublishedVersionError(model.__name__)


class Frozen(models.Model):
    """A row that stands still once its version is published."""

    status_path = "status"  # from the row to its version's status
    owner = ""  # the parent a new row is added to; none for the version itself

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse(type(self), [self.pk])
        self.refuse_published_owners([self])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse(type(self), [self.pk])
        return super().delete(*args, **kwargs)

    @classmethod
    def refuse_published_owners(cls, rows: list["Frozen"]) -> None:
        """Adding to a published version changes it too."""
        if cls.owner:
            parent = cls._meta.get_field(cls.owner).related_model
            refuse(parent, [getattr(row, f"{cls.owner}_id") for row in rows])
