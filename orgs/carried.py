"""What a form sent when its session had ended: carried through the login, sent on afterwards.

Only a request whose secret was right, or that came from our own pages (``is_ours``), is carried:
what is sent on later is what our own form sent. The pack is signed, so that nobody else makes one.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

SALT = "orgs.carried"
NEVER = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Carried:
    """One form: where it goes, what was in it, and the names of files that cannot be carried."""

    to: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """What a person typed, as far as one can tell it from numbers and codes of the page."""
        return [value for _, value in self.fields if not value.isascii()]

    @property
    def packed(self) -> str:
        """For a hidden field of the login page."""
        return signing.dumps([self.to, self.fields, self.files], salt=SALT, compress=True)


def carry(request: HttpRequest) -> Carried | None:
    """The form of this request, without its passwords.

    None if it sent nothing, or only a file: that has to be chosen again on its page.
    """
    if request.method != "POST":
        return None
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER and "password" not in name
        for value in values
    )
    files = tuple(upload.name for upload in request.FILES.values())
    carried = Carried(request.get_full_path(), fields, files)
    return carried if fields and (carried.words or not files) else None


def unpack(packed: str) -> Carried | None:
    """The form again; None if there is none or somebody else packed it."""
    try:
        to, fields, files = signing.loads(packed, salt=SALT)
    except signing.BadSignature:
        return None
    return Carried(to, tuple((name, value) for name, value in fields), tuple(files))


def is_ours(request: HttpRequest) -> bool:
    """The browser itself says that a page of this site sent it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
