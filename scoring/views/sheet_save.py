"""Several points of one sheet in one request, as a phone sends them after a time offline."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from chabaocu.errors import Refused, StaleState
from rubrics.evaluate import InvalidInput
from scoring import entries
from scoring.answers import save_points
from scoring.models import Answer
from scoring.saves import Reply
from scoring.views.papers import fetch_draft

UNKNOWN = "这张评分表上没有这一点，请刷新页面。"


@require_POST
def sheet_save(request, pk):
    """Each save as ``point_save`` takes it, with its ``code``; each gets its status and reply."""
    draft = fetch_draft(request.user, pk)
    try:
        points = entries.many_from_json(request.body)
    except entries.UnreadableError as error:
        return refused(error)
    told = [_told(one) for one in save_points(draft, points, by=request.user)]
    return JsonResponse({"replies": told})


def _told(one):
    if isinstance(one, Reply):
        return {"status": one.status, "body": one.body}
    status, body = words_of(one)
    return {"status": status, "body": body}


def refused(error):
    """The answer to a save that was refused with this error."""
    status, body = words_of(error)
    return JsonResponse(body, status=status)


def words_of(error):
    """Status and body; raises the error again if it is none of a save's."""
    match error:
        case entries.UnreadableError():
            return 400, {"error": "unreadable", "message": str(error)}
        case InvalidInput():
            return 422, {"error": "invalid", "message": str(error)}
        case Refused():
            return 409, {"error": "locked", "message": str(error)}
        case StaleState():
            return 503, {"error": "busy", "message": error.message}
        case Answer.DoesNotExist():
            return 404, {"error": "unknown", "message": UNKNOWN}
    raise error
