"""The pages of a draw: who may open them, what they say, and that nothing typed is lost."""

import json

import pytest
from django.urls import reverse

from orgs.models import Region
from plans import draws, replacing
from plans.models import Draw
from tests.factories.draws import DIGITS
from tests.plans.test_draws import tight_second_round


def detail(pool) -> str:
    return reverse("plans:draw_detail", args=[pool.plan.pk])


def test_workbench_shows_whether_each_city_can_be_drawn(pool, as_):
    page = as_(pool.people[0]).get(detail(pool)).content.decode()
    assert "示例1市：候选 4 个县（市、区），其中危险化学品重点监管县 2 个，可抽。" in page
    assert "冻结候选名单" in page


def test_freezing_comes_before_the_long_table(pool, as_):
    page = as_(pool.people[0]).get(detail(pool)).content.decode()
    freeze = reverse("plans:draw_freeze", args=[pool.plan.pk, "counties"])
    assert page.index(freeze) < page.index("<b>2 组都可抽</b>") < page.index("<table")


def test_workbench_of_an_infeasible_city_offers_no_freeze(pool, as_):
    Region.objects.filter(parent=pool.cities[1]).update(is_key_chemical=False)
    page = as_(pool.people[0]).get(detail(pool)).content.decode()
    assert "示例2市：候选 4 个县（市、区），其中危险化学品重点监管县 0 个" in page
    assert "<b>示例2市不可抽，什么也不会冻结。</b>" in page
    assert reverse("plans:draw_relax", args=[pool.plan.pk]) not in page  # it would not help
    assert reverse("plans:draw_freeze", args=[pool.plan.pk, "counties"]) not in page


def test_workbench_offers_the_release_where_it_helps(pool, as_):
    tight_second_round(pool)
    page = as_(pool.people[0]).get(detail(pool)).content.decode()
    assert reverse("plans:draw_relax", args=[pool.plan.pk]) in page


def test_freeze_seed_and_run_from_the_browser(pool, as_):
    first, second = (as_(person) for person in pool.people)
    freeze = reverse("plans:draw_freeze", args=[pool.plan.pk, "counties"])
    first.post(freeze, {"seed_source": "dice", "seed_source_detail": "示例会议室"})
    draw = Draw.objects.get()
    seed = reverse("plans:draw_seed", args=[draw.pk])
    first.post(seed, {"digits": "40718 26395 58103 92746"})
    second.post(seed, {"digits": DIGITS})
    answer = first.post(reverse("plans:draw_run", args=[draw.pk]))
    draw.refresh_from_db()
    assert answer["Location"] == reverse("plans:draw_ceremony", args=[draw.pk])
    assert (draw.status, draw.seed) == ("drawn", DIGITS)


def test_freeze_without_source_keeps_what_was_typed(pool, as_):
    url = reverse("plans:draw_freeze", args=[pool.plan.pk, "counties"])
    answer = as_(pool.people[0]).post(url, {"seed_source": "lottery", "seed_source_detail": ""})
    assert answer.status_code == 422
    assert "写明种子从哪里来" in answer.content.decode()
    assert '<option value="lottery" selected>' in answer.content.decode()


def test_short_seed_is_refused_at_the_field_with_what_was_typed(pool, as_):
    draw = pool.freeze()
    url = reverse("plans:draw_seed", args=[draw.pk])
    page = as_(pool.people[0]).post(url, {"digits": "123"}).content.decode()
    assert "十面骰至少掷 20 次" in page
    assert 'value="123"' in page


def test_second_person_sees_no_digit_of_the_first(pool, as_):
    draw = pool.freeze()
    draws.enter_seed(draw, by=pool.people[0], digits=DIGITS)
    for url in (detail(pool), reverse("plans:draw_ceremony", args=[draw.pk])):
        page = as_(pool.people[1]).get(url).content.decode()
        assert DIGITS not in page
        assert "<b>4</b><b>0</b>" not in page


def test_people_are_told_that_their_entries_differ(pool, as_):
    draw = pool.freeze()
    for person, digits in zip(pool.people, (DIGITS, DIGITS[::-1]), strict=True):
        draws.enter_seed(draw, by=person, digits=digits)
    for person in pool.people:
        assert "两人录入不一致" in as_(person).get(detail(pool)).content.decode()


def test_entry_that_differs_is_no_success(pool, as_):
    draw = pool.freeze()
    draws.enter_seed(draw, by=pool.people[0], digits=DIGITS)
    url = reverse("plans:draw_seed", args=[draw.pk])
    page = as_(pool.people[1]).post(url, {"digits": DIGITS[::-1]}, follow=True)
    assert list(page.context["messages"]) == []
    assert "两人录入不一致" in page.content.decode()


