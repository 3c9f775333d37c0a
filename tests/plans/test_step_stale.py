"""Two people on one step of a draft: nobody's work is replaced unseen, nothing typed is lost."""

from functools import partial

import pytest
from django.urls import reverse

from plans import actions
from plans.drafts import Seen, fingerprint
from plans.models import Plan
from tests.cast import build_world
from tests.edits import OVER, SEEN
from tests.factories.plans import drafted
from tests.races import at_once

CLIENTS = 6


def step(plan, key="basis"):
    return reverse(f"plans:plan_{key}", args=[plan.pk])


def sent(client, url, **typed):
    """What a browser sends that has the page open: every field as shown, and what was typed."""
    page = client.get(url)
    form = page.context["form"]
    forms = getattr(form, "forms", [form])
    data = {f.add_prefix(n): f[n].value() for f in forms for n in f.fields}
    if hasattr(form, "management_form"):
        data |= form.management_form.initial | {
            f"phase-{k}": v for k, v in form.management_form.initial.items()
        }
    data["seen"] = SEEN.search(page.content.decode())[1]
    return {k: "" if v is None else v for k, v in data.items()} | typed


STEPS = {
    "basis": ({"basis": "先存的"}, {"basis": "后存的"}),
    "rule": ({"per_city": 3}, {"per_city": 4}),
    "rubrics": ({"county_union": ""}, {"enterprise_union": ""}),
    "phases": ({"phase-0-name": "先存的"}, {"phase-0-name": "后存的"}),
}


@pytest.mark.parametrize("key", STEPS)
def test_a_late_save_is_refused_and_shows_both(world, as_, draft, key):
    first, second = as_(world.people["province2"]), as_(world.province)
    theirs, mine = STEPS[key]
    url = step(draft, key)
    early, late = sent(first, url, **theirs), sent(second, url, **mine)
    assert first.post(url, early).status_code == 302
    stood = fingerprint(Plan.objects.get(pk=draft.pk), key)
    page = second.post(url, late)
    assert fingerprint(Plan.objects.get(pk=draft.pk), key) == stood
    text = page.content.decode()
    assert f"{world.people['province2'].name} " in text
    assert page.context["differences"] != []
    for name, typed in mine.items():
        forms = getattr(page.context["form"], "forms", [page.context["form"]])
        [field] = [f[n] for f in forms for n in f.fields if f.add_prefix(n) == name]
        assert str(field.value()) == str(typed)


def test_one_press_keeps_mine(world, as_, draft):
    first, second = as_(world.people["province2"]), as_(world.province)
    url = step(draft)
    early, late = sent(first, url, basis="先存的"), sent(second, url, basis="后存的")
    first.post(url, early)
    over = OVER.search(second.post(url, late).content.decode())[1]
    assert second.post(url, late | {"over": over}).status_code == 302
    assert Plan.objects.get(pk=draft.pk).basis == "后存的"


def test_autosave_obeys_too_and_tells_what_it_saw(world, as_, draft):
    first, second = as_(world.people["province2"]), as_(world.province)
    url, htmx = step(draft), {"HX-Request": "true"}
    early, late = sent(first, url, basis="先存的"), sent(second, url, basis="后存的")
    saved = first.post(url, early, headers=htmx)
    told = second.post(url, late, headers=htmx)
    assert (saved.status_code, told.status_code) == (200, 409)
    assert 'id="stale" hx-swap-oob="true"' in told.content.decode()
    assert Plan.objects.get(pk=draft.pk).basis == "先存的"
    seen = SEEN.search(saved.content.decode())[1]
    again = first.post(url, early | {"seen": seen, "basis": "又存的"}, headers=htmx)
    assert again.status_code == 200


def test_another_step_stands_in_nobodys_way(world, as_, draft):
    first, second = as_(world.people["province2"]), as_(world.province)
    late = sent(second, step(draft), basis="后存的")
    first.post(step(draft, "rule"), sent(first, step(draft, "rule"), per_city=3))
    assert second.post(step(draft), late).status_code == 302


def save_at_once(world):
    """All have opened the same page; all save."""
    plan = drafted(world.orgs["province_union"], world.province)
    seen = Seen("basis", fingerprint(plan, "basis"))
    name = "第{}人".format
    return at_once(
        [
            partial(actions.save_draft, plan, by=world.province, seen=seen, basis=name(n))
            for n in range(CLIENTS)
        ]
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_six_who_save_at_once_one_is_stored():
    assert save_at_once(build_world()) == {"done": 1, "StepChangedError": CLIENTS - 1}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_check_the_last_one_wins(monkeypatch):
    monkeypatch.setattr(Seen, "check", lambda self, plan: None)
    assert save_at_once(build_world()) == {"done": CLIENTS}
