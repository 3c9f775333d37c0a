"""Rewards granted before there was a ledger: their lines, from the history of the hazards."""

from decimal import Decimal

from django.db import migrations
from django.db.models import Q


def keep(apps, schema_editor):
    reward = apps.get_model("rewards", "Reward")
    for event in _granted(apps).select_related("hazard__reported_by").order_by("pk").iterator():
        hazard, amount = event.hazard, Decimal(event.said.get("amount") or 0)
        name = hazard.reported_by.name if hazard.reported_by else hazard.reporter_name
        if amount > 0 and hazard.reported_by_id != event.by_id:
            fields = {
                "unit_id": hazard.unit_id,
                "region_path": hazard.region_path,
                "recipient_id": hazard.reported_by_id,
                "recipient_name": name,
                "amount": amount,
                "note": event.note,
                "granted_by_id": event.by_id,
                "granted_at": event.at,
            }
            reward.objects.get_or_create(hazard=hazard, defaults=fields)


def _granted(apps):
    events = apps.get_model("hazards", "HazardEvent")
    return events._base_manager.filter(Q(move="reward") & Q(by__isnull=False))


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_rewards")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
