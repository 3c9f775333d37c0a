"""A table that was never in the system, begun in the browser."""

import pytest
from django.urls import reverse

from rubrics import actions
from rubrics.models import Rubric, Version
from rubrics.outline import outline_of

NEW = reverse("rubrics:rubric_new")
SAID = {
    "title": "示例安全评分表",
    "code": "shili-2026",
    "target": "producer",
    "layout": "details",
    "annex": "附件5",
    "unit_label": "企业名称",
    "issuer": "示例安委办",
    "source": "《示例方案》附件5",
}


def made():
    return Version.objects.get(rubric__code="shili-2026")


def test_form_begins_with_ones_own_unit_as_issuer(world, as_):
    page = as_(world.province).get(NEW).content.decode()
    assert 'value="山东省总工会"' in page


def test_new_table_has_one_point_and_opens_in_the_editor(world, as_):
    reply = as_(world.province).post(NEW, SAID)
    version = made()
    assert reply.url == reverse("rubrics:version_edit", args=[version.pk])
    outline = outline_of(Version.objects.with_tree().get(pk=version.pk))
    assert [item.number for item in outline.items] == [1]
    assert {name: getattr(outline, name) for name in SAID} == SAID
    assert version.rubric.organization == world.province.organization


def test_table_after_another_says_what_that_one_says(world, as_):
    as_(world.province).post(NEW, SAID | {"after": world.version.pk})
    mine = outline_of(Version.objects.with_tree().get(pk=made().pk))
    theirs = outline_of(Version.objects.with_tree().get(pk=world.version.pk))
    assert (mine.sections, mine.total, mine.layout) == (theirs.sections, theirs.total, "scores")
    assert (mine.title, mine.number) == ("示例安全评分表", 1)


def test_table_that_one_does_not_see_is_not_copied(world, as_):
    draft = actions.redraft(world.version, by=world.admin)
    Rubric._base_manager.filter(pk=draft.rubric_id).update(organization=world.orgs["city_b_union"])
    page = as_(world.province).post(NEW, SAID | {"after": draft.pk})
    assert (page.status_code, Rubric.objects.filter(code="shili-2026").exists()) == (422, False)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("示例", "只用小写字母"),
        ("-a", "只用小写字母"),
        ("small-county_union", "只用"),
        ("", "必填"),
    ],
)
def test_wrong_code_is_told_and_what_was_typed_stays(world, as_, code, words):
    page = as_(world.province).post(NEW, SAID | {"code": code})
    html = page.content.decode()
    assert (page.status_code, words in html, "示例安全评分表" in html) == (422, True, True)


def test_code_that_is_taken_is_told(world, as_):
    as_(world.province).post(NEW, SAID)
    page = as_(world.admin).post(NEW, SAID)
    assert (page.status_code, "已经有表在用" in page.content.decode()) == (422, True)
