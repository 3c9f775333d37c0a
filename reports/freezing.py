"""A paper frozen as it is issued: its context under a new code."""

from collections.abc import Callable
from typing import Any

from audit.canonical import sha256
from reports.codes import new_code
from reports.documents.of_sheet import verify_url
from reports.documents.paper import Stamp, to_json


def frozen(compose: Callable[[Stamp], Any], revision: int = 1) -> dict[str, Any]:
    """Code, context and hash of what ``compose`` makes under the stamp of that code."""
    code = new_code()
    context = to_json(compose(Stamp("issued", revision, code, verify_url(code))))
    return {"code": code, "context": context, "content_hash": sha256(context)}
