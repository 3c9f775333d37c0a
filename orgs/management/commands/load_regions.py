"""Load the divisions of a province and its standard unions."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from orgs.actions.regions import load_divisions, load_unions
from orgs.divisions import province
from orgs.models import Region


class Command(BaseCommand):
    help = "装入一个省的行政区划和各级总工会；可以重复运行，撤销的区划只停用，不删除。"

    def add_arguments(self, parser):
        parser.add_argument(
            "province", nargs="?", default="山东省", help="省名或代码，如 山东省、37"
        )
        parser.add_argument("--no-unions", action="store_true", help="只装区划，不建总工会")

    def handle(self, *args, **options):
        try:
            division = province(options["province"])
        except LookupError as error:
            raise CommandError(f"没有这个省：{options['province']}") from error
        changes = load_divisions(division, on=timezone.localdate())
        self.stdout.write(
            f"{division.name}区划：新增 {changes.added}，改名 {changes.renamed}，"
            f"停用 {changes.closed}。"
        )
        if not options["no_unions"]:
            top = Region.objects.unscoped(reason="command").get(code=division.code, valid_to=None)
            self.stdout.write(f"总工会：新增 {load_unions(top)}。")
