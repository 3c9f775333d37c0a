"""督导转入: once, with the photos of the point, by who may, for a workplace."""

import pytest
from django.urls import reverse

from attachments.models import Attachment
from chabaocu.errors import Refused
from hazards.models import Hazard
from hazards.transfer import transfer
from scoring import findings
from tests.factories import papers


@pytest.fixture
def finding(world):
    sheet = papers.started(world.enterprise_visit, world.leader)
    return findings.add(sheet, by=world.member, text="示例：配电室无挡鼠板", code="1-1")


def page(finding):
    return reverse("hazards:from_finding", args=[finding.pk])


def photo(visit, by, slot):
    return Attachment.objects.create(
        kind="photo",
        sha256="1" * 64,
        content_type="image/jpeg",
        size=1,
        name="示例.jpg",
        holder_type="visit",
        holder_id=visit.pk,
        slot=slot,
        upload_id=f"00000000-0000-0000-0000-00000000000{slot[-1]}",
        uploaded_by=by,
    )


def test_a_problem_becomes_a_hazard_of_its_unit(as_, world, finding):
    photo(world.enterprise_visit, world.member, "1-1")
    photo(world.enterprise_visit, world.member, "1-2")
    answer = as_(world.leader).post(page(finding), {"where": "示例：配电室", "kind": "power"})
    hazard = Hazard.objects.get()
    assert answer.url == reverse("hazards:follow", args=[hazard.pk])
    assert (hazard.unit, hazard.source) == (world.orgs["enterprise_a1"], "finding")
    assert (hazard.text, hazard.finding) == ("示例：配电室无挡鼠板", finding)
    held = Attachment.objects.get(holder_type="hazard")
    assert (held.holder_id, held.slot, held.sha256) == (hazard.pk, "before", "1" * 64)
    assert Attachment.objects.filter(holder_type="visit").count() == 2


def test_it_is_transferred_once(world, finding):
    first = transfer(finding, by=world.leader, where="示例", kind="power")
    with pytest.raises(Refused, match=first.number):
        transfer(finding, by=world.member, where="示例", kind="power")
    assert Hazard.objects.count() == 1


def test_a_union_has_no_hazards(world):
    sheet = papers.started(world.visit, world.leader)
    finding = findings.add(sheet, by=world.member, text="示例")
    with pytest.raises(Refused, match="只有企业"):
        transfer(finding, by=world.leader, where="示例", kind="other")
