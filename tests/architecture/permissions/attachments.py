"""Who gets what: attachments."""

from tests.architecture.matrix import GET, REST, Row

ROWS = [
    Row(
        "attachments:file",
        GET,
        "photo",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "attachments:file",
        GET,
        "released_photo",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "attachments:thumb",
        GET,
        "photo",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "attachments:thumb",
        GET,
        "released_photo",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    # what a unit says of itself
    Row("attachments:file", GET, "check_photo", {200: "county_a1", 404: REST}),
    Row("attachments:thumb", GET, "check_photo", {200: "county_a1", 404: REST}),
]
