"""A draft changed in the browser, piece by piece."""

from dataclasses import replace

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


def said(version):
    return outline_of(Version.objects.with_tree().get(pk=version.pk))


def point(draft):
    return outline_of(Version.objects.with_tree().get(pk=draft.pk)).items[0].criteria[0]


@pytest.mark.parametrize(
    "at", ["", "heads", "scheme", "0", "0.0", "0.0.0", "1.0.0", "1.1.0", "9.9"]
)
def test_page_shows_the_form_of_every_kind_of_part(world, as_, draft, at):
    page = as_(world.admin).get(reverse("rubrics:version_edit", args=[draft.pk]), {"at": at})
    assert page.status_code == 200
    assert "逐级相符" in page.content.decode()


def test_page_costs_the_same_for_any_size(world, as_, draft, post, django_assert_num_queries):
    browser, address = as_(world.admin), reverse("rubrics:version_edit", args=[draft.pk])
    browser.get(address)
    post("part_add", "0.0")
    with django_assert_num_queries(10):
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


def test_save_on_top_of_a_change_elsewhere_is_no_conflict(draft, post):
    post("part_change", "1.0.0", **POINT | {"code": "2", "text": "别处先存的"})
    page = post("part_change", "0.0.0", seen=0, anchor="1-1", **POINT | {"text": "后存的"})
    assert page.status_code == 302
    assert point(draft).text == "后存的"
    assert draft.steps.count() == 2


def test_second_press_of_a_save_leaves_no_second_step(draft, post):
    said = POINT | {"text": "按了两次"}
    pages = [post("part_change", "0.0.0", seen=0, anchor="1-1", **said) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert draft.steps.count() == 1


def test_save_finds_its_point_where_a_colleague_has_moved_it(draft, post):
    post("part_down", "0.0.0")
    page = post("part_change", "0.0.0", seen=0, anchor="1-1", **POINT | {"text": "跟着走的"})
    assert page.url.endswith("?at=0.0.1")
    assert codes(draft)[0] == ["1-2", "1-1"]
    assert point(draft).text != "跟着走的"


def test_save_of_a_removed_point_shows_what_was_typed(draft, post):
    post("part_remove", "0.0.0")
    before = codes(draft)
    page = post("part_change", "0.0.0", seen=0, anchor="1-1", **POINT | {"text": "白填的字"})
    html = page.content.decode()
    assert (page.status_code, "白填的字" in html, "已经被删去" in html) == (409, True, True)
    assert codes(draft) == before


def test_save_after_a_colleagues_undo_shows_both(draft, post):
    post("part_change", "0.0.0", **POINT | {"text": "先改的"})
    post("version_undo")
    page = post("part_change", "0.0.0", seen=1, anchor="1-1", **POINT | {"text": "再改的"})
    assert page.status_code == 409
    post("part_change", "0.0.0", anchor="1-1", **POINT | {"text": "再改的"})
    assert point(draft).text == "再改的"


def test_late_parameters_are_shown_beside_each_other(draft, post):
    bands = {"kind": "deduct", "unit": "处", "each": "1"}
    post("part_change", "0.0.0", **POINT | bands)
    page = post("part_change", "0.0.0", seen=0, anchor="1-1", **POINT | bands | {"each": "0.5"})
    assert (page.status_code, "<td>1</td><td>0.5</td>" in page.content.decode()) == (409, True)


def test_chosen_kind_is_shown_with_what_it_asks_and_saved_by_nobody(draft, post):
    page = post("part_kind", "0.0.0", **POINT | {"kind": "deduct", "text": "写了一半"})
    html = page.content.decode()
    assert (page.status_code, 'name="unit"' in html, "写了一半" in html) == (200, True, True)
    assert ("还没有保存" in html, "请填" in html) == (True, False)
    assert draft.steps.count() == 0


def test_next_part_is_saved_for_and_added_in_one_step(draft, post):
    page = post("part_next", "0.0.0", **POINT | {"text": "改了再加"})
    assert page.url.endswith("?at=0.0.1")
    assert (codes(draft)[0], point(draft).text) == (["1-1", "1-3", "1-2"], "改了再加")
    post("version_undo")
    assert codes(draft)[0] == ["1-1", "1-2"]
    page = post("part_next", "0.0", points="5", methods="")
    assert (page.url.endswith("?at=0.1"), len(codes(draft))) == (True, 4)


def test_stated_sums_are_taken_over_with_one_press(draft, post):
    post("part_change", "0.0.0", **POINT | {"text": "示例；", "points": "4"})
    post("sums_adopt")
    outline = outline_of(Version.objects.with_tree().get(pk=draft.pk))
    assert (outline.items[0].points, outline.total) == (7, 14)


def test_late_split_keeps_both_halves(draft, post):
    post("part_add", "0.0")
    halves = {"first_text": "制定了", "first_points": "1", "second_points": "1"}
    page = post("part_split", "0.0.0", seen=0, **halves, second_text="方案（2分）；")
    html = page.content.decode()
    assert (page.status_code, "您按的“拆分”没有做" in html, ">\n制定了<" in html) == (
        409,
        True,
        True,
    )


def test_late_press_says_who_changed_what(world, draft, post):
    post("part_add", "0.0")
    page = post("part_up", "0.0.1", seen=0)
    html = page.content.decode()
    assert page.status_code == 409
    assert "示例admin" in html
    assert "刚改过：增加督导内容 1.1" in html


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


@pytest.mark.parametrize("name", ["part_remove", "part_add", "part_up", "codes_recode"])
def test_late_press_changes_nothing(draft, post, name):
    post("part_add", "0.0")
    before = codes(draft)
    assert post(name, "0.0.1" if name == "part_up" else "0.0", seen=0).status_code == 409
    assert codes(draft) == before


def test_late_undo_takes_nothing_back(draft, post):
    post("part_add", "0.0")
    before = codes(draft)
    assert post("version_undo", seen=0).status_code == 409
    assert codes(draft) == before


def test_table_itself_is_changed_until_a_version_is_given_out(world, as_):
    outline = replace(said(world.version), code="own", number=1)
    mine = actions.store(outline, by=world.admin)
    address = reverse("rubrics:part_change", args=[mine.pk])
    head = {n: getattr(outline, n) for n in ("title", "annex", "unit_label", "layout", "source")}
    head |= {"target": "town", "issuer": "别的示例", "total": "12", "methods": "", "seen": 0}
    as_(world.admin).post(address, head | {"title": "改了题"})
    rubric = mine.rubric
    rubric.refresh_from_db()
    assert (rubric.target, rubric.title) == ("town", "改了题")
    undo = reverse("rubrics:version_undo", args=[mine.pk])
    as_(world.admin).post(undo, {"seen": 1})
    rubric.refresh_from_db()
    assert (rubric.target, rubric.title) == ("county_union", outline.title)


def test_what_is_not_a_draft_is_not_edited(world, draft, post):
    actions.publish(draft, by=world.province)
    post("part_add", "0.0")
    assert codes(draft)[0] == ["1-1", "1-2"]
