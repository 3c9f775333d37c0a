"""Title and 公文要素: typed beside the chapters, nobody overwritten unseen, on paper as typed."""

import io
import re

import docx
import pytest
from django.urls import reverse

from audit.models import AuditEvent
from briefs import actions
from briefs.models import ELEMENTS, Brief
from chabaocu.errors import Refused
from reports.brief_papers import paper_of
from reports.render.pages import pages_of
from tests.cast import build_world
from tests.factories import briefs
from tests.races import at_once
from tests.sessions import logged_in

pytestmark = pytest.mark.django_db
TYPED = {
    "reference": "示例工发〔2026〕18号",
    "signer": "示例主席",
    "addressee": "示例市总工会",
    "copies": "示例市应急管理局",
}
EMPTY = dict.fromkeys(TYPED, "")


def amended(brief, by):
    actions.amend(brief, TYPED, seen=EMPTY, by=by)
    return Brief.objects.get(pk=brief.pk)


def page_of(client, brief):
    """What the editor's page would send, as it stands."""
    html = client.get(reverse("briefs:brief_edit", args=[brief.pk])).content.decode()
    field = r'name="((?:was-)?(?:title|reference|signer|addressee|copies))" value="([^"]*)"'
    return dict(re.findall(field, html))


def save(client, brief, data):
    return client.post(reverse("briefs:brief_save", args=[brief.pk]), data)


def elements(brief):
    return Brief.objects.values(*ELEMENTS).get(pk=brief.pk)


def test_elements_are_saved_with_the_page(world):
    brief, client = briefs.begun(world), logged_in(world.province)
    seen = page_of(client, brief)
    assert seen == {"title": brief.title, "was-title": brief.title, **EMPTY} | {
        f"was-{name}": "" for name in EMPTY
    }
    said = TYPED | {"addressee": " 示例市总工会： ", "copies": "示例市应急管理局。"}
    assert save(client, brief, seen | said).status_code == 302
    assert elements(brief) == TYPED
    event = AuditEvent.objects.get(action="brief.amend")
    assert (event.before, event.after) == (EMPTY, TYPED)
    assert save(client, brief, page_of(client, brief) | {"title": " "}).status_code == 302
    assert AuditEvent.objects.filter(action="brief.amend").count() == 1


