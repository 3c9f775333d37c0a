"""Who gets what: 督导资料. The issuer takes them in, the team that visits hands them in."""

from tests.architecture.matrix import GET, INSPECTORS, ISSUER, POST, REST, TEAM, Row

ROWS = [
    Row("materials:material_list", GET, "plan", {200: f"{ISSUER} {INSPECTORS}", 404: REST}),
    Row("materials:material_pieces", GET, "plan", {200: f"{ISSUER} {INSPECTORS}", 404: REST}),
    Row("materials:material_add", GET, "plan", {200: f"{ISSUER} {INSPECTORS}", 404: REST}),
    Row("materials:material_add", POST, "plan", {422: f"{ISSUER} {INSPECTORS}", 404: REST}),
    Row("materials:material_detail", GET, "material", {200: f"{ISSUER} {TEAM}", 404: REST}),
    Row("materials:describe", POST, "material", {302: f"{ISSUER} {TEAM}", 404: REST}),
    Row("materials:return", POST, "material", {422: ISSUER, 403: TEAM, 404: REST}),
    Row("materials:refile", POST, "returned_material", {302: f"{ISSUER} {TEAM}", 404: REST}),
    Row("materials:withdraw", POST, "material", {422: f"{ISSUER} {TEAM}", 404: REST}),
    Row("materials:experience_list", GET, "none", {200: ISSUER, 403: REST}),
]
