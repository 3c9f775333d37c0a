"""Fetch one object for one person, or say 404 or 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from orgs.roles import Permission

M = TypeVar("M", bound=models.Model)


def fetch(
    source: type[M] | QuerySet[M], user: Any, permission: Permission | None = None, **lookup: Any
) -> M:
    """One object inside the person's scope, on which they have ``permission``.

    Outside their scope it does not exist (Http404); inside, without the permission there,
    PermissionDenied.
    """
    queryset = source if isinstance(source, QuerySet) else source.objects.all()
    found = get_object_or_404(queryset.visible_to(user), **lookup)
    if permission and not queryset.permitted(user, permission).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def granted(row: models.Model, user: Any, *permissions: Permission) -> frozenset[Permission]:
    """Which of these permissions the person has on this row."""
    rows = type(row).objects.all()
    held = (p for p in permissions if rows.permitted(user, p).filter(pk=row.pk).exists())
    return frozenset(held)


def requires(permission: Permission) -> Callable:
    """Guard a view that has no object: the person's global role must grant ``permission``."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if permission not in request.user.scope.permissions:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.requires = permission
        return guarded

    return decorate
