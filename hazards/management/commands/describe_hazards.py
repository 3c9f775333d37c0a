"""Write docs/hazards.md from the table of moves."""

from django.conf import settings
from django.core.management.base import BaseCommand

from hazards.described import page


class Command(BaseCommand):
    help = "由隐患处理流程表重写 docs/hazards.md。"

    def handle(self, *args, **options):
        (settings.BASE_DIR / "docs" / "hazards.md").write_text(page(), encoding="utf-8")
        self.stdout.write("docs/hazards.md")
