"""Every link on a visit's page opens for whoever is offered it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Visit
from tests.factories import papers

LINK = re.compile(r'href="(/[^"#?]*)"')
NOT_OURS = ("/static/", "/files/")


def dead_links(client, page):
    found = {link for link in LINK.findall(page) if not link.startswith(NOT_OURS)}
    return {link for link in found if client.get(link, follow=True).status_code != 200}


def release(world):
    Visit.objects.filter(pk=world.enterprise_visit.pk).update(
        status="confirmed",
        submitted_at=timezone.now(),
        submitted_by=world.leader,
        confirmed_at=timezone.now(),
        confirmed_by=world.province,
        released_at=timezone.now(),
        released_by=world.province,
        total=9,
        content_hash="0" * 64,
    )


@pytest.mark.parametrize("name", ["leader", "member", "province"])
def test_links_of_a_planned_visit_open(world, as_, name):
    client = as_(world.people[name])
    page = client.get(reverse("plans:visit_detail", args=[world.visit.pk])).content.decode()
    assert dead_links(client, page) == set()


@pytest.mark.parametrize("name", ["leader", "member", "province"])
def test_links_of_a_visit_being_filled_open(world, as_, name):
    visit = papers.signed(world)
    client = as_(world.people[name])
    page = client.get(reverse("plans:visit_detail", args=[visit.pk])).content.decode()
    assert dead_links(client, page) == set()


def test_inspected_unit_is_offered_its_result_and_no_draft(world, as_):
    release(world)
    url = reverse("plans:visit_detail", args=[world.enterprise_visit.pk])
    pages = as_(world.officer).get(url).context["pages"]
    assert [page.label for page in pages] == ["督导结果", "打印与下载"]
