"""The objects of the permission matrix, and which address is asked about which of them."""

from collections.abc import Callable
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from attachments import actions as files
from hazards.addresses import receipt_of
from hazards.importing import write as importing
from hazards.importing.columns import COLUMNS as HAZARD_COLUMNS
from hazards.models import Hazard, Place
from hazards.reading import keep_view
from inbox.actions import tell
from inbox.models import Notice
from materials import actions as pieces
from orgs.actions.imports import keep_list
from orgs.importing.columns import COLUMNS
from orgs.importing.workbook import Sheet
from plans.models import Recusal, Visit
from reports.models import IssuedDocument
from rubrics import actions as rubrics
from rubrics import intake
from rubrics.models import Rubric
from rubrics.reading.files import read_text
from scoring import comments, findings
from scoring.models import Finding, Scoresheet
from tests.architecture import made
from tests.attachments.samples import photo
from tests.cast import World
from tests.factories import (
    briefs,
    hazards,
    letters,
    materials,
    papers,
    patrols,
    plans,
    rewards,
    self_checks,
)
from tests.hazards.table import LISTED, MOVED_FROM


def _photo(world: World) -> dict[str, object]:
    kept = files.add(
        SimpleUploadedFile("示例.jpg", photo()),
        holder_type="visit",
        holder_id=world.visit.pk,
        slot="1-1",
        upload_id=uuid4(),
        by=world.member,
        stream=world.visit.stream,
    )
    return {"pk": kept.pk}


def _released_photo(world: World) -> dict[str, object]:
    kept = _photo(world)
    _release(world, world.visit)
    return kept


def _chapter(world: World) -> dict[str, object]:
    brief = briefs.begun(world)
    return {"pk": brief.pk, "chapter": briefs.chapter(brief, "next").pk}


def _material(world: World) -> dict[str, object]:
    unit = world.orgs["county_a1_union"]
    return {"pk": materials.piece(world.plan, unit, by=world.member).pk}


def _returned_material(world: World) -> dict[str, object]:
    kept = materials.piece(world.plan, world.orgs["county_a1_union"], by=world.member)
    pieces.move(kept, "return", by=world.province, reason="示例")
    return {"pk": kept.pk}


def _intake(world: World) -> dict[str, object]:
    text = "示例评分表\n一、管理\n1.有制度（5分）"
    kept = intake.keep(read_text(text), by=world.admin, filename="示例.txt", data=text.encode())
    return {"pk": kept.pk}


def _recusal(world: World) -> dict[str, object]:
    recusal = Recusal.objects.create(
        user=world.member,
        organization=world.orgs["enterprise_a1"],
        reason="示例",
        declared_by=world.province,
    )
    return {"pk": world.plan.pk, "recusal_pk": recusal.pk}


def _code(world: World) -> dict[str, object]:
    papers.submitted(world)
    return {"code": IssuedDocument.objects.filter(kind="scoresheet").get().code}


def _released(world: World) -> dict[str, object]:
    return {"pk": _release(world, world.enterprise_visit).pk}


def _release(world: World, visit: Visit) -> Visit:
    papers.confirmed(world, visit)
    papers.actions.release(visit, by=world.province)
    return visit


def _told_plan(world: World) -> dict[str, object]:
    """The round after 甲一县总工会 was sent its result."""
    _release(world, world.visit)
    return {"pk": world.plan.pk}


def _city_visit(world: World) -> Visit:
    """A visit of 甲市总工会's own round, led by its own people, at an enterprise of 甲一县."""
    plan = plans.plan(world.orgs["city_a_union"], world.city_admin, version=world.version)
    team = plans.team(plan, world.city_a, world.city_admin)
    return plans.visit(plan, team, world.orgs["enterprise_a1"])


def _city_draft(world: World) -> Visit:
    """The same, being filled."""
    return papers.started(_city_visit(world), world.city_a).visit


def _batch(world: World) -> dict[str, object]:
    """A list of units with its header and no unit."""
    sheet = Sheet("单位", [column.title for column in COLUMNS], [])
    return {"pk": keep_list(sheet, by=world.city_admin, filename="示例.xlsx").pk}


def _draft(world: World) -> Scoresheet:
    return papers.started(world.visit, world.leader)


def _finding(world: World) -> dict[str, object]:
    return {"pk": findings.add(_draft(world), by=world.member, text="示例问题").pk}


