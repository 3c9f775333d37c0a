"""Print every published rubric version, for people who want to check or reuse it."""

import json

from django.core.management.base import BaseCommand

from rubrics.models import Version
from rubrics.outline import outline_of, published_form


class Command(BaseCommand):
    help = "列出已发布的评分表；加 --json 输出全部内容。"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="以 JSON 输出每一版的全部内容")

    def handle(self, *args, **options):
        versions = Version.objects.unscoped(reason="printed for the operator").published()
        outlines = [outline_of(version) for version in versions.with_tree()]
        if options["json"]:
            forms = [published_form(outline) for outline in outlines]
            self.stdout.write(json.dumps(forms, ensure_ascii=False, indent=2))
            return
        for outline in outlines:
            self.stdout.write(
                f"{outline.code} 第{outline.number}版 {outline.title} {outline.total}分"
            )
