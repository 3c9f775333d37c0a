"""Every link from what is missing, and from a problem, ends at something on its page."""

from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest
from django.urls import reverse

from plans.models import Visit
from scoring import findings
from scoring.models import Answer
from tests.factories import papers


class Page(HTMLParser):
    """The ids of a page, and the links that name a place."""

    def __init__(self, response):
        super().__init__()
        self.ids, self.links = set(), set()
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.ids.add(said.get("id"))
        if tag == "a" and "#" in said.get("href", ""):
            self.links.add(said["href"])


def url(name, visit):
    return reverse(f"scoring:{name}", args=[visit.pk])


@pytest.fixture
def visit(world):
    """One point open, one in dispute, one without its reason and a problem from it; no texts."""
    sheet = papers.started(world.visit, world.leader)
    papers.answer(sheet, "1-1", {"points": "1"}, world.member, reason="")
    papers.answer(sheet, "2", {"level": 0}, world.member, state=Answer.State.DISPUTED)
    findings.add(sheet, by=world.leader, text="示例问题", code="1-1")
    return Visit.objects.get(pk=world.visit.pk)


@pytest.mark.parametrize("name", ["record", "submit", "sheet"])
def test_every_link_to_a_place_ends_there(visit, world, as_, name):
    client = as_(world.leader)
    address = url(name, visit)
    links = Page(client.get(address)).links - {"#main"}
    assert len(links) >= 4  # or nothing is tested
    for link in links:
        to, place = urldefrag(link)
        assert place in Page(client.get(to or address)).ids, link


def test_the_files_of_a_point_lead_back_to_it(visit, world, as_):
    client = as_(world.leader)
    address = reverse("scoring:point_files", args=[visit.sheets.get().pk, "1-1"])
    to, place = urldefrag(client.get(address).context["back"])
    assert place in Page(client.get(to)).ids
