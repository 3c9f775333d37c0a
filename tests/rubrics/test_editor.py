"""A draft changed in the browser, piece by piece."""

import pytest
from django.urls import reverse

from rubrics import actions
from rubrics.models import Version
from rubrics.outline import outline_of

POINT = {"code": "1-1", "text": "制定了方案（2分）；", "points": "2", "kind": "award", "step": "1"}


@pytest.fixture
def draft(world):
    return actions.redraft(world.version, by=world.admin)


@pytest.fixture
def post(world, as_, draft):
    """Press a button of the page as it stands now, or as it stood at ``seen``."""
    browser = as_(world.admin)

    def press(name, at="", seen=None, **data):
        draft.refresh_from_db()
        said = {"at": at, "seen": draft.revision if seen is None else seen}
        return browser.post(reverse(f"rubrics:{name}", args=[draft.pk]), data | said)

    return press


def codes(draft):
    outline = outline_of(Version.objects.with_tree().get(pk=draft.pk))
    return [[point.code for point in item.criteria] for item in outline.items]


def point(draft):
    return outline_of(Version.objects.with_tree().get(pk=draft.pk)).items[0].criteria[0]


@pytest.mark.parametrize("at", ["", "0", "0.0", "0.0.0", "1.0.0", "1.1.0", "9.9"])
def test_page_shows_the_form_of_every_kind_of_part(world, as_, draft, at):
    page = as_(world.admin).get(reverse("rubrics:version_edit", args=[draft.pk]), {"at": at})
    assert page.status_code == 200
    assert "逐级相符" in page.content.decode()


def test_page_costs_the_same_for_any_size(world, as_, draft, post, django_assert_num_queries):
    browser, address = as_(world.admin), reverse("rubrics:version_edit", args=[draft.pk])
    browser.get(address)
    post("part_add", "0.0")
    with django_assert_num_queries(8):
        browser.get(address)


def test_point_is_changed_with_its_parameters(draft, post):
    assert post("part_change", "0.0.0", **POINT).status_code == 302
    assert (point(draft).params, draft.steps.get().what) == ({"step": "1"}, "改得分点 1.1.1")


def test_kind_is_changed_with_the_table_it_asks_for(draft, post):
    table = {"0-label": "高", "0-points": "2", "1-label": "低", "1-points": "1", "2-label": ""}
    post("part_change", "0.0.0", **POINT | {"kind": "tiers"} | table)
    levels = [{"label": "高", "points": "2"}, {"label": "低", "points": "1"}]
    assert (point(draft).kind, point(draft).params) == ("tiers", {"levels": levels})


def test_wrong_parameter_is_told_at_its_field_and_keeps_what_was_typed(draft, post):
    page = post("part_change", "0.0.0", **POINT | {"step": "半分", "text": "改了一半"})
    assert page.status_code == 422
    html = page.content.decode()
    assert 'value="半分"' in html
    assert "请填数字" in html
    assert "改了一半" in html
    assert draft.steps.count() == 0


def test_late_save_shows_both_values_and_changes_nothing(draft, post):
    post("part_change", "0.0.0", **POINT | {"text": "先存的"})
    page = post("part_change", "0.0.0", seen=0, **POINT | {"text": "后存的"})
    assert page.status_code == 409
    html = page.content.decode()
    assert "<td>先存的</td><td>后存的</td>" in html
    assert point(draft).text == "先存的"


def test_parts_are_added_moved_merged_removed_and_taken_back(draft, post):
    before = codes(draft)
    post("part_add", "0.0")
    assert codes(draft)[0] == ["1-1", "1-2", "1-3"]
    post("part_up", "0.0.2")
    assert codes(draft)[0] == ["1-1", "1-3", "1-2"]
    post("part_down", "0.0.1")
    post("part_move", "0.0.2", to="1.0")
    assert codes(draft)[1] == ["2", "1-3"]
    post("part_remove", "1.0.1")
    assert codes(draft) == before
    post("part_merge", "0.0.0")
    assert codes(draft)[0] == ["1-1"]
    post("codes_recode")
    assert codes(draft)[0] == ["1"]
    for _ in range(2):
        post("version_undo")
    assert codes(draft) == before


def test_point_is_split_without_losing_a_letter(draft, post):
    halves = {"first_text": "制定了", "first_points": "1", "second_points": "1"}
    page = post("part_split", "0.0.0", **halves, second_text="别的")
    assert (page.status_code, "一字不差" in page.content.decode()) == (422, True)
    post("part_split", "0.0.0", **halves, second_text="方案（2分）；")
    assert codes(draft)[0] == ["1-1", "1-3", "1-2"]


def test_late_press_changes_nothing(draft, post):
    post("part_add", "0.0")
    before = codes(draft)
    post("part_remove", "0.0.0", seen=0)
    assert codes(draft) == before


def test_what_is_not_a_draft_is_not_edited(world, draft, post):
    actions.publish(draft, by=world.admin)
    post("part_add", "0.0")
    assert codes(draft)[0] == ["1-1", "1-2"]
