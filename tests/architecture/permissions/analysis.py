"""Who gets what: statistics."""

from tests.architecture.matrix import GET, ISSUER, REST, Row

ROWS = [
    Row("reports:compared_workbook", GET, "statistics_table", {200: ISSUER, 403: REST}),
    Row("analysis:compared", GET, "none", {200: ISSUER, 403: REST}),
    Row("analysis:judged", GET, "none", {200: ISSUER, 403: REST}),
    Row("analysis:losses", GET, "none", {200: ISSUER, 403: REST}),
    Row("reports:loss_workbook", GET, "none", {200: ISSUER, 403: REST}),
    Row("analysis:teams", GET, "none", {200: ISSUER, 403: REST}),
    Row("reports:team_workbook", GET, "none", {200: ISSUER, 403: REST}),
    Row("analysis:scores", GET, "none", {200: ISSUER, 403: REST}),
    Row("analysis:sheets", GET, "none", {404: ISSUER, 403: REST}),
]
