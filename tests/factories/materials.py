"""Pieces of a round, handed in with the action people use."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from materials import actions
from materials.models import Material
from materials.table import team_at
from orgs.models import Organization, User
from plans.models import Plan
from tests.attachments.samples import photo


def upload(name: str = "示例.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo())


def piece(plan: Plan, unit: Organization, *, by: User, **said) -> Material:
    """A 汇报材料 of the unit with one photo, of the team that visits it."""
    fields = {"kind": "briefing", "title": f"示例{unit}", "summary": "", "tags": ""} | said
    return actions.hand_in(
        plan,
        unit,
        team=team_at(plan, unit, by),
        material_id=uuid4(),
        uploads=[upload()],
        by=by,
        **fields,
    )
