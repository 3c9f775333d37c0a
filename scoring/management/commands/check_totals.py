"""Compare what is kept for lists and statistics with what visits and answers say."""

from django.core.management.base import BaseCommand

from scoring import standings


class Command(BaseCommand):
    help = "核对列表和统计用的汇总与督导和得分本身是否一致；不一致就返回 1。"

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="按督导重新写汇总")

    def handle(self, *args, **options):
        if options["repair"]:
            standings.recount()
        faults = standings.faults()
        for fault in faults:
            self.stderr.write(fault)
        self.stdout.write(f"有 {len(faults)} 处不一致。" if faults else "汇总与督导一致。")
        if faults:
            raise SystemExit(1)
