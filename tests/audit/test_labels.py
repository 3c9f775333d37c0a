"""Every action and every field of the record has words of its own on the page."""

import ast
import re
from string import Formatter

from django.db import transaction

from audit.labels import ACTIONS, FIELDS, GROUPS
from audit.models import AuditEvent
from audit.record import record
from audit.sentences import SENTENCES
from hazards.workflow import MOVES as HAZARD_MOVES
from orgs.actions import organizations, users
from orgs.admin import RegionAdmin
from plans import actions as plan_actions
from plans import draws, replacing
from rubrics.models import Rubric
from scoring import actions, comments, findings
from scoring.workflow import MOVES
from tests.architecture.source import APPS, modules, text
from tests.factories import papers
from tests.factories.draws import Pool
from tests.factories.plans import drafted

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDS = {"record", "_record", "_tell", "note", "_finish"}


def written_actions():
    """The names that code gives to ``record``, straight or through a function or a field."""
    names = {f"visit.{move}" for move in MOVES} | {f"hazard.{move}" for move in HAZARD_MOVES}
    for path in modules(*APPS, "chabaocu"):
        tree = ast.parse(text(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in RECORDS:
                names |= _constants(node.args)
            elif (
                isinstance(node, ast.keyword)
                and node.arg == "action"
                or isinstance(node, ast.Assign)
                and _assigned(node) & {"action", "ACTION", "CHANGED"}
            ):
                names |= _constants([node.value])
    return names


def _called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _assigned(node):
    return {getattr(target, "id", "") for target in node.targets}


def _constants(nodes):
    found = [n.value for node in nodes for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return {value for value in found if isinstance(value, str) and NAME.fullmatch(value)}


def test_every_action_has_a_label():
    missing = sorted(written_actions() - set(ACTIONS))
    assert missing == []


def test_every_action_has_a_sentence_and_a_group():
    assert set(SENTENCES) == set(ACTIONS)
    named = {name for text in SENTENCES.values() for _, name, _, _ in Formatter().parse(text)}
    assert named == {None, "object", "subject"}
    assert {action.partition(".")[0] for action in ACTIONS} == set(GROUPS)


def test_labels_are_words():
    labels = ACTIONS | FIELDS | GROUPS
    assert [name for name, label in labels.items() if re.search(r"[a-z_.]", label)] == []


TELLS = {"_told", "_as_data", "_said", "recorded"}


def written_fields():
    """The names under which code hands values to ``record``, and what edit forms write."""
    names = {*organizations.WRITTEN, *users.WRITTEN, *RegionAdmin.fields} - {"path"}
    for path in modules("orgs", "attachments", "rubrics", "plans", "scoring"):
        for node in ast.walk(ast.parse(text(path))):
            if isinstance(node, ast.keyword) and node.arg in {"before", "after"}:
                names |= _keys(node.value)
            elif isinstance(node, ast.FunctionDef) and node.name in TELLS:
                names |= _keys(node)
    return names


def _keys(node):
    dicts = [inner for inner in ast.walk(node) if isinstance(inner, ast.Dict)]
    keys = [key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant)]
    return {key for key in keys if isinstance(key, str)}


def test_every_field_has_a_label():
    assert sorted(written_fields() - set(FIELDS)) == []


def unlabelled():
    """What stands as a code on the page of the record, with the actions that wrote it."""
    return sorted(
        f"{event.action}: {name}"
        for event in AuditEvent.objects.all()
        for name in {*event.before, *event.after} - set(FIELDS)
        if name.isascii()
    )


def test_plan_and_draw_are_told_in_words(db):
    """A round from its first draft to a county that is replaced."""
    pool = Pool()
    first, second = pool.people
    plan = drafted(pool.issuer, first)
    plan_actions.save_draft(plan, by=first, title="示例", basis="示例", materials_days=9)
    county = {Rubric.Target.COUNTY_UNION: pool.version}
    plan_actions.save_rubrics(plan, by=first, versions=county)
    for stage in ("counties", "enterprises"):
        drawn = pool.drawn(stage)
        replacing.replace(drawn.picks.standing().first(), by=second, reason="示例")
        plan_actions.create_visits(pool.plan, by=first)
    draws.void(drawn, by=first, reason="示例")
    assert unlabelled() == []


def test_papers_are_told_in_words(world):
    visit = papers.submitted(world)
    comments.add(actions.present(visit), by=world.province, text="示例")
    sheet = actions.return_visit(visit, by=world.province, note="示例")
    finding = findings.add(sheet, by=world.member, text="示例", advice="示例")
    findings.withdraw(finding, by=world.member)
    actions.release(papers.confirmed(world, world.enterprise_visit), by=world.province)
    assert unlabelled() == []


def test_code_without_words_is_seen(db, world):
    with transaction.atomic():
        record("visit.test", world.visit, by=None, stream="s", after={"code_of_ours": 1})
    assert unlabelled() == ["visit.test: code_of_ours"]
