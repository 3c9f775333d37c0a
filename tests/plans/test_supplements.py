"""A county replaced after its enterprises were drawn: they end, the new county has its own draw."""

import json
import re

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from orgs.models import Organization, Region
from plans import draws, replacing
from plans.actions import cancel_visit, create_visits
from plans.draw import list_hash
from plans.models import Draw, Pick, Visit
from plans.proof import differences, proof_of
from plans.supplements import awaiting_supplement
from plans.whatnext import what_next
from scoring import actions as papers
from tests.factories import plans
from tests.factories.draws import DIGITS
from tools import verify_draw as alone

WHY = "示例：撤销建制"


def counties_and_enterprises(pool) -> Draw:
    """Both are drawn; the draw of the counties."""
    draw = pool.drawn()
    pool.drawn("enterprises")
    return draw


@pytest.fixture
def drawn(pool) -> Draw:
    return counties_and_enterprises(pool)


def county(draw: Draw) -> Pick:
    """The first of the drawn counties."""
    return draw.picks.filter(status="drawn").select_related("region").earliest("pk")


def replaced(pool, draw: Draw) -> Pick:
    """The county that came in for the first."""
    return replacing.replace(county(draw), by=pool.people[0], reason=WHY)


def supplement(pool, chosen: Pick) -> Draw:
    """The supplementary draw of a county, frozen."""
    return draws.freeze(
        pool.plan,
        by=pool.people[0],
        stage="enterprises",
        seed_source="dice",
        seed_source_detail="示例会议室，十面骰 20 次",
        county=chosen,
    )


def supplemented(pool, chosen: Pick) -> Draw:
    row = supplement(pool, chosen)
    for person in pool.people:
        draws.enter_seed(row, by=person, digits=DIGITS[::-1])
    return draws.run(row, by=pool.people[0])


def standing(pool) -> list[str]:
    picks = Pick.objects.filter(draw__plan=pool.plan, draw__stage="enterprises").standing()
    return sorted({pick.group.name for pick in picks.select_related("group")})


def union(region: Region) -> Organization:
    return Organization.objects.create(kind="union", name=f"{region}总工会", region=region)


def test_replaced_county_ends_its_enterprises_with_the_reason(pool, drawn):
    gone = county(drawn)
    chosen = replaced(pool, drawn)
    ended = Pick.objects.filter(draw__stage="enterprises", status="ended")
    assert {(pick.group_id, pick.reason) for pick in ended} == {
        (gone.region_id, f"{gone.region}被替换：{WHY}")
    }
    assert ended.count() == 4
    assert (chosen.status, chosen.replaces) == ("substitute", gone)
    event = AuditEvent.objects.get(action="draw.end")
    assert (event.reason, len(event.after["ended"])) == (f"{gone.region}被替换：{WHY}", 4)


def test_the_other_counties_keep_their_draw(pool, drawn):
    gone = county(drawn)
    before = standing(pool)
    replaced(pool, drawn)
    assert standing(pool) == [name for name in before if name != gone.region.name]
    main = Draw.objects.get(stage="enterprises")
    assert (main.status, differences(proof_of(main))) == ("drawn", [])


def test_county_that_came_in_is_drawn_alone(pool, drawn):
    chosen = replaced(pool, drawn)
    assert awaiting_supplement(pool.plan) == [chosen]
    row = supplemented(pool, chosen)
    assert awaiting_supplement(pool.plan) == []
    assert {pick.group_id for pick in row.picks.all()} == {chosen.region_id}
    assert row.picks.filter(status="drawn").count() == 4
    assert chosen.region.name in standing(pool)
    assert (row.run, row.list_hash) == (2, list_hash(row.frozen_list))
    assert json.loads(row.frozen_list)["supplement"]["reason"] == WHY


def test_supplement_where_none_is_needed_is_refused(pool, drawn):
    with pytest.raises(Refused, match="不需要补充抽取"):
        supplement(pool, county(drawn))


def test_second_supplement_of_a_county_is_stale(pool, drawn):
    chosen = replaced(pool, drawn)
    supplement(pool, chosen)
    with pytest.raises(StaleState):
        supplement(pool, chosen)


