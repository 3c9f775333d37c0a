"""A team knows of a unit's own mark of a point only once the member has marked that point.

Not from any address they can reach: pages, replies, files, other people's objects.
"""

import html
import io
import zipfile
from itertools import product
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse

from attachments.models import Attachment
from plans.models import Plan, Team, Visit
from reports.models import IssuedDocument
from rubrics.models import Version
from scoring import evidence, findings
from scoring.models import Mark, Scoresheet
from tests.architecture.matrix import addresses
from tests.attachments.samples import photo
from tests.factories import papers, self_checks

SAID = "示例自查密语"
OWN = {"1-1": {"points": "0.5"}, "1-2": {"points": "1.5"}, "2": {"level": 1}, "3": {"count": 1}}


@pytest.fixture
def check(world):
    """甲一县总工会 has said of itself what nobody else would say."""
    made = self_checks.asked(world)
    by = world.county_a1
    sheet = papers.started(made, by)
    papers.fill(sheet, by, OWN)
    sheet.answers.exclude(reason="").update(reason=SAID)
    findings.add(sheet, by=by, text=f"{SAID}问题", advice=f"{SAID}意见")
    upload = SimpleUploadedFile(f"{SAID}.jpg", photo())
    evidence.add(sheet, upload, slot="1-1", upload_id=uuid4(), by=by)
    made.refresh_from_db()
    papers.actions.follow(made, by=by)
    papers.sign(papers.actions.present(made), "unit", by)
    made.refresh_from_db()
    papers.actions.file_check(made, by=by)
    return made


def everything(world):
    """Every address with every object of the world it could be asked about."""
    pks = sorted(
        {
            *(row.pk for model in (Plan, Team, Visit, Scoresheet, Version) for row in _all(model)),
            *(document.pk for document in IssuedDocument.objects.all()),
            *Attachment.objects.values_list("pk", flat=True),
        }
    )
    codes = list(IssuedDocument.objects.values_list("code", flat=True))
    values = {
        "pk": pks,
        "file_pk": list(Attachment.objects.values_list("pk", flat=True)),
        "code": ["1-1", "2"],
        "revision": [1],
        "kind": ["scoresheet", "record"],
        "field": ["problems"],
        "role": ["unit", "leader"],
        "stage": ["counties"],
        "city": [1],
        "comment_pk": [1],
        "recusal_pk": [1],
    }
    for name, _ in addresses():
        yield from _reversed(name, values)
    yield from (reverse("reports:verify_code", args=[code]) for code in codes)


def _all(model):
    return model._base_manager.all()


def _reversed(name, values):
    """The address as each set of arguments makes it; the fewest that are taken."""
    for wanted in ([], ["pk"], ["pk", "code"], ["pk", "kind"], ["pk", "revision"], ["pk", "role"]):
        found = []
        for chosen in product(*(values[key] for key in wanted)):
            try:
                found.append(reverse(name, kwargs=dict(zip(wanted, chosen, strict=True))))
            except NoReverseMatch:
                break
        if found:
            return found
    return []


def text_of(response):
    """What came, files unpacked."""
    body = b"".join(response) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return html.unescape(body.decode(errors="replace"))


def leaks(world, as_, user, words):
    """The addresses that tell this person one of ``words``."""
    client, found = as_(user), []
    for address in everything(world):
        if address.endswith(".pdf"):  # the very pages of their preview, which is asked
            continue
        response = client.get(address)
        if response.status_code == 200 and any(word in text_of(response) for word in words):
            found.append(address)
    return found


WORDS = (SAID, "自查 0.5", "自查 1.5")


@pytest.mark.once
def test_the_grep_finds_what_the_unit_itself_sees(world, check, as_):
    found = leaks(world, as_, world.county_a1, WORDS)
    assert reverse("scoring:sheet", args=[check.pk]) in found
    assert reverse("reports:visit_print", args=[check.pk]) in found
    assert reverse("reports:document_xlsx", args=[check.pk]) in found


@pytest.mark.parametrize("name", ["member", pytest.param("county_a2", marks=pytest.mark.once)])
def test_nothing_tells_before_an_own_mark(world, check, as_, name):
    sheet = papers.started(world.visit, world.leader)
    give(world.recorder, sheet, "1-1", {"points": "2"})
    assert leaks(world, as_, world.people[name], WORDS) == []


@pytest.mark.once
def test_an_issuers_reviewer_in_the_team_knows_no_more(world, check, as_):
    world.team.members.create(user=world.province, role="member")
    papers.started(world.visit, world.leader)
    assert leaks(world, as_, world.province, WORDS) == []


def test_after_an_own_mark_that_point_alone_is_told(world, check, as_):
    sheet = papers.started(world.visit, world.leader)
    give(world.member, sheet, "1-2", {"points": "1"})
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert "自查 1.5 分（差 −0.5）" in page
    assert "自查 0.5" not in page
    assert SAID not in page
    told = as_(world.member).get(reverse("scoring:sheet_checks", args=[sheet.pk])).json()
    assert told == {"checks": {"1-2": "自查 1.5 分（差 −0.5）"}}
    mate = as_(world.recorder).get(reverse("scoring:sheet_checks", args=[sheet.pk])).json()
    assert mate == {"checks": {}}


def test_a_mark_taken_away_tells_no_more(world, check, as_):
    sheet = papers.started(world.visit, world.leader)
    give(world.member, sheet, "1-2", {"points": "1"})
    Mark.objects.filter(sheet=sheet, user=world.member).update(inputs={}, points=None)
    told = as_(world.member).get(reverse("scoring:sheet_checks", args=[sheet.pk])).json()
    assert told == {"checks": {}}


def test_replies_and_conflicts_tell_nothing(world, check, as_):
    sheet = papers.started(world.visit, world.leader)
    save = reverse("scoring:point_save", args=[sheet.pk, "1-2"])
    said = {"not_applicable": False, "reason": "示例", "note": ""}
    mine = {"id": str(uuid4()), "base": 0, "inputs": {"points": "1"}} | said
    told = as_(world.member).post(save, mine, content_type="application/json")
    other = mine | {"id": str(uuid4()), "inputs": {"points": "2"}}
    late = as_(world.leader).post(save, other, content_type="application/json")
    assert (told.status_code, late.status_code) == (200, 409)
    for reply in (told, late):
        assert not any(word in reply.content.decode() for word in WORDS)


def test_the_photo_of_a_self_check_is_the_units_alone(world, check, as_):
    address = reverse("attachments:file", args=[Attachment.objects.get().pk])
    seen = set()
    for name, user in world.people.items():
        response = as_(user).get(address)
        if response.status_code == 200:
            seen.add(name)
            text_of(response)  # read to its end, a file closes itself
    assert seen == {"county_a1"}


def give(user, sheet, code, inputs):
    point = sheet.answers.get(criterion__code=code).criterion
    papers.answer(sheet, code, inputs, user)
    answer = sheet.answers.get(criterion=point)
    Mark.objects.create(
        sheet=sheet, criterion=point, user=user, inputs=answer.inputs, points=answer.points
    )
