"""What every request obeys: a GET never writes, every answer carries the policy."""

import gzip

import pytest
from csp.middleware import CSPMiddleware
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from chabaocu.middleware import ReadOnlyGet, SecurityPolicy, TypedText, WriteInGetError, ZippedPages
from orgs.models import Region


def write(request):
    Region.objects.create(name="示例区划", path="900", level=Region.Level.PROVINCE)
    return HttpResponse()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_write_in_a_safe_request_raises(db, method):
    request = getattr(RequestFactory(), method)("/")
    with pytest.raises(WriteInGetError), transaction.atomic():
        ReadOnlyGet(write)(request)
    assert Region.objects.count() == 0


def test_write_in_a_post_is_let_through(db):
    ReadOnlyGet(write)(RequestFactory().post("/"))
    assert Region.objects.count() == 1


def told(response):
    """The policy of a response by directive; the library gives them in any order."""
    policy = response.headers.get("Content-Security-Policy", "")
    return {word: rest for word, _, rest in (part.partition(" ") for part in policy.split("; "))}


def test_every_answer_carries_the_policy_the_library_would_build(client, db):
    answer = SecurityPolicy(lambda request: HttpResponse())(RequestFactory().get("/"))
    library = CSPMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert told(answer) == told(library) == told(client.get("/login/"))
    assert told(answer)["script-src"] == "'self'"
    assert told(answer)["default-src"] == "'none'"


@pytest.mark.parametrize(("status", "debug", "carried"), [(500, False, True), (500, True, False)])
def test_an_error_page_goes_without_the_policy_only_for_a_developer(
    settings, status, debug, carried
):
    settings.DEBUG = debug
    answer = SecurityPolicy(lambda request: HttpResponse(status=status))(RequestFactory().get("/"))
    assert ("Content-Security-Policy" in answer) is carried


def zipped(content, kind="text/html; charset=utf-8"):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    return ZippedPages(lambda request: HttpResponse(content, content_type=kind))(request)


def test_long_pages_travel_zipped():
    answer = zipped("查保促" * 1000)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == "查保促" * 1000


@pytest.mark.parametrize(
    ("content", "kind"), [("查保促", "text/html"), (b"%PDF" * 1000, "application/pdf")]
)
def test_short_pages_and_files_travel_as_they_are(content, kind):
    assert "Content-Encoding" not in zipped(content, kind).headers


@pytest.mark.parametrize("way", ["GET", "POST"])
def test_what_no_database_keeps_in_a_text_is_left_out(way):
    request = getattr(RequestFactory(), way.lower())("/", {"reason": "示\0例", "order": ["1", "2"]})
    TypedText(lambda request: HttpResponse())(request)
    assert dict(getattr(request, way).lists()) == {"reason": ["示例"], "order": ["1", "2"]}