def _problem(world: World) -> dict[str, object]:
    sheet = papers.actions.present(papers.submitted(world))
    kept = Finding.objects.create(sheet=sheet, order=1, text="示例问题", created_by=world.member)
    return {"pk": kept.pk}


def _check(world: World) -> Visit:
    """甲一县总工会 checks itself; its sheet is begun."""
    check = self_checks.asked(world)
    papers.started(check, world.county_a1)
    return check


def _check_photo(world: World) -> dict[str, object]:
    check = _check(world)
    kept = files.add(
        SimpleUploadedFile("示例.jpg", photo()),
        holder_type="visit",
        holder_id=check.pk,
        slot="1-1",
        upload_id=uuid4(),
        by=world.county_a1,
        stream=check.stream,
    )
    return {"pk": kept.pk}


def _check_finding(world: World) -> dict[str, object]:
    sheet = _check(world).sheets.get()
    return {"pk": findings.add(sheet, by=world.county_a1, text="示例问题").pk}


def _compared(world: World) -> Visit:
    """What 甲一县总工会 said of itself, and what the team found there."""
    self_checks.filed(world)
    return self_checks.supervised(world)


def _compared_released(world: World) -> Visit:
    visit = _compared(world)
    papers.actions.confirm(visit, by=world.province)
    papers.actions.release(visit, by=world.province)
    return visit


def _comment(world: World) -> dict[str, object]:
    visit = papers.submitted(world)
    sheet = papers.actions.present(visit)
    kept = comments.add(sheet, by=world.province, text="示例意见")
    return {"pk": visit.pk, "comment_pk": kept.pk}


def _unit(key: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"pk": world.orgs[key].pk}


def _city_table(world):
    """A draft of 甲市's own table."""
    draft = rubrics.redraft(world.version, by=world.admin)
    Rubric._base_manager.filter(pk=draft.rubric_id).update(organization=world.orgs["city_a_union"])
    return {"pk": draft.pk}


# what the address needs, for one object of the cast
def _hazard(grade: str, status: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"pk": hazards.in_state(world, status, grade).pk}


def _place(world: World, **fields: object) -> Place:
    """A place of 甲一县's enterprise."""
    return Place.objects.create(
        unit=world.orgs["enterprise_a1"], level="post", name="2号泵房", **fields
    )


def _hazard_list(world: World) -> dict[str, object]:
    """A list of hazards of 甲一县's enterprise with its header and no hazard."""
    sheet = Sheet("隐患", [column.title for column in HAZARD_COLUMNS], [])
    kept = importing.keep_list(sheet, by=world.officer, filename="示例.xlsx")
    return {"pk": kept.pk}


def _notice(world: World) -> dict[str, object]:
    """Something the worker of 甲一县's enterprise is told."""
    tell([world.worker], kind="news", about="示例", key="示例", text="示例", link=reverse("home"))
    return {"pk": Notice.objects.get().pk}


def _receipt(world: World) -> dict[str, object]:
    """What who reported by the code of a wall holds."""
    return {"receipt": receipt_of(hazards.reported(world, source=Hazard.Source.CODE))}


def _listed(last: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"pk": hazards.listed(world, last).pk}


def _letter(world: World) -> dict[str, object]:
    """整改通知书 of a hazard that is being rectified."""
    hazard = hazards.in_state(world, Hazard.Status.RECTIFYING)
    return {"pk": hazard.pk, "code": hazard.papers.get().code}


