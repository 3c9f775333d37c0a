"""Where words are found (hazards.kept_words); what there is already is kept in it."""

from django.db import migrations

from hazards import kept_words

BATCH = 2000


def make(apps, schema_editor):
    for statement in kept_words.MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    hazards = apps.get_model("hazards", "Hazard").objects.order_by("pk")
    said = hazards.values_list("pk", "region_path", "number", "where", "text")
    batch = []
    for pk, path, *texts in said.iterator(chunk_size=BATCH):
        batch.append(kept_words.Said(pk, path, texts))
        if len(batch) == BATCH:
            kept_words.keep(batch)
            batch = []
    kept_words.keep(batch)


def drop(apps, schema_editor):
    schema_editor.execute(kept_words.DROPPED)


class Migration(migrations.Migration):

    dependencies = [("hazards", "0007_ledger_views")]

    operations = [migrations.RunPython(make, drop)]
