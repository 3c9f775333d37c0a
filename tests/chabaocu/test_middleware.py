"""A GET never writes, whatever a view tries."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from chabaocu.middleware import ReadOnlyGet, WriteInGetError
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