def test_ceremony_shows_seed_hash_and_result(pool, as_):
    draw = pool.drawn()
    page = as_(pool.people[0]).get(reverse("plans:draw_ceremony", args=[draw.pk]))
    for text in [draw.list_hash[:4], draw.code, "2 市 4 个县（市、区）", "全部满足规则"]:
        assert text in page.content.decode()


def test_notice_tells_result_replacement_and_proof(pool, as_):
    draw = pool.drawn()
    pick = draw.picks.filter(status="drawn").first()
    chosen = replacing.replace(pick, by=pool.people[0], reason="示例停产")
    page = as_(pool.people[0]).get(reverse("plans:draw_notice", args=[draw.pk])).content.decode()
    for text in [draw.list_hash, draw.code, f"{pick}由{chosen}替换（示例停产）", "40718 26395"]:
        assert text in page


def test_replacement_without_reason_opens_its_form_again(pool, as_):
    pick = pool.drawn().picks.filter(status="drawn").first()
    answer = as_(pool.people[0]).post(reverse("plans:pick_replace", args=[pick.pk]), {"reason": ""})
    assert answer.status_code == 422
    assert "<details open>" in answer.content.decode()


def test_refused_void_stands_at_its_form_with_the_reason_typed(pool, as_):
    draw = pool.drawn()
    pool.freeze("enterprises")
    url = reverse("plans:draw_void", args=[draw.pk])
    page = as_(pool.people[0]).post(url, {"reason": "示例理由一二三"}).content.decode()
    assert "请先作废企业抽取" in page
    assert "示例理由一二三" in page


def test_draw_of_another_issuer_does_not_exist(pool, as_):
    draw = pool.drawn()
    person = as_(pool.outsider())
    for name, pk in [
        ("draw_detail", pool.plan.pk),
        ("draw_ceremony", draw.pk),
        ("draw_notice", draw.pk),
        ("draw_proof", draw.pk),
    ]:
        assert person.get(reverse(f"plans:{name}", args=[pk])).status_code == 404
    for name, pk in [
        ("draw_seed", draw.pk),
        ("draw_run", draw.pk),
        ("draw_void", draw.pk),
        ("draw_relax", pool.plan.pk),
        ("pick_replace", draw.picks.first().pk),
    ]:
        assert person.post(reverse(f"plans:{name}", args=[pk])).status_code == 404


def test_team_member_may_not_open_the_workbench(world, as_):
    url = reverse("plans:draw_detail", args=[world.plan.pk])
    assert as_(world.leader).get(url).status_code == 403


def test_verbs_are_post_only(pool, as_):
    draw = pool.freeze()
    url = reverse("plans:draw_run", args=[draw.pk])
    assert as_(pool.people[0]).get(url).status_code == 405


@pytest.mark.parametrize("typed", ["code", "lower", "plain"])
def test_public_page_needs_no_login_and_takes_the_code_as_typed(pool, client, typed):
    code = pool.drawn().code
    spelled = {"code": code, "lower": code.lower(), "plain": code.replace("-", " ")}[typed]
    answer = client.get(reverse("draw_lookup"), {"code": spelled})
    page = client.get(answer["Location"]).content.decode()
    assert "与公告的结果逐项相同" in page


def test_public_page_says_when_the_stored_result_was_changed(pool, client):
    draw = pool.drawn()
    draw.result["groups"][0]["drawn"].reverse()
    draw.save()
    page = client.get(reverse("draw_public", args=[draw.code])).content.decode()
    assert "不一致" in page
    assert "示例1市：抽中不符" in page


def test_public_page_shows_no_person_and_no_exclusion(pool, client):
    pool.drawn(plan=pool.new_plan(1))
    Region.objects.filter(level="county").update(is_key_chemical=True)
    draw = pool.drawn()
    page = client.get(reverse("draw_public", args=[draw.code])).content.decode()
    assert "示例甲" not in page
    assert "已抽查（" not in page


def test_unknown_code_is_told_without_an_error(db, client):
    page = client.get(reverse("draw_lookup"), {"code": "AAAA-AAAA"}).content.decode()
    assert "没有这个短码的抽取" in page
    assert client.get(reverse("draw_public", args=["AAAA-AAAA"])).status_code == 404


def test_proof_is_a_file_that_names_no_person(pool, as_):
    draw = pool.drawn()
    answer = as_(pool.people[0]).get(reverse("plans:draw_proof", args=[draw.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="draw-{draw.code}.json"'
    assert json.loads(answer.content)["list_hash"] == draw.list_hash
    assert "示例甲" not in answer.content.decode()


@pytest.mark.parametrize("cities", [1, 2])
def test_workbench_costs_the_same_for_any_number_of_cities(
    pool, as_, cities, django_assert_num_queries
):
    for city in pool.cities[cities:]:
        Region.objects.filter(path__startswith=city.path).update(valid_to="2017-01-01")
    person = as_(pool.people[0])
    person.get(detail(pool))
    with django_assert_num_queries(12):
        person.get(detail(pool))
