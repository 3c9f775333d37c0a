"""The one place where files are served."""

from pathlib import Path

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from attachments import storage
from attachments.models import Attachment
from orgs.access import fetch

# Nothing inside a file may run, load or be framed, whatever the browser takes it for.
SANDBOX = "sandbox; default-src 'none'; img-src 'self'"


@require_safe
def file(request, pk):
    found = fetch(Attachment.objects.live(), request.user, pk=pk)
    is_photo = found.kind == Attachment.Kind.PHOTO
    return _serve(
        storage.path_of(found.sha256), found.content_type, found.name, as_attachment=not is_photo
    )


@require_safe
def thumb(request, pk):
    found = fetch(Attachment.objects.live(), request.user, pk=pk, kind=Attachment.Kind.PHOTO)
    return _serve(storage.thumb_path_of(found.sha256), "image/jpeg", found.name)


def _serve(path: Path, content_type: str, name: str, *, as_attachment: bool = False):
    if not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), content_type=content_type, filename=name, as_attachment=as_attachment
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
