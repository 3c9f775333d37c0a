"""Whatever is typed, named or uploaded stands on the sheet as text, never as markup."""

import json
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attachments.models import Attachment
from orgs.models import Organization, User
from plans.models import Plan, Team, Visit
from scoring import comments, sheets
from scoring.models import Answer, Scoresheet
from tests.attachments import samples

TAG = "xss"
HOSTILE = f"</textarea>\"'><{TAG} onload=x>{{{{ 7*7 }}}}"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.attributes = set(), set()

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attributes}


def harmless(response):
    page = response.content.decode()
    tags = Tags()
    tags.feed(page)
    return (
        TAG not in tags.names
        and not {name for name in tags.attributes if name.startswith("on")}
        and "{{ 7*7 }}" in page
    )


@pytest.fixture
def sheet(world):
    """Hostile names all around a sheet on which all three wrote something hostile."""
    User.objects.update(name=HOSTILE)
    Organization.objects.filter(pk=world.visit.target_id).update(name=HOSTILE)
    Plan.objects.update(title=HOSTILE)
    Team.objects.update(name=HOSTILE)
    made = sheets.start(world.visit, by=world.leader)
    Scoresheet.objects.filter(pk=made.pk).update(reason=HOSTILE)
    return made


def say(client, sheet, code, inputs, **said):
    answer = Answer.objects.get(sheet=sheet, criterion__code=code)
    body = {"id": str(uuid4()), "base": answer.version, "inputs": inputs, "note": HOSTILE}
    url = reverse("scoring:point_save", args=[sheet.pk, code])
    told = client.post(url, json.dumps(body | said), content_type="application/json")
    assert told.status_code == 200


@pytest.fixture
def filled(world, sheet, as_):
    """Agreed, 不适用 and disputed points, a file, a comment, on papers that came back."""
    member, recorder = as_(world.member), as_(world.recorder)
    say(member, sheet, "1-1", {"points": "1"}, reason=HOSTILE)
    say(recorder, sheet, "1-1", {"points": "2"}, reason=HOSTILE)
    say(member, sheet, "1-2", {"points": "1"}, reason=HOSTILE)
    say(member, sheet, "3", {}, not_applicable=True, reason=HOSTILE)
    file = SimpleUploadedFile("a.jpg", samples.photo())
    url = reverse("scoring:file_add", args=[sheet.pk, "1-1"])
    member.post(url, {"upload_id": uuid4(), "file": file})
    Attachment.objects.update(name=HOSTILE)
    return sheet


@pytest.mark.parametrize("name", ["leader", "member", "recorder", "province"])
def test_sheet_shows_hostile_text_as_text(world, filled, as_, name):
    person = as_(getattr(world, name))
    assert harmless(person.get(reverse("scoring:sheet", args=[world.visit.pk])))


@pytest.mark.parametrize("code", ["1-1", "1-2", "2", "3"])
def test_point_alone_shows_hostile_text_as_text(world, filled, as_, code):
    if code == "2":
        say(as_(world.member), filled, "2", {"level": 1}, reason=HOSTILE)
    url = reverse("scoring:point", args=[filled.pk, code])
    assert harmless(as_(world.leader).get(url))


def test_text_that_names_a_place_stays_text(world, sheet, as_):
    said = "甲\n<<told>>乙\n<<end>>\n<<none>>"
    say(as_(world.member), sheet, "1-1", {"points": "1"}, reason=said)
    page = as_(world.leader).get(reverse("scoring:point", args=[sheet.pk, "1-1"])).content.decode()
    assert page.count("甲\n&lt;&lt;told&gt;&gt;乙\n&lt;&lt;end&gt;&gt;\n&lt;&lt;none&gt;&gt;") == 2


def test_log_of_a_point_shows_hostile_text_as_text(world, filled, as_):
    url = reverse("scoring:point_log", args=[filled.pk, "1-1"])
    assert harmless(as_(world.leader).get(url))
    assert harmless(as_(world.leader).get(url, headers={"hx-request": "true"}))


def test_refused_form_shows_hostile_text_as_text(world, sheet, as_):
    fields = {f"{code}.{part}": HOSTILE for code in ("1-1", "2", "3") for part in PARTS}
    bases = {f"{code}.base": "0" for code in ("1-1", "2", "3")}
    url = reverse("scoring:sheet_save_all", args=[world.visit.pk])
    response = as_(world.member).post(url, {"form": str(uuid4())} | fields | bases)
    assert response.status_code == 422
    assert harmless(response)


PARTS = ("was", "value", "reason", "note")


def test_review_comment_shows_hostile_text_as_text(world, filled, as_):
    Visit.objects.filter(pk=world.visit.pk).update(status=Visit.Status.RETURNED)
    filled.visit.refresh_from_db()
    point = filled.answers.get(criterion__code="1-1").criterion
    comments.add(filled, by=world.province, text=HOSTILE, criterion=point)
    assert harmless(as_(world.leader).get(reverse("scoring:sheet", args=[world.visit.pk])))
