"""Measure a Word file: is it laid out as GB/T 9704-2012 wants it?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.layout_check import DIFFERS, Figure, check_layout, told


class Command(BaseCommand):
    help = "量一份 Word 公文的版式（每行字数、每页行数、版心、页码、字体）；量不了的说 unverified。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_options):
        if not file.is_file():
            raise CommandError(f"没有这个文件：{file}")
        figures = check_layout(file.read_bytes())
        for figure in figures:
            self.stdout.write(line(figure))
        if any(figure.verdict == DIFFERS for figure in figures):
            raise CommandError("版式与 GB/T 9704-2012 不符，见 differs 各行。")


def line(figure: Figure) -> str:
    """The verdict first, then wished and measured, and why."""
    return f"{figure.verdict:<10} {told(figure)}"