def test_void_supplement_is_kept_and_may_be_drawn_again(pool, drawn):
    chosen = replaced(pool, drawn)
    row = supplemented(pool, chosen)
    draws.void(row, by=pool.people[0], reason="示例")
    assert awaiting_supplement(pool.plan) == [chosen]
    again = supplemented(pool, chosen)
    runs = Draw.objects.filter(county=chosen).order_by("run").values_list("run", "status")
    assert list(runs) == [(2, "void"), (3, "drawn")]
    assert again.list_hash != row.list_hash


def test_main_draw_made_again_leaves_a_supplemented_county_to_its_own(pool, drawn):
    chosen = replaced(pool, drawn)
    supplemented(pool, chosen)
    main = Draw.objects.get(stage="enterprises", county=None)
    draws.void(main, by=pool.people[0], reason="示例")
    again = pool.drawn("enterprises")
    assert chosen.region_id not in {pick.group_id for pick in again.picks.all()}
    assert len(standing(pool)) == 4


def test_county_that_came_in_may_be_replaced_too(pool):
    Region.objects.filter(level="county").update(is_key_chemical=True)
    draw = pool.drawn()
    pool.drawn("enterprises")
    chosen = replaced(pool, draw)
    row = supplemented(pool, chosen)
    last = replacing.replace(chosen, by=pool.people[0], reason="示例：再换")
    row.refresh_from_db()
    assert row.picks.filter(status="ended").count() == 4
    assert awaiting_supplement(pool.plan) == [last]
    assert differences(proof_of(row)) == list(alone.differences(proof_of(row))) == []


def test_county_with_a_frozen_supplement_is_not_replaced(pool, drawn):
    chosen = replaced(pool, drawn)
    supplement(pool, chosen)
    with pytest.raises(Refused, match="已冻结、还没有抽取"):
        replacing.replace(chosen, by=pool.people[0], reason="示例")
    chosen.refresh_from_db()
    assert chosen.status == "substitute"


@pytest.fixture
def visited(pool, drawn) -> Draw:
    """The same with its visits made and a team on them."""
    for pick in drawn.picks.select_related("region"):
        union(pick.region)
    create_visits(pool.plan, by=pool.people[0])
    return drawn


def of(pool, pick: Pick):
    return Visit.objects.filter(region=pick.region, plan=pool.plan)


def test_visits_of_a_replaced_county_are_cancelled_with_the_reason(pool, visited):
    gone = county(visited)
    assert of(pool, gone).count() == 5
    replaced(pool, visited)
    assert set(of(pool, gone).values_list("status", flat=True)) == {"cancelled"}
    reasons = set(of(pool, gone).values_list("cancelled_reason", flat=True))
    assert reasons == {f"被替换：{WHY}", f"{gone.region}被替换：{WHY}"}


def begin(pool, pick: Pick) -> Visit:
    """A visit of an enterprise of that county, with papers begun."""
    team = plans.team(pool.plan, *pool.people)
    visit = of(pool, pick).filter(target_kind="enterprise_union").first()
    Visit.objects.filter(pk=visit.pk).update(team=team)
    visit.refresh_from_db()
    papers.start(visit, by=pool.people[0])
    visit.refresh_from_db()
    return visit


def test_county_with_papers_begun_is_refused_by_name_until_they_are_cancelled(pool, visited):
    gone = county(visited)
    visit = begin(pool, gone)
    with pytest.raises(Refused, match=f"有 1 次督导已开始填写：{visit.target.name}。"):
        replaced(pool, visited)
    assert set(of(pool, gone).values_list("status", flat=True)) == {"planned", "filling"}
    cancel_visit(visit, by=pool.people[0], reason="示例：先取消")
    assert replaced(pool, visited).status == "substitute"


def test_county_with_papers_handed_in_is_refused(pool, visited):
    gone = county(visited)
    visit = begin(pool, gone)
    Visit.objects.filter(pk=visit.pk).update(
        status="submitted",
        total=10,
        content_hash="0" * 64,
        submitted_by=pool.people[0],
        submitted_at="2017-12-06T10:00+08:00",
    )
    with pytest.raises(Refused, match="材料已提交"):
        replaced(pool, visited)


