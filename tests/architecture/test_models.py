"""Every model is decided about: may its rows change, and who may see them?"""

import pytest
from django.apps import apps

from audit.models import AppendOnlyError, AppendOnlyModel, AppendOnlyQuerySet
from orgs.scope import ScopedQuerySet
from tests.architecture.models import APPEND_ONLY, CHANGING, REACHED_THROUGH, SCOPED
from tests.architecture.source import APPS

MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


def _labels(wanted):
    return {model._meta.label for model in MODELS if wanted(model)}


def test_every_model_is_append_only_or_changing():
    assert _labels(lambda model: True) == APPEND_ONLY | CHANGING
    assert APPEND_ONLY.isdisjoint(CHANGING)


def test_append_only_models_refuse_changes():
    assert _labels(lambda model: issubclass(model, AppendOnlyModel)) == APPEND_ONLY


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
def test_append_only_rows_cannot_be_updated_or_deleted_in_bulk(label):
    rows = apps.get_model(label)._default_manager.all()
    if not isinstance(rows, AppendOnlyQuerySet):
        pytest.fail(f"{label} has a manager that lets bulk changes through")
    for change in (lambda: rows.update(pk=1), rows.delete):
        with pytest.raises(AppendOnlyError):
            change()


def test_every_model_is_scoped_or_says_how_it_is_reached():
    assert _labels(lambda model: True) == SCOPED | set(REACHED_THROUGH)
    scoped = _labels(lambda model: isinstance(model._default_manager.all(), ScopedQuerySet))
    assert scoped == SCOPED


def test_every_scoped_model_spells_its_clauses():
    silent = [
        model._meta.label
        for model in MODELS
        if model._meta.label in SCOPED
        and type(model._default_manager.all()).clauses is ScopedQuerySet.clauses
    ]
    assert silent == []


def test_every_foreign_key_names_what_happens_on_deletion():
    """PROTECT, or CASCADE for parts of a whole; a silent SET_NULL would lose who did it."""
    odd = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and not field.many_to_many
        and field.remote_field.on_delete.__name__ not in {"PROTECT", "CASCADE", "RESTRICT"}
    ]
    assert odd == []
