"""What every request obeys."""

from collections.abc import Callable
from contextlib import ExitStack

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.gzip import GZipMiddleware

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
ZIPPED, ONE_PACKET = {"text/html", "application/json"}, 1400
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class SecurityPolicy:
    """The content security policy of settings on every response.

    It is the same on every page (no nonce, no page with a policy of its own), so it is put together
    once and not, as the library does, twice a response. Django's own error pages of a developer go
    without: their style is inline.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(HEADER, self.policy)
        return response


class ZippedPages(GZipMiddleware):
    """Pages and what scripts ask for travel zipped, a twentieth of a sheet over a poor signal.

    What fits into one packet anyway, and files, which are dense already, go as they are. Django
    puts bytes of chance into each, so that its length tells nothing of its secrets.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in ZIPPED or len(response.content) < ONE_PACKET:
            return response
        return super().process_response(request, response)


class WriteInGetError(RuntimeError):
    """A page that only reads tried to write: a defect of ours, never of the person."""


def refuse_writes(execute, sql, params, many, context):
    """Let reads through; the wrapper around each statement of a safe request."""
    if sql.lstrip().upper().startswith(WRITES):
        raise WriteInGetError(sql)
    return execute(sql, params, many, context)


class ReadOnlyGet:
    """A GET never writes.

    Innermost middleware: sessions and login bookkeeping are written outside it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return self.get_response(request)


class TypedText:
    """What is sent as text can be stored as text: NUL, which PostgreSQL cannot hold, is left out.

    Nobody types it. JSON is read, and rid of it, by who asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for way in ("GET", "POST"):
            sent = getattr(request, way)
            if any("\0" in text for _, texts in sent.lists() for text in texts):
                setattr(request, way, _without_nul(sent))
        return self.get_response(request)


def _without_nul(sent: QueryDict) -> QueryDict:
    bare = QueryDict(mutable=True)
    for name, texts in sent.lists():
        bare.setlist(name, [text.replace("\0", "") for text in texts])
    return bare


class ClientAddress:
    """Behind our proxy a person's address is the one the proxy wrote down, the last of the list.

    What stands before it is whatever the sender claims. Lock-outs and limits count by
    REMOTE_ADDR, which would else be the proxy's, one for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)
