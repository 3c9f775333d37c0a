"""归集: what records say, brought in once, sorted by hand, written into the report."""

import re

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from briefs import actions, gathering, sorting
from briefs.models import Excerpt
from chabaocu.errors import Refused
from materials.models import Material
from plans.models import Visit
from scoring.models import Finding
from tests.factories import briefs, letters, materials, papers
from tests.sessions import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(world):
    """Two confirmed records with highlights, one of them with a list of problems."""
    letters.released(world)  # 甲一县's enterprise: 示例问题1, 示例问题2, each 示例意见
    papers.confirmed(world)
    briefs.said(world.visit, "highlights", "1.建立了隐患奖励台账。\n2.每天班前查隐患。")
    briefs.said(world.enterprise_visit, "highlights", "建立了隐患奖励台账")
    return world


def texts(brief, part):
    return [(one.unit.name, one.text) for one in briefs.excerpts(brief, part)]


def pks(brief, part="highlights"):
    return [one.pk for one in briefs.excerpts(brief, part)]


def post(world, brief, name, **data):
    return logged_in(world.province).post(reverse(f"briefs:{name}", args=[brief.pk]), data)


def page(world, brief, **query):
    address = reverse("briefs:gather", args=[brief.pk])
    return logged_in(world.province).get(address, query).content.decode()


def test_every_sentence_comes_with_its_unit(held):
    brief = briefs.begun(held)
    firm, union = "甲一县示例化工有限公司", "甲一县总工会"
    assert texts(brief, "highlights") == [
        (union, "建立了隐患奖励台账"),
        (union, "每天班前查隐患"),
        (firm, "建立了隐患奖励台账"),
    ]
    listed = [(firm, "示例问题1"), (firm, "示例问题2")]
    assert texts(brief, "problems") == [*listed, (union, "示例问题")]  # no list: its record's text
    assert texts(brief, "suggestions") == [
        (firm, "示例意见"),
        (firm, "示例意见"),
        (union, "示例建议"),
    ]


def test_other_places_and_unconfirmed_records_stay_out(held):
    papers.submitted(held, held.other_visit)
    assert briefs.begun(held, "city_b").excerpts.count() == 0
    assert briefs.begun(held, "city_a").excerpts.count() == 9


def test_experiences_that_were_taken_in_are_highlights(held):
    unit = held.orgs["county_a1_union"]
    kind = Material.Kind.EXPERIENCE
    materials.piece(
        held.plan, unit, by=held.member, kind=kind, title="示例：班前查", summary="查五分钟"
    )
    assert ("甲一县总工会", "示例：班前查：查五分钟") in texts(briefs.begun(held), "highlights")


def test_gathering_again_brings_only_what_is_new(held):
    brief = briefs.begun(held)
    sorting.decide(brief, "take", pks(brief)[:1], by=held.province)
    papers.confirmed(held, held.other_visit)
    assert sorting.again(brief, by=held.province) == 3
    assert sorting.again(brief, by=held.province) == 0
    assert brief.excerpts.filter(state="taken").count() == 1


def test_sentence_of_a_corrected_record_is_marked_or_goes(held):
    brief = briefs.begun(held)
    sorting.decide(brief, "take", pks(brief)[:1], by=held.province)
    Visit.objects.filter(pk=held.visit.pk).update(revision=2)  # a new draft, with no sheet yet
    sorting.again(brief, by=held.province)
    kept = briefs.excerpts(brief, "highlights")
    assert [(one.state, one.is_gone) for one in kept] == [("taken", True), ("open", False)]


def test_draft_begins_with_what_most_say(held):
    text = briefs.chapter(briefs.begun(held), "highlights").text
    assert text.splitlines() == [
        "1.建立了隐患奖励台账（甲一县总工会、甲一县示例化工有限公司）。",
        "2.每天班前查隐患（甲一县总工会）。",
    ]


def test_taken_and_merged_sentences_are_written_in_their_order(held):
    brief = briefs.begun(held)
    one, daily, same = pks(brief)
    assert post(held, brief, "excerpts_take", excerpt=daily).status_code == 302
    assert post(held, brief, "excerpts_merge", excerpt=[one, same]).status_code == 302
    data = {f"was-{one}": "建立了隐患奖励台账", f"text-{one}": "奖励台账健全"}
    post(held, brief, "excerpts_arrange", order=[daily, one], up=one, **data)
    fresh = actions.redrafted(brief, briefs.chapter(brief, "highlights"), held.province.scope)
    assert fresh.text.splitlines() == [
        "1.奖励台账健全（甲一县总工会、甲一县示例化工有限公司）。",
        "2.每天班前查隐患（甲一县总工会）。",
    ]
    told = AuditEvent.objects.filter(action__startswith="brief.").order_by("pk")
    assert [event.action for event in told] == [
        "brief.begin", "brief.take", "brief.merge", "brief.arrange",
    ]  # fmt: skip


