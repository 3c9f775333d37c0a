"""Tell missed deadlines upward; the worker does it each day by itself."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from hazards.escalation import escalate


class Command(BaseCommand):
    help = "隐患整改逾期逐级上报：到期提醒、责任人、单位、县级工会、市级工会；可重复运行。"

    def handle(self, *args, **options):
        self.stdout.write(f"本次上报 {escalate(timezone.localdate())} 条。")
