"""Find a visit's papers for one person: 404 outside their scope, 403 without the right."""

from typing import Any

from django.core.exceptions import PermissionDenied

from orgs.access import fetch
from orgs.roles import Permission
from plans.models import Visit
from scoring import statements
from scoring.models import Scoresheet

P = Permission
PAPERS = Visit.objects.select_related(
    "plan__issuer", "phase", "target", "region__parent", "team", "version__rubric"
)


def fetch_to_fill(user: Any, pk: int, permission: Permission = P.VISIT_FILL) -> Visit:
    """A visit whose papers this person works on."""
    return fetch(PAPERS.all(), user, permission, pk=pk)


def fetch_draft(user: Any, pk: int) -> Scoresheet:
    """The draft with what a save needs, in one statement for who may fill it; else 404 or 403."""
    if user.is_active and (found := statements.fillable(user.scope).first(pk=pk)):
        return found
    drafts = Scoresheet.objects.select_related("visit", "version")
    return fetch(drafts, user, P.VISIT_FILL, pk=pk)


def fetch_to_read(user: Any, pk: int) -> Visit:
    """A visit whose drafts this person may read: its team and its issuer's reviewers.

    The inspected unit, once the result is released, reads the result and no draft.
    """
    visit = fetch(PAPERS.all(), user, pk=pk)
    if not any(
        Visit.objects.permitted(user, permission).filter(pk=pk).exists()
        for permission in (P.VISIT_FILL, P.VISIT_REVIEW)
    ):
        raise PermissionDenied
    return visit


def may(user: Any, visit: Visit, permission: Permission) -> bool:
    """Whether this person has ``permission`` on this visit."""
    return Visit.objects.permitted(user, permission).filter(pk=visit.pk).exists()
