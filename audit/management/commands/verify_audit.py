"""Check that no event was changed, removed or re-ordered."""

from django.core.management.base import BaseCommand

from audit.models import AuditEvent, Stream
from audit.verify import verify_all


class Command(BaseCommand):
    help = "核对全部变更记录链；有一处不对就返回 1。"

    def handle(self, *args, **options):
        faults = verify_all()
        for fault in faults:
            self.stderr.write(f"{fault.stream} 第 {fault.seq} 条：{fault.what}")
        streams, events = Stream.objects.count(), AuditEvent.objects.count()
        verdict = f"有 {len(faults)} 条链不对" if faults else "全部完整"
        self.stdout.write(f"{streams} 条链，{events} 个事件，{verdict}。")
        if faults:
            raise SystemExit(1)
