"""The record of changes, for those who audit."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.forms import EventFilter
from audit.lines import by_day, event_lines
from audit.models import AUDIT_VIEW, AuditEvent, Stream
from audit.verify import verify_stream
from chabaocu.lists import keyset_page

ORDER = ("-at", "-pk")


@require_GET
def event_list(request):
    if not request.user.may(AUDIT_VIEW):
        raise PermissionDenied
    form = EventFilter(request.GET)
    events = form.narrow(AuditEvent.objects.visible_to(request.user))
    stream = Stream.objects.filter(name=request.GET.get("stream", "")).first()
    page = keyset_page(events, request.GET, order=ORDER, load=event_lines)
    context = {
        "page": page,
        "days": by_day(page.rows),
        "form": form,
        "chips": list(form.chips(page)),
        "stream": stream,
        "fault": verify_stream(stream) if stream else None,
    }
    return render(request, "audit/event_list.html", context)
