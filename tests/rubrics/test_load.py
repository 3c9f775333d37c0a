"""Loading is idempotent and publishes; the printout is whole."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.models import Criterion, Version
from rubrics.outline import outline_of, read
from tests.factories.rubrics import small_version

FILES = sorted(FOLDER.glob("*.json"))


def load(*files) -> str:
    out = StringIO()
    call_command("load_rubrics", *files, stdout=out)
    return out.getvalue()


def changed(tmp_path, **changes):
    data = json.loads((FOLDER / "fujian1-county-union.json").read_text(encoding="utf-8"))
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data | changes), encoding="utf-8")
    return path


def test_loading_publishes_what_the_fixture_says(db):
    load()
    assert Version.objects.count() == len(FILES)
    for version in Version.objects.with_tree():
        path = FOLDER / f"{version.rubric.code}.json"
        fixture = read(json.loads(path.read_text(encoding="utf-8")))
        assert outline_of(version) == fixture
        assert (version.status, version.content_hash) == ("published", fixture.content_hash)
    assert list(AuditEvent.objects.values_list("action", "actor_name")) == [
        ("rubric.store", "系统"),
        ("rubric.publish", "系统"),
    ] * len(FILES)


def test_loading_twice_changes_nothing(db):
    load()
    before = list(Version.objects.values())
    assert load().count("已有，未改动") == len(FILES)
    assert list(Version.objects.values()) == before
    assert Criterion.objects.count() == 20 + 18 + 44 + 40 + 15 + 15 + 18 + 23


def test_changed_content_needs_a_new_version(db, tmp_path):
    load()
    with pytest.raises(CommandError, match="要加一个版次"):
        load(changed(tmp_path, title="改过的"))
    assert "已发布" in load(changed(tmp_path, title="改过的", number=2))
    assert Version.objects.count() == len(FILES) + 1


def test_contradiction_stops_the_load_unless_accepted(db, tmp_path):
    with pytest.raises(CommandError, match="总分：标明51分，各项合计50分"):
        load(changed(tmp_path, total="51"))
    assert not Version.objects.exists()
    note = ["总分：标明51分，各项合计50分"]
    load(changed(tmp_path, total="51", accepted_mismatches=note))
    assert Version.objects.get().accepted_mismatches == note


def test_printout_has_every_published_version(db):
    load()
    out = StringIO()
    call_command("rubrics", "--json", stdout=out)
    forms = json.loads(out.getvalue())
    assert {f["code"]: f["total"] for f in forms} == {
        path.stem: int(json.loads(path.read_text(encoding="utf-8"))["total"]) for path in FILES
    }
    for form in forms:
        items = [item for section in form["sections"] for item in section["items"]]
        assert sum(c["max"] for item in items for c in item["criteria"]) == form["total"]
        assert sum(item["points"] for item in items) == form["total"]
        if form["layout"] == "scores":
            assert all(i["text"] == f"{i['number']}." + _joined(i) for i in items)


def _joined(item) -> str:
    return "".join(c["text"] for c in item["criteria"])


def test_printout_leaves_drafts_out(db):
    small_version()
    Version.objects.create(rubric=Version.objects.get().rubric, number=2, title="示例草稿", total=1)
    out = StringIO()
    call_command("rubrics", stdout=out)
    assert out.getvalue() == "small-county_union 第1版 示例评分表 12.00分\n"
