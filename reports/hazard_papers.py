"""Papers about a hazard: issued with the move that calls for them, frozen under a code."""

from typing import Any

from django.utils import timezone

from hazards.models import Hazard, HazardEvent
from reports.documents.hazard_file import HazardFile
from reports.documents.letter import Letter
from reports.documents.of_hazard import letter_of
from reports.documents.of_hazard_file import hazard_file
from reports.documents.paper import Stamp, from_json
from reports.freezing import frozen
from reports.models import HazardPaper

K = HazardPaper.Kind
# move → what is issued with it, first the letter, last the file
ISSUED_WITH = {
    "plan": (K.NOTICE,),
    "file": (K.NOTICE,),
    "extend": (K.NOTICE,),
    "reject": (K.NOTICE,),
    "object": (K.NOTICE,),
    "reopen": (K.NOTICE,),
    "advise_stop": (K.STOP,),
    "list": (K.LISTING,),
    "sign_off": (K.DELISTING,),
    "close": (K.ACCEPTANCE, K.FILE),
    "reward": (K.FILE,),
}
DONE = frozenset({Hazard.Status.CLOSED, Hazard.Status.REWARDED})
FINAL = frozenset({K.ACCEPTANCE, K.FILE, K.DELISTING})  # say that it is struck off
WHOLE = ("unit", "reported_by", "responsible__organization", "regulator")
REPLACED, OPENED, REGRADED = "已有更新的一份", "隐患已重新打开", "隐患已改定级别"


def issue(event: HazardEvent) -> None:
    """Issue what the move calls for, inside its transaction."""
    for kind in ISSUED_WITH.get(event.move, ()):
        made = frozen(lambda stamp, kind=kind: compose(kind, event, stamp))
        fields = {"kind": kind, "hazard": event.hazard, "event": event, "issued_at": event.at}
        HazardPaper.objects.create(**fields, **made)


def compose(kind: str, event: HazardEvent, stamp: Stamp) -> Letter | HazardFile:
    """What the paper says as things stand."""
    if kind == K.FILE:
        return hazard_file(event.hazard, stamp, at=event.at)
    return letter_of(kind, event, stamp)


def paper_of(issued: HazardPaper) -> Letter | HazardFile:
    """The paper as it was issued."""
    return from_json(HazardFile if issued.kind == K.FILE else Letter, issued.context)


def file_of(hazard: Hazard) -> HazardFile:
    """The file as issued while the hazard is struck off, else as it stands, a draft."""
    if hazard.status in DONE:
        issued = hazard.papers.filter(kind=K.FILE).order_by("-pk").first()
        if issued:
            return paper_of(issued)
    return hazard_file(hazard, Stamp("draft"), at=timezone.now())


def standing(issued: HazardPaper) -> str:
    """Why the paper no longer stands; nothing while it does."""
    later = HazardPaper.objects.filter(hazard=issued.hazard_id, pk__gt=issued.pk)
    if later.filter(kind=issued.kind).exists():
        return REPLACED
    if issued.kind in FINAL:
        return "" if issued.hazard.status in DONE else OPENED
    moved = issued.hazard.events.filter(pk__gt=issued.event_id)
    return REGRADED if moved.filter(move__startswith="regrade_").exists() else ""


def listed(hazard: Hazard) -> list[Any]:
    """Every letter issued so far, the newest first; the file has a place of its own."""
    return list(hazard.papers.exclude(kind=K.FILE).defer("context").order_by("-pk"))
