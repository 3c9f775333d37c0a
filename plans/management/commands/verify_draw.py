"""``./run manage verify_draw FILE``: recompute a draw from its proof file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.proof import differences


class Command(BaseCommand):
    help = "重算一份抽取证明文件，说一致或不一致；不一致时列出差别。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="抽取证明文件（JSON）")

    def handle(self, *args, file: Path, **options):
        try:
            proof = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"文件读不出：{error}") from error
        if found := differences(proof):
            raise CommandError("不一致\n" + "\n".join(f"  {line}" for line in found))
        self.stdout.write(f"一致：{proof['title']}（第 {proof['run']} 次）全部重算相符")
