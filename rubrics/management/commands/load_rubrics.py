"""Load the official rubrics of fixtures/rubrics and publish them; a second run changes nothing."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from chabaocu.errors import Refused
from rubrics import actions
from rubrics.models import Version
from rubrics.outline import Outline, read

FOLDER = settings.BASE_DIR / "fixtures" / "rubrics"


class Command(BaseCommand):
    help = "装入并发布 fixtures/rubrics 里的正式评分表；已装入的不动。"

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, help="只装入这些文件")

    @transaction.atomic
    def handle(self, *args, **options):
        for path in options["files"] or sorted(FOLDER.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            self.stdout.write(_load(read(data), data.get("accepted_mismatches", [])))


def _load(outline: Outline, accepted: list[str]) -> str:
    """Store and publish, or find it there already; what happened, in words."""
    name = f"{outline.code} 第{outline.number}版"
    stored = Version.objects.filter(rubric__code=outline.code, number=outline.number).first()
    if stored and stored.content_hash == outline.content_hash:
        return f"{name}：已有，未改动"
    if stored:
        raise CommandError(f"{name}：库中已有内容不同的同一版。改了内容就要加一个版次。")
    version = actions.store(outline, by=None, accepted=accepted)
    try:
        actions.publish(version, by=None)
    except Refused as refused:
        raise CommandError(f"{name}：{refused}") from refused
    return f"{name}：已发布，" + (f"总分 {outline.total} 分" if outline.total else "只判断，不计分")
