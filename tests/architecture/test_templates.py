"""Templates: each is used, none carries script or style, colours live in one file."""

import re

import pytest

from tests.architecture.source import APPS, ROOT, modules, name, templates, text
from tools.assets import FILES, SPRITE

# Django or a library asks for these by name.
ASKED_FOR = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(")
TOKENS = ROOT / "static" / "css" / "tokens.css"
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*="),
}
# WeasyPrint reads these, no browser does: their style is part of the document.
PRINTED = "print/"


def _templates():
    return [path for path in templates() if path.suffix in {".html", ".jinja"}]


def test_every_template_is_used():
    sources = [text(path) for path in [*templates(), *modules(*APPS, "chabaocu")]]
    named = {word for source in sources for word in re.findall(r"""["']([\w/.{}-]+)["']""", source)}
    patterns = [re.compile(_pattern(word)) for word in named if "{" in word and "." in word]
    unused = [
        relative
        for path in templates()
        if (relative := path.relative_to(ROOT / "templates").as_posix()) not in ASKED_FOR | named
        and not _is_override(relative)
        and not any(pattern.fullmatch(relative) for pattern in patterns)
    ]
    assert unused == []


def _pattern(name):
    """A name put together in code, "plans/plan_{key}.html", as a regular expression."""
    return r"\w+".join(map(re.escape, re.split(r"{\w+}", name)))


def _is_override(relative):
    """A template of a library that we replace, such as the admin's."""
    return relative.split("/")[0] in {"admin", "registration", "django", "bootstrap5"}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_is_inline(what):
    """The content security policy refuses it, so it would not even work."""
    found = [
        f"{name(path)}: {match.group(0)[:60]}"
        for path in _templates()
        if PRINTED not in name(path)
        for match in INLINE[what].finditer(re.sub(r"{#.*?#}", "", text(path)))
    ]
    assert found == []


def test_no_page_builds_markup():
    """Markup stands in templates; only a QR code is put together in code."""
    builders = [name(path) for path in modules(*APPS) if "mark_safe(" in text(path)]
    assert set(builders) <= {"plans/qr.py", "reports/render/pdf.py"}


def test_colours_are_named_in_tokens_only():
    sheets = [path for path in (ROOT / "static" / "css").glob("*.css") if path != TOKENS]
    found = [
        f"{name(path)}:{number}: {line.strip()[:60]}"
        for path in sheets
        for number, line in enumerate(_without_comments(text(path)).splitlines(), 1)
        if COLOUR.search(line)
    ]
    assert found == []


def _without_comments(css):
    return re.sub(r"/\*.*?\*/", lambda match: "\n" * match.group(0).count("\n"), css, flags=re.S)


def test_every_vendor_reference_is_copied():
    """A template names only vendor files that tools/assets.py puts there."""
    named = {
        match for path in _templates() for match in re.findall(r"vendor/([\w.-]+)", text(path))
    }
    assert named - {*FILES.values(), SPRITE} == set()
