"""消息: what a person was told, the newest first."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from chabaocu.lists import keyset_page
from inbox import actions
from inbox.models import Notice
from orgs.access import fetch


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Those not read, or all of them; with the newest key, up to which all may be put aside."""
    notices = Notice.objects.visible_to(request.user)
    is_all = request.GET.get("tab") == "all"
    page = keyset_page(notices if is_all else notices.unread(), request.GET, order=["-pk"])
    last = notices.order_by("-pk").values_list("pk", flat=True).first()
    context = {"page": page, "is_all": is_all, "last": last or 0}
    context["days"] = settings.NOTICE_DAYS
    return render(request, "inbox/notice_list.html", context)


@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it aside and go where it leads."""
    notice = fetch(Notice, request.user, pk=pk)
    actions.read(notice)
    return redirect(notice.link)


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Put aside all that the page showed."""
    last = request.POST.get("last", "")
    count = actions.read_all(by=request.user, last=int(last) if last.isdecimal() else 0)
    if count:
        messages.success(request, f"{count} 条标为已读。")
    return redirect("inbox:notice_list")