OBJECTS: dict[str, Callable[[World], dict[str, object]]] = {
    "brief": lambda world: {"pk": briefs.begun(world).pk},
    "issued_brief": lambda world: {"pk": briefs.issued(world).pk},
    "chapter": _chapter,
    "statistics_table": lambda world: {"table": "problems"},
    **{
        f"hazard_{grade}_{status}": _hazard(grade, status)
        for grade in Hazard.Grade.values
        for status in Hazard.Status.values
    },
    "place": lambda world: {"pk": _place(world).pk},
    "closed_place": lambda world: {"pk": _place(world, closed_at=timezone.now()).pk},
    "hazard_list": _hazard_list,
    "notice": _notice,
    "wall": lambda world: {"token": _place(world).token},
    "old_wall": lambda world: {"token": "示例旧码"},
    "receipt": _receipt,
    "forged_receipt": lambda world: {"receipt": "1.示例"},
    # what 甲一县's enterprise looks at
    "post": lambda world: {"pk": patrols.place(world).pk},
    "patrol": lambda world: {"pk": patrols.patrol(patrols.place(world), world.worker).pk},
    "policy": lambda world: {"pk": patrols.policy(world).pk},
    "deed": lambda world: {"name": "urge"},
    "level": lambda world: {"level": "workshop"},
    "reward": lambda world: {"pk": rewards.granted(world).pk},
    "reward_rule": lambda world: {"pk": rewards.rule(world).pk},
    **{f"listed_{last}": _listed(last) for _, last in LISTED},
    "hazard_letter": _letter,
    "ledger_view": lambda world: {"pk": keep_view(world.officer, "示例", "tab=all").pk},
    "intake": _intake,
    "none": lambda world: {},
    "plan": lambda world: {"pk": world.plan.pk},
    "told_plan": _told_plan,
    "foreign_plan": lambda world: {"pk": made.foreign_plan(world).pk},
    # a round of the city's: the province above reads it, the neighbours know nothing of it
    "city_plan": lambda world: {"pk": _city_visit(world).plan_id},
    "city_visit": lambda world: {"pk": _city_visit(world).pk},
    "city_draft": lambda world: {"pk": _city_draft(world).pk},
    "city_record": lambda world: {"pk": _city_draft(world).pk, "kind": "record"},
    "team": lambda world: {"pk": world.team.pk},
    "recusal": _recusal,
    # the team at 甲一县总工会, at 甲一县's enterprise, the other team at 乙一县总工会
    "visit": lambda world: {"pk": world.visit.pk},
    "enterprise_visit": lambda world: {"pk": world.enterprise_visit.pk},
    "other_visit": lambda world: {"pk": world.other_visit.pk},
    "draft": lambda world: {"pk": papers.started(world.visit, world.leader).visit_id},
    "submitted": lambda world: {"pk": papers.submitted(world).pk},
    "confirmed": lambda world: {"pk": papers.confirmed(world).pk},
    "released": _released,
    # 甲一县总工会's own result, sent to it
    "released_union": lambda world: {"pk": _release(world, world.visit).pk},
    "released_sheet": lambda world: {"pk": _release(world, world.visit).sheets.get().pk},
    "released_point": lambda world: OBJECTS["released_sheet"](world) | {"code": "1-1"},
    "released_draft": lambda world: OBJECTS["released_union"](world) | {"revision": 1},
    "released_photo": _released_photo,
    "draft_record": lambda world: OBJECTS["draft"](world) | {"kind": "record"},
    "released_record": lambda world: _released(world) | {"kind": "record"},
    "sheet": lambda world: {"pk": _draft(world).pk},
    "point": lambda world: {"pk": _draft(world).pk, "code": "1-1"},
    "sheet_file": lambda world: {"pk": _draft(world).pk, "file_pk": _photo(world)["pk"]},
    "text": lambda world: OBJECTS["draft"](world) | {"field": "highlights"},
    "sign_role": lambda world: OBJECTS["draft"](world) | {"role": "leader"},
    "first_draft": lambda world: OBJECTS["submitted"](world) | {"revision": 1},
    # what 甲一县总工会 says of itself: asked, begun, filed; and beside what was found
    "check": lambda world: {"pk": self_checks.asked(world).pk},
    "check_draft": lambda world: {"pk": _check(world).pk},
    "check_filed": lambda world: {"pk": self_checks.filed(world).pk},
    "check_sheet": lambda world: {"pk": _check(world).sheets.get().pk},
    "check_point": lambda world: OBJECTS["check_sheet"](world) | {"code": "1-1"},
    "check_text": lambda world: OBJECTS["check_draft"](world) | {"field": "problems"},
    "check_role": lambda world: OBJECTS["check_draft"](world) | {"role": "unit"},
    "check_first": lambda world: OBJECTS["check_filed"](world) | {"revision": 1},
    "check_paper": lambda world: OBJECTS["check_filed"](world) | {"kind": "scoresheet"},
    "check_photo": _check_photo,
    "check_finding": _check_finding,
    "compared": lambda world: {"pk": _compared(world).pk},
    "compared_released": lambda world: {"pk": _compared_released(world).pk},
    "finding": _finding,
    "problem": _problem,
    "comment": _comment,
    "job": lambda world: {"pk": made.open_job(world).pk},
    "done_job": lambda world: {"pk": made.done_job(world).pk},
    "plan_city": lambda world: {"pk": world.plan.pk, "city": world.regions["city_a"].pk},
    "batch": _batch,
    "stage": lambda world: {"pk": world.plan.pk, "stage": "counties"},
    "foreign_stage": lambda world: {"pk": made.foreign_plan(world).pk, "stage": "counties"},
    "frozen_draw": lambda world: {"pk": made.frozen(world).pk},
    "seeded_draw": lambda world: {
        "pk": made.seeded(made.frozen(world), world.province, world.province2).pk
    },
    "draw": lambda world: {"pk": made.drawn(world).pk},
    "foreign_draw": lambda world: {"pk": made.foreign_draw(world).pk},
    "frozen_code": lambda world: {"code": made.frozen(world).code},
    "draw_code": lambda world: {"code": made.drawn(world).code},
    "pick": lambda world: made.pick(made.drawn(world)),
    "foreign_pick": lambda world: made.pick(made.foreign_draw(world)),
    "draft_version": lambda world: {"pk": rubrics.redraft(world.version, by=world.admin).pk},
    "version": lambda world: {"pk": world.version.pk},
    "city_table": _city_table,
    "photo": _photo,
    "letter": lambda world: {"pk": letters.sent(world).pk},
    "answered_letter": lambda world: {"pk": letters.answered(world).pk},
    "material": _material,
    "returned_material": _returned_material,
    "code": _code,
    "unknown_code": lambda world: {"code": "2222-2222-2222"},
    "city_a_union": _unit("city_a_union"),
    "enterprise_a1": _unit("enterprise_a1"),
    "enterprise_b1": _unit("enterprise_b1"),
    "leader": lambda world: {"pk": world.leader.pk},
    "officer": lambda world: {"pk": world.officer.pk},
}
VISITS = ("visit", "enterprise_visit", "other_visit")
UNITS = ("city_a_union", "enterprise_a1", "enterprise_b1")
# URL name, or its namespace where most of its addresses take the same → object keys
FOR: dict[str, tuple[str, ...]] = {
    "": ("none",),
    "analysis": ("none",),
    "draw_public": ("draw_code", "frozen_code"),
    "draw_public_proof": ("draw_code", "frozen_code"),
    "attachments": ("photo", "released_photo", "check_photo"),
    "audit": ("none",),
    "orgs": ("none",),
    "orgs:organization_detail": UNITS,
    "orgs:organization_edit": UNITS,
    "orgs:organization_close": UNITS,
    "orgs:organization_reopen": UNITS,
    "orgs:import_detail": ("batch",),
    "orgs:import_marked": ("batch",),
    "orgs:import_write": ("batch",),
    "orgs:user_edit": ("leader", "officer"),
    "orgs:user_disable": ("leader", "officer"),
    "orgs:user_enable": ("leader", "officer"),
    "orgs:user_reset_password": ("leader", "officer"),
    "inbox": ("none",),
    "inbox:notice_open": ("notice",),
    "plans": ("plan",),
    "plans:plan_list": ("none",),
    "plans:plan_create": ("none",),
    "plans:task_list": ("none",),
    "plans:account": ("none",),
    "plans:team_detail": ("team",),
    "plans:team_edit": ("team",),
    "plans:team_disband": ("team",),
    "plans:plan_detail": ("plan", "told_plan", "foreign_plan", "city_plan"),
    "plans:visit_add": ("plan", "foreign_plan"),
    "plans:visit_name": ("plan", "foreign_plan"),
    "plans:self_check_open": ("plan", "foreign_plan"),
    "plans:visit_detail": (*VISITS, "released_union", "city_visit", "check", "check_filed"),
    "plans:visit_edit": (*VISITS, "city_visit", "check"),
    "plans:visit_cancel": (*VISITS, "city_visit", "check"),
    "plans:recusal_declare": (*VISITS, "check"),
    "plans:recusal_withdraw": ("recusal",),
    "plans:plan_dates": ("plan", "foreign_plan", "city_plan"),
    "plans:draw_detail": ("plan", "told_plan", "foreign_plan", "city_plan"),
    "plans:draw_freeze": ("stage", "foreign_stage"),
    "plans:draw_relax": ("plan", "foreign_plan"),
    "plans:draw_ceremony": ("draw", "foreign_draw"),
    "plans:draw_seed": ("frozen_draw", "foreign_draw"),
    "plans:draw_run": ("seeded_draw", "foreign_draw"),
    "plans:draw_void": ("draw", "foreign_draw"),
    "plans:draw_notice": ("draw", "foreign_draw"),
    "plans:draw_proof": ("draw", "foreign_draw"),
    "plans:pick_replace": ("pick", "foreign_pick"),
    "plans:draw_supplement": ("pick", "foreign_pick"),
    "rubrics:intake_upload": ("none",),
    "rubrics:intake_template": ("none",),
    "rubrics:intake_detail": ("intake",),
    "rubrics:intake_correct": ("intake",),
    "rubrics:intake_store": ("intake",),
    "rubrics": ("version",),
    "rubrics:version_detail": ("version", "city_table"),
    "rubrics:rubric_new": ("none",),
    "rubrics:version_list": ("none",),
    "scoring": ("draft", "other_visit", "check_draft"),
    "scoring:sheet": (
        "draft",
        "other_visit",
        "released_union",
        "city_draft",
        "check_draft",
        "check_filed",
    ),
    "scoring:record": ("draft", "other_visit", "released_union", "check_draft", "check_filed"),
    "scoring:visit_history": (
        "draft",
        "other_visit",
        "released_union",
        "check_draft",
        "check_filed",
    ),
    "scoring:start": ("visit", "other_visit", "check"),
    "scoring:board": ("none",),
    **dict.fromkeys(
        (
            "scoring:review_bulk",
            *(f"scoring:bulk_{n}" for n in ("vet", "confirm", "release", "return")),
        ),
        ("none",),
    ),
    "scoring:waiting": ("none",),
    "scoring:offline_worker": ("none",),
    "scoring:review_list": ("none",),
    "scoring:result_list": ("none",),
    "scoring:sheet_changes": ("sheet", "released_sheet", "check_sheet"),
    "scoring:sheet_checks": ("sheet", "released_sheet", "check_sheet"),
    "scoring:sheet_here": ("sheet", "check_sheet"),
    "scoring:sheet_save": ("sheet", "check_sheet"),
    "scoring:point": ("point", "released_point", "check_point"),
    "scoring:point_log": ("point", "released_point", "check_point"),
    "scoring:point_save": ("point", "check_point"),
    "scoring:point_files": ("point", "released_point", "check_point"),
    "scoring:file_add": ("point", "check_point"),
    "scoring:file_remove": ("sheet_file",),
    "scoring:text_save": ("text", "check_text"),
    "scoring:text_compose": ("text", "check_text"),
    "scoring:finding_edit": ("finding", "check_finding"),
    "scoring:finding_up": ("finding", "check_finding"),
    "scoring:finding_withdraw": ("finding", "check_finding"),
    "scoring:sign_scan": ("sign_role", "check_role"),
    "scoring:visit_revision": ("first_draft", "released_draft", "check_first"),
    "scoring:visit_review": ("submitted", "other_visit", "released_union", "check_filed"),
    "scoring:visit_result": ("submitted", "released", "released_union", "check_filed"),
    "scoring:comment_add": ("submitted", "check_filed"),
    "scoring:problem_list": ("plan", "foreign_plan"),
    "scoring:problem_edit": ("problem",),
    "scoring:verification": ("plan", "foreign_plan"),
    "scoring:self_comparison": ("compared", "compared_released", "check_filed"),
    "scoring:self_checks": ("plan", "foreign_plan"),
    "scoring:visit_mismatch": ("visit", "city_visit"),
    "scoring:comment_resolve": ("comment",),
    "scoring:visit_return": ("submitted", "check_filed"),
    "scoring:visit_vet": ("submitted", "check_filed"),
    "scoring:visit_confirm": ("submitted", "check_filed"),
    "scoring:visit_release": ("confirmed", "check_filed"),
    "scoring:visit_archive": ("confirmed", "check_filed"),
    "scoring:visit_correct": ("confirmed", "check_filed"),
    **{f"hazards:{name}": (where,) for name, where in MOVED_FROM.items()},
    **dict.fromkeys(("hazards:view_default", "hazards:view_delete"), ("ledger_view",)),
    "hazards:hazard_detail": ("hazard_general_rectifying", "hazard_major_rectifying"),
    "hazards": ("none",),
    "hazards:from_finding": ("finding",),
    **dict.fromkeys(
        ("hazards:photo_add", "hazards:reported", "hazards:follow", "hazards:hazard_urge"),
        ("hazard_general_rectifying",),
    ),
    **dict.fromkeys(
        ("hazards:place_detail", "hazards:place_up", "hazards:place_renew", "hazards:place_retire"),
        ("place",),
    ),
    **dict.fromkeys(
        ("hazards:import_detail", "hazards:import_marked", "hazards:import_write"),
        ("hazard_list",),
    ),
    **dict.fromkeys(("hazards:bulk_choose", "hazards:bulk_do"), ("deed",)),
    "hazards:place_reopen": ("closed_place",),
    "hazards:code": ("wall", "old_wall"),
    "hazards:receipt": ("receipt", "forged_receipt"),
    "briefs": ("brief",),
    "briefs:brief_list": ("none",),
    "briefs:brief_new": ("plan", "foreign_plan"),
    "briefs:brief_detail": ("brief", "issued_brief"),
    "briefs:brief_cancel": ("issued_brief",),
    "briefs:brief_revise": ("issued_brief",),
    **{
        f"briefs:chapter_{name}": ("chapter",)
        for name in ("up", "down", "remove", "check", "draft", "redraft")
    },
    "feedback": ("letter",),
    "feedback:letter_list": ("none",),
    "feedback:letter_send": ("plan", "foreign_plan"),
    "feedback:letter_close": ("answered_letter",),
    "feedback:letter_return": ("answered_letter",),
    "materials": ("plan",),
    "materials:experience_list": ("none",),
    "materials:material_detail": ("material",),
    "materials:describe": ("material",),
    "materials:return": ("material",),
    "materials:refile": ("returned_material",),
    "materials:withdraw": ("material",),
    "patrols": ("none",),
    **dict.fromkeys(
        ("patrols:place", "patrols:clear", "patrols:findings", "patrols:duty"), ("post",)
    ),
    "patrols:patrol_detail": ("patrol",),
    "patrols:patrol_cancel": ("patrol",),
    "patrols:policy_set": ("level",),
    "patrols:policy_stop": ("policy",),
    "rewards": ("none",),
    "rewards:pay": ("reward",),
    "rewards:rule_end": ("reward_rule",),
    "rewards:claim": ("receipt", "forged_receipt"),
    "reports": ("none",),
    **dict.fromkeys(
        tuple(f"reports:problem_list{form}" for form in ("", "_pdf", "_docx", "_workbook")),
        ("draft", "released"),
    ),
    **{
        f"reports:{name}_{form}": places
        for form in ("pdf", "docx")
        for name, places in (
            ("letter", ("letter",)),
            ("answer", ("letter", "answered_letter")),
        )
    },
    "reports:hazard_file": ("hazard_general_rectifying",),
    "reports:hazard_paper_pdf": ("hazard_letter",),
    "reports:hazard_paper_docx": ("hazard_letter",),
    "reports:visit_print": ("draft", "released", "city_draft", "check_draft", "check_filed"),
    "reports:document_pdf": ("draft_record", "released_record", "city_record", "check_paper"),
    "reports:document_docx": ("draft_record", "released_record", "check_paper"),
    "reports:document_xlsx": ("draft", "released", "check_filed"),
    "reports:blank": ("version",),
    "reports:intake_preview": ("intake",),
    "reports:blank_pdf": ("version",),
    "reports:blank_docx": ("version",),
    "reports:blank_xlsx": ("version",),
    "reports:verify_code": ("code", "unknown_code"),
    "reports:verify_total": ("code", "unknown_code"),
    "reports:plan_papers": ("plan", "told_plan", "foreign_plan", "city_plan"),
    "reports:book_start": ("plan", "told_plan", "foreign_plan"),
    "reports:zip_start": ("plan_city",),
    "reports:round_zip_start": ("plan",),
    "reports:workbook_start": ("plan",),
    "reports:brief_pdf": ("brief", "issued_brief"),
    "reports:brief_docx": ("brief", "issued_brief"),
    "reports:brief_layout": ("brief", "issued_brief"),
    "reports:job": ("job",),
    "reports:job_cancel": ("job",),
    "reports:job_again": ("done_job",),
    "reports:job_file": ("job", "done_job"),
    "reports:draw_notice_pdf": ("draw", "foreign_draw"),
    "reports:result_workbook": ("none",),
    "reports:compared_workbook": ("statistics_table",),
    "reports:loss_workbook": ("none",),
    "reports:score_workbook": ("none",),
    "reports:team_workbook": ("none",),
    "reports:hazard_figures": ("none",),
    "reports:problem_workbook": ("plan", "foreign_plan"),
    "reports:self_check_workbook": ("plan", "foreign_plan"),
    "reports:monthly_page": ("plan", "foreign_plan"),
    "reports:monthly_pdf": ("plan", "foreign_plan"),
    "reports:monthly_word": ("plan", "foreign_plan"),
}