def test_visits_of_the_county_that_came_in_are_made(pool, visited):
    chosen = replaced(pool, visited)
    supplemented(pool, chosen)
    create_visits(pool.plan, by=pool.people[0])
    assert of(pool, chosen).filter(status="planned").count() == 5


def test_what_comes_next_is_the_supplementary_draw(pool, drawn):
    chosen = replaced(pool, drawn)
    move = what_next(pool.plan, pool.people[0])[0]
    said = f"{chosen}是替换进来的，企业还没有抽。"
    assert (move.label, move.why) == ("补充抽取企业", said)


def changed(proof: dict, what: str) -> dict:
    if what == "occasion":
        proof["counties"]["replacements"] = []
    elif what == "counties":
        proof["counties"]["seed"] = DIGITS[::-1]
    elif what == "missing":
        del proof["counties"]
    elif what == "ended":
        proof["ended"] = [{"group": "000000", "steps": 0}]
    return proof


def test_proof_of_a_supplement_agrees_in_both_programs(pool, drawn):
    proof = proof_of(supplemented(pool, replaced(pool, drawn)))
    assert (differences(proof), list(alone.differences(proof))) == ([], [])


@pytest.mark.parametrize("what", ["occasion", "counties", "missing", "ended"])
def test_both_programs_name_what_is_wrong_with_a_supplement(pool, drawn, what):
    proof = changed(proof_of(supplemented(pool, replaced(pool, drawn))), what)
    assert differences(proof) == list(alone.differences(proof)) != []


def test_replacement_after_the_end_of_a_county_is_named(pool, drawn):
    replaced(pool, drawn)
    proof = proof_of(Draw.objects.get(stage="enterprises"))
    proof["ended"][0]["steps"] = 1
    assert differences(proof) == list(alone.differences(proof))
    assert differences(proof)[0].endswith("终止以后又有替换")


def test_supplement_goes_from_the_browser_to_its_notice(pool, drawn, as_):
    chosen = replaced(pool, drawn)
    first, second = (as_(person) for person in pool.people)
    bench = first.get(reverse("plans:draw_detail", args=[pool.plan.pk])).content.decode()
    url = reverse("plans:draw_supplement", args=[chosen.pk])
    assert (url in bench, f"{chosen}企业补充抽取" in bench) == (True, True)
    first.post(url, {"seed_source": "dice", "seed_source_detail": "示例会议室"})
    row = Draw.objects.get(county=chosen)
    for person in (first, second):
        person.post(reverse("plans:draw_seed", args=[row.pk]), {"digits": DIGITS})
    first.post(reverse("plans:draw_run", args=[row.pk]))
    notice = first.get(reverse("plans:draw_notice", args=[row.pk])).content.decode()
    said = f"因抽中的{chosen.replaces.region}不能督导（{WHY}）"
    assert said in notice
    assert "补充抽取公告" in notice


def test_every_public_page_tells_the_history(pool, drawn, client):
    gone = county(drawn).region
    chosen = replaced(pool, drawn)
    supplemented(pool, chosen)
    for row in Draw.objects.all():
        page = client.get(reverse("draw_public", args=[row.code])).content.decode()
        codes = set(Draw.objects.exclude(pk=row.pk).values_list("code", flat=True))
        assert codes <= set(re.findall(r"/d/([0-9A-Z-]+)/\"", page))
        assert "一致" in page
    main = Draw.objects.get(stage="enterprises", county=None)
    page = client.get(reverse("draw_public", args=[main.code])).content.decode()
    assert f"{gone}被替换：{WHY}。原抽中的企业不再督导" in page


@pytest.mark.parametrize(("supplements", "queries"), [(1, 15), (3, 19)])
def test_workbench_costs_two_queries_a_supplement(
    pool, as_, supplements, queries, django_assert_num_queries
):
    Region.objects.update(is_key_chemical=True)  # each reserve may come in for each
    drawn = counties_and_enterprises(pool)
    for number in range(supplements):
        pick = drawn.picks.filter(status="drawn", replaces=None).first()
        supplemented(pool, replacing.replace(pick, by=pool.people[0], reason=f"{WHY}{number}"))
    person = as_(pool.people[0])
    with django_assert_num_queries(queries):
        person.get(reverse("plans:draw_detail", args=[pool.plan.pk]))
