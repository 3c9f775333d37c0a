"""Copy the few front-end files we serve from node_modules to static/vendor."""

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "idb/build/index.js": "idb.js",
    "signature_pad/dist/signature_pad.min.js": "signature_pad.min.js",
}
SPRITE = "bootstrap-icons.svg"
ICONS = ROOT / "node_modules" / "bootstrap-icons" / SPRITE
# The maps are not served, and a manifest of static files refuses a reference to a missing file.
SOURCE_MAP = re.compile(r"(//|/\*)# sourceMappingURL=\S+( \*/)?")
SYMBOL = re.compile(r'<symbol class="[^"]*" viewBox="[^"]*" id="([^"]+)">.*?</symbol>', re.DOTALL)
# Where an icon is named for certain: {% icon "x" %} of a template, icon("x") of a script.
NAMED = re.compile(r"""(?:{%\s*icon|\bicon\()\s*["']([a-z0-9-]+)["']""")
QUOTED = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")
SOURCES = {"*.html": ("templates",), "*.jinja": ("templates",), "*.js": ("static/js",), "*.py": ()}
NO_SOURCE = {"node_modules", "var", "tests", "benchmarks", "tools", "migrations"}


class MissingIconError(LookupError):
    """A page names an icon that the set does not have."""


def copy_assets() -> None:
    """Fill static/vendor; a missing file means that npm ci has not run."""
    target = ROOT / "static" / "vendor"
    target.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        text = (ROOT / "node_modules" / source).read_text(encoding="utf-8")
        (target / name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")


def draw_sprite() -> None:
    """Write static/vendor/bootstrap-icons.svg anew where pages name other icons than before."""
    path = ROOT / "static" / "vendor" / SPRITE
    drawn = sprite(_text(ICONS), map(_text, sources(ROOT)))
    if not path.exists() or _text(path) != drawn:
        path.write_text(drawn, encoding="utf-8")


def sprite(whole: str, texts: Iterable[str]) -> str:
    """The icons of ``whole`` that the texts name, the whole set being a megabyte.

    A quoted word that is an icon's name is taken for one: tables of icons say the bare name. A
    name that can be nothing but an icon and is not in the set raises MissingIconError.
    """
    symbols = {found[1]: found[0] for found in SYMBOL.finditer(whole)}
    certain, quoted = set(), set()
    for text in texts:
        certain.update(NAMED.findall(text))
        quoted.update(QUOTED.findall(text))
    if missing := sorted(certain - symbols.keys()):
        raise MissingIconError(f"no such icon: {', '.join(missing)}")
    used = sorted((certain | quoted) & symbols.keys())
    body = "".join(symbols[name] for name in used)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>\n'


def sources(root: Path) -> list[Path]:
    """Templates, scripts and modules: wherever a page may name an icon."""
    found = []
    for pattern, folders in SOURCES.items():
        for folder in folders or [path.name for path in root.iterdir() if path.is_dir()]:
            if folder not in NO_SOURCE and not folder.startswith("."):
                found += (root / folder).rglob(pattern)
    return sorted(path for path in found if not NO_SOURCE & set(path.relative_to(root).parts))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    copy_assets()
    draw_sprite()
