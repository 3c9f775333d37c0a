"""The objects of the permission matrix, and which address is asked about which of them."""

from collections.abc import Callable
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from attachments import actions as files
from orgs.models import ImportBatch
from plans.models import Draw, Pick, Recusal
from reports.models import IssuedDocument, Job
from scoring import comments, findings
from scoring.models import Scoresheet
from tests.attachments.samples import photo
from tests.cast import World
from tests.factories import papers


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
    visit = papers.confirmed(world, world.enterprise_visit)
    papers.actions.release(visit, by=world.province)
    return {"pk": visit.pk}


def _batch(world: World) -> dict[str, object]:
    made = ImportBatch.objects.create(
        filename="示例.xlsx",
        sheet="单位",
        rows={"header": [], "rows": []},
        uploaded_by=world.city_admin,
    )
    return {"pk": made.pk}


def _draft(world: World) -> Scoresheet:
    return papers.started(world.visit, world.leader)


def _finding(world: World) -> dict[str, object]:
    return {"pk": findings.add(_draft(world), by=world.member, text="示例问题").pk}


def _comment(world: World) -> dict[str, object]:
    visit = papers.submitted(world)
    sheet = papers.actions.present(visit)
    made = comments.add(sheet, by=world.province, text="示例意见")
    return {"pk": visit.pk, "comment_pk": made.pk}


def _job(world: World) -> dict[str, object]:
    made = Job.objects.create(
        kind="book", key="示例", title="示例", arguments={}, owner=world.province
    )
    return {"pk": made.pk}


def _draw(world: World) -> Draw:
    return Draw.objects.create(
        plan=world.plan,
        stage=Draw.Stage.COUNTIES,
        run=1,
        status=Draw.Status.FROZEN,
        frozen_list="{}",
        list_hash="0" * 64,
        frozen_by=world.province,
        seed_source=Draw.SeedSource.DICE,
        seed_source_detail="示例",
        algorithm="cbc-draw-1",
        code="SHILI23",
    )


def _pick(world: World) -> dict[str, object]:
    place = world.regions["county_a1"]
    made = Pick.objects.create(
        draw=_draw(world), group=place.parent, region=place, rank=1, status=Pick.Status.DRAWN
    )
    return {"pk": made.pk}


def _unit(key: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {"pk": world.orgs[key].pk}


# what the address needs, for one object of the cast
OBJECTS: dict[str, Callable[[World], dict[str, object]]] = {
    "none": lambda world: {},
    "plan": lambda world: {"pk": world.plan.pk},
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
    "draft_record": lambda world: OBJECTS["draft"](world) | {"kind": "record"},
    "released_record": lambda world: _released(world) | {"kind": "record"},
    "sheet": lambda world: {"pk": _draft(world).pk},
    "point": lambda world: {"pk": _draft(world).pk, "code": "1-1"},
    "sheet_file": lambda world: {"pk": _draft(world).pk, "file_pk": _photo(world)["pk"]},
    "text": lambda world: OBJECTS["draft"](world) | {"field": "highlights"},
    "sign_role": lambda world: OBJECTS["draft"](world) | {"role": "leader"},
    "first_draft": lambda world: OBJECTS["submitted"](world) | {"revision": 1},
    "finding": _finding,
    "comment": _comment,
    "job": _job,
    "plan_city": lambda world: {"pk": world.plan.pk, "city": world.regions["city_a"].pk},
    "batch": _batch,
    "stage": lambda world: {"pk": world.plan.pk, "stage": "counties"},
    "draw": lambda world: {"pk": _draw(world).pk},
    "draw_code": lambda world: {"code": _draw(world).code},
    "pick": _pick,
    "version": lambda world: {"pk": world.version.pk},
    "photo": _photo,
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
    "draw_public": ("draw_code",),
    "draw_public_proof": ("draw_code",),
    "attachments": ("photo",),
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
    "plans": ("plan",),
    "plans:plan_list": ("none",),
    "plans:plan_create": ("none",),
    "plans:task_list": ("none",),
    "plans:account": ("none",),
    "plans:team_detail": ("team",),
    "plans:team_edit": ("team",),
    "plans:team_disband": ("team",),
    "plans:visit_detail": VISITS,
    "plans:visit_edit": VISITS,
    "plans:visit_cancel": VISITS,
    "plans:recusal_declare": VISITS,
    "plans:recusal_withdraw": ("recusal",),
    "plans:draw_freeze": ("stage",),
    "plans:draw_ceremony": ("draw",),
    "plans:draw_seed": ("draw",),
    "plans:draw_run": ("draw",),
    "plans:draw_void": ("draw",),
    "plans:draw_notice": ("draw",),
    "plans:draw_proof": ("draw",),
    "plans:pick_replace": ("pick",),
    "rubrics": ("version",),
    "rubrics:version_list": ("none",),
    "scoring": ("draft", "other_visit"),
    "scoring:start": ("visit", "other_visit"),
    "scoring:board": ("none",),
    "scoring:review_list": ("none",),
    "scoring:result_list": ("none",),
    "scoring:sheet_changes": ("sheet",),
    "scoring:sheet_here": ("sheet",),
    "scoring:point": ("point",),
    "scoring:point_save": ("point",),
    "scoring:point_files": ("point",),
    "scoring:file_add": ("point",),
    "scoring:file_remove": ("sheet_file",),
    "scoring:text_save": ("text",),
    "scoring:text_compose": ("text",),
    "scoring:finding_edit": ("finding",),
    "scoring:finding_up": ("finding",),
    "scoring:finding_withdraw": ("finding",),
    "scoring:sign_scan": ("sign_role",),
    "scoring:visit_revision": ("first_draft",),
    "scoring:visit_review": ("submitted", "other_visit"),
    "scoring:visit_result": ("submitted", "released"),
    "scoring:comment_add": ("submitted",),
    "scoring:comment_resolve": ("comment",),
    "scoring:visit_return": ("submitted",),
    "scoring:visit_confirm": ("submitted",),
    "scoring:visit_release": ("confirmed",),
    "scoring:visit_archive": ("confirmed",),
    "scoring:visit_correct": ("confirmed",),
    "reports": ("none",),
    "reports:visit_print": ("draft", "released"),
    "reports:document_pdf": ("draft_record", "released_record"),
    "reports:document_xlsx": ("draft", "released"),
    "reports:blank": ("version",),
    "reports:blank_pdf": ("version",),
    "reports:blank_xlsx": ("version",),
    "reports:verify_code": ("code", "unknown_code"),
    "reports:verify_total": ("code", "unknown_code"),
    "reports:plan_papers": ("plan",),
    "reports:book_start": ("plan",),
    "reports:zip_start": ("plan_city",),
    "reports:job": ("job",),
    "reports:job_cancel": ("job",),
    "reports:job_again": ("job",),
    "reports:job_file": ("job",),
}