def test_merged_into_what_is_merged_goes_along(held):
    brief = briefs.begun(held)
    one, daily, same = pks(brief)
    sorting.merge(brief, [one, same], by=held.province)
    sorting.decide(brief, "take", [daily], by=held.province)
    lead = sorting.merge(brief, [one, daily], by=held.province)
    assert set(Excerpt.objects.filter(into=lead).values_list("pk", flat=True)) == {daily, same}
    sorting.decide(brief, "leave", [lead.pk], by=held.province)
    states = dict(brief.excerpts.filter(part="highlights").values_list("pk", "state"))
    assert states == {one: "left", daily: "open", same: "open"}


def test_late_wording_is_kept_on_the_page(held):
    brief = briefs.begun(held)
    one = pks(brief)[0]
    sorting.decide(brief, "take", [one], by=held.province)
    sorting.arrange(brief, [one], {one: ("建立了隐患奖励台账", "别人的话")}, by=held.province2)
    data = {f"was-{one}": "建立了隐患奖励台账", f"text-{one}": "我的话"}
    answer = post(held, brief, "excerpts_arrange", order=[one], part="highlights", **data)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert ">我的话</textarea>" in html
    assert "现在是：别人的话" in html
    assert Excerpt.objects.get(pk=one).text == "别人的话"


def test_long_sentence_is_reworded_to_its_end(held):
    finding = Finding.objects.get(text="示例问题1")
    finding.text = "很长的问题" * 400
    finding.save()
    brief = briefs.begun(held)
    one = Excerpt.objects.get(brief=brief, part="problems", text__startswith="很长")
    sorting.decide(brief, "take", [one.pk], by=held.province)
    data = {"order": [one.pk], f"was-{one.pk}": one.text, f"text-{one.pk}": one.text[:-1]}
    assert post(held, brief, "excerpts_arrange", **data).status_code == 302
    assert Excerpt.objects.get(pk=one.pk).text == finding.text[:-1]


def test_page_that_is_none_is_the_first(held):
    brief = briefs.begun(held)
    assert 'name="page" value="1"' in page(held, brief, page="9" * 4400)


def test_nothing_is_sorted_behind_an_issue(held):
    brief = briefs.written(held)
    actions.issue(brief, by=held.province)
    with pytest.raises(Refused, match="已经印发"):
        sorting.decide(brief, "take", pks(brief), by=held.province)


def test_neighbouring_report_cannot_be_reached_through_this_one(held):
    mine, other = briefs.begun(held, "city_a"), briefs.begun(held)
    with pytest.raises(Refused, match="请先勾选"):
        sorting.decide(mine, "take", pks(other), by=held.province)
    with pytest.raises(Refused, match="两句或更多"):
        sorting.merge(mine, [pks(mine)[0], *pks(other)], by=held.province)


def test_page_shows_alike_sentences_together_and_what_is_undecided(held):
    brief = briefs.begun(held)
    html = page(held, brief, part="highlights")
    assert re.findall(r'<span class="bf-words">([^<]*)<', html) == [
        "建立了隐患奖励台账", "建立了隐患奖励台账", "每天班前查隐患",
    ]  # fmt: skip
    assert reverse("scoring:visit_review", args=[held.visit.pk]) in html
    sorting.decide(brief, "leave", pks(brief), by=held.province)
    assert 'class="bf-words"' not in page(held, brief, part="highlights")
    assert page(held, brief, part="highlights", show="all").count('class="bf-words"') == 3


def test_buttons_of_one_sentence_and_of_a_group_leave_what_is_ticked(held):
    brief = briefs.begun(held)
    one, daily, same = pks(brief)
    post(held, brief, "excerpts_leave", only=daily, excerpt=[one], part="highlights")
    group = Excerpt.objects.get(pk=one).group
    post(held, brief, "excerpts_merge", group=group, excerpt=[daily], part="highlights")
    states = dict(brief.excerpts.filter(part="highlights").values_list("pk", "state"))
    assert states == {one: "taken", daily: "left", same: "merged"}


@pytest.mark.parametrize("many", [1, 3])
def test_page_asks_as_much_for_many_groups(held, many, django_assert_num_queries):
    brief = briefs.begun(held)
    drop = pks(brief, "problems")[many:]
    Excerpt.objects.filter(pk__in=drop).delete()
    client = logged_in(held.province)
    with django_assert_num_queries(13):
        client.get(reverse("briefs:gather", args=[brief.pk]))


def test_next_edition_takes_what_was_sorted_along(held):
    brief = briefs.written(held)
    sorting.merge(brief, [pks(brief)[0], pks(brief)[2]], by=held.province)
    actions.issue(brief, by=held.province)
    again = actions.revise(brief, by=held.province)
    assert gathering.voices(again).highlights == gathering.voices(brief).highlights
    assert not again.excerpts.filter(pk__in=brief.excerpts.values("pk")).exists()
