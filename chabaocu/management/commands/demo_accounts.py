"""Print the demo accounts and their one password."""

from django.core.management.base import BaseCommand

from chabaocu.demo import PASSWORD, self_checks
from chabaocu.demo.people import OFFICE, accounts


class Command(BaseCommand):
    help = "列出示例账号和密码。"

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="连各督导组的账号也列出")

    def handle(self, *args, **options):
        rows = accounts() if options["all"] else [*OFFICE, *accounts()[len(OFFICE) :][:3]]
        for row in rows:
            self.stdout.write(
                f"  {row.username:<10}{row.name}  {row.unit}  {row.role.label}：{row.about}"
            )
        for line in self_checks.accounts():
            self.stdout.write(f"  {line}")
        self.stdout.write(f"  密码都是 {PASSWORD}")
