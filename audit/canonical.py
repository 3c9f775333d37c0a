"""One spelling for data that is hashed: the same content always gives the same text."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder


def canonical_json(data: object) -> str:
    """Sorted keys, no spaces, decimals and dates as text, Chinese as it is."""
    return json.dumps(
        data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def sha256(data: object) -> str:
    """The SHA-256 of the canonical JSON of ``data``, as 64 hex digits."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