def test_second_of_two_sees_what_the_first_wrote(world):
    brief, client = briefs.begun(world), logged_in(world.province)
    seen = page_of(client, brief)
    said = {"reference": "别人的字号", "title": "别人的标题"}
    actions.amend(brief, said, seen={"reference": "", "title": brief.title}, by=world.province2)
    mine = {"reference": "我的字号", "signer": "我的签发人"}
    answer = save(client, brief, seen | mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="我的字号"' in html
    assert "现在是“别人的字号”" in html
    brief.refresh_from_db()
    assert (brief.reference, brief.signer) == ("别人的字号", "我的签发人")
    assert brief.title == "别人的标题"  # nothing was typed over it
    assert save(client, brief, {"reference": "我的字号", "was-reference": "别人的字号"}).url
    assert elements(brief)["reference"] == "我的字号"


def test_too_long_an_element_is_kept_on_the_page(world):
    brief, client = briefs.begun(world), logged_in(world.province)
    answer = save(client, brief, page_of(client, brief) | {"reference": "长" * 41, "signer": "甲"})
    assert answer.status_code == 409
    assert "不超过 40 字，现在 41 字" in answer.content.decode()
    assert f'value="{"长" * 41}"' in answer.content.decode()
    assert elements(brief) == EMPTY | {"signer": "甲"}


def test_issued_report_keeps_its_elements(world):
    brief, client = briefs.written(world), logged_in(world.province)
    seen = page_of(client, brief)
    bare = actions.content_hash(brief, list(brief.chapters.all()))
    amended(brief, world.province)
    actions.issue(brief, by=world.province)  # read before they were typed
    stands = Brief.objects.get(pk=brief.pk)
    assert stands.content_hash == actions.content_hash(stands, list(stands.chapters.all()))
    assert stands.content_hash != bare
    answer = save(client, brief, seen | {"copies": "迟来的抄送"})
    assert answer.status_code == 409
    assert "抄送：迟来的抄送" in answer.content.decode()  # to copy into the next edition
    assert elements(brief) == TYPED
    again = actions.revise(stands, by=world.province2)
    assert elements(again) == TYPED | {"reference": ""}  # a number stands for one paper


def test_number_of_an_edition_that_stands_is_not_used_again(world):
    brief = amended(briefs.written(world), world.province)
    actions.issue(brief, by=world.province)
    again = actions.revise(brief, by=world.province)
    own = {"reference": TYPED["reference"]}
    actions.amend(again, own, seen={"reference": ""}, by=world.province)
    with pytest.raises(Refused, match="第 1 版的发文字号也是“示例工发〔2026〕18号”"):
        actions.issue(again, by=world.province)
    actions.cancel(brief, reason="示例：更正后重发", by=world.province)
    actions.issue(again, by=world.province)
    assert elements(again) == TYPED


@pytest.mark.parametrize("name", TYPED)
def test_hash_is_over_each_element(world, name):
    brief = briefs.begun(world)
    chapters = list(brief.chapters.all())
    before = actions.content_hash(brief, chapters)
    setattr(brief, name, TYPED[name])
    assert actions.content_hash(brief, chapters) != before


@pytest.mark.once
def test_paper_holds_the_elements(world):
    brief = amended(briefs.written(world), world.province)
    actions.issue(brief, by=world.province)
    paper = paper_of(brief.paper)
    assert {name: getattr(paper, name) for name in TYPED} == TYPED
    assert paper.head == "山东省总工会"
    client = logged_in(world.province)
    page = client.get(reverse("briefs:brief_detail", args=[brief.pk])).content.decode()
    assert "<span>示例工发〔2026〕18号</span><span>签发人：示例主席</span>" in page
    word = docx.Document(io.BytesIO(printed(client, brief, "docx")))
    told = {one.style.name: one.text for one in word.paragraphs if one.text}
    assert told["发文机关标志"] == "山东省总工会"
    assert told["发文字号"] == "示例工发〔2026〕18号\t签发人：示例主席"
    assert told["主送机关"] == "示例市总工会："
    assert word.tables[-1].rows[0].cells[0].text == "抄送：示例市应急管理局。"
    lines = [line for page in pages_of(printed(client, brief, "pdf")) for line in page.lines]
    text = "".join(c.text for line in lines for c in line)
    for said in (
        "示例工发〔2026〕18号签发人：示例主席",
        "示例市总工会：",
        "抄送：示例市应急管理局。",
    ):
        assert said in text


def test_without_a_reference_nothing_red_is_printed(world):
    brief = briefs.written(world)
    actions.amend(brief, {"signer": "示例主席"}, seen={"signer": ""}, by=world.province)
    page = reverse("briefs:brief_detail", args=[brief.pk])
    html = logged_in(world.province).get(page).content.decode()
    assert "bf-head" not in html
    assert "示例主席" not in html


def printed(client, brief, form):
    return client.get(reverse(f"reports:brief_{form}", args=[brief.pk])).content


# --- several at once ---------------------------------------------------------------------------

AUTHORS = 6


def titles(world, brief):
    """Everybody types another title over the same one."""
    seen = {"title": brief.title}
    return [
        lambda n=n: actions.amend(brief, {"title": f"第{n}人的标题"}, seen=seen, by=world.province)
        for n in range(AUTHORS)
    ]


def told_titles():
    events = AuditEvent.objects.filter(action="brief.amend").order_by("pk")
    return [(one.before["brief_title"], one.after["brief_title"]) for one in events]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_title_of_one_of_many_is_kept():
    world = build_world()
    brief = briefs.begun(world)
    late = []
    deeds = [lambda deed=deed: late.append(deed()) for deed in titles(world, brief)]
    assert at_once(deeds) == {"done": AUTHORS}
    assert sorted(map(len, late)) == [0, *[1] * (AUTHORS - 1)]  # the others are given theirs back
    stands = Brief.objects.get(pk=brief.pk).title
    assert told_titles() == [(brief.title, stands)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_titles_overwrite_each_other(monkeypatch):
    world = build_world()
    brief = briefs.begun(world)
    held = Brief.objects.select_related("plan", "region").get(pk=brief.pk)
    monkeypatch.setattr(actions, "hold", lambda brief: held)  # as it stood when all came
    late = []
    at_once([lambda deed=deed: late.append(deed()) for deed in titles(world, brief)])
    assert late == [frozenset()] * AUTHORS
    assert {before for before, _ in told_titles()} == {brief.title}
    assert len(told_titles()) == AUTHORS
