"""The objects of the permission matrix, and which address is asked about which of them."""

from collections.abc import Callable
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from attachments import actions as files
from plans.models import Recusal
from reports.models import IssuedDocument
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
# URL name, or its namespace where most of its addresses take the same → object keys
FOR: dict[str, tuple[str, ...]] = {
    "": ("none",),
    "attachments": ("photo",),
    "audit": ("none",),
    "orgs": ("none",),
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
    "rubrics": ("version",),
    "rubrics:version_list": ("none",),
    "scoring": ("visit", "other_visit"),
    "reports": ("none",),
    "reports:visit_print": ("draft", "released"),
    "reports:document_pdf": ("draft_record", "released_record"),
    "reports:document_xlsx": ("draft", "released"),
    "reports:blank": ("version",),
    "reports:blank_pdf": ("version",),
    "reports:blank_xlsx": ("version",),
    "reports:verify_code": ("code", "unknown_code"),
    "reports:verify_total": ("code", "unknown_code"),
}
