"""Copy the few front-end files we serve from node_modules to static/vendor."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "bootstrap-icons/bootstrap-icons.svg": "bootstrap-icons.svg",
    "idb/build/index.js": "idb.js",
    "signature_pad/dist/signature_pad.min.js": "signature_pad.min.js",
}
# The maps are not served, and a manifest of static files refuses a reference to a missing file.
SOURCE_MAP = re.compile(r"(//|/\*)# sourceMappingURL=\S+( \*/)?")


def copy_assets() -> None:
    """Fill static/vendor; a missing file means that npm ci has not run."""
    target = ROOT / "static" / "vendor"
    target.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        text = (ROOT / "node_modules" / source).read_text(encoding="utf-8")
        (target / name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")


if __name__ == "__main__":
    copy_assets()
