"""Words of 督导资料 in templates."""

from django import template

from materials.models import Material

register = template.Library()
LABELS = dict(Material.Kind.choices)


@register.filter
def material_kind(kind: str) -> str:
    """汇报材料 for ``briefing``."""
    return LABELS[kind]
