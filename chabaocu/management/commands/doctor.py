"""Say what is missing on this machine and how to mend it."""

import sys
from itertools import chain

from django.core.management.base import BaseCommand

from chabaocu.doctor.finding import Level
from chabaocu.doctor.printing import check_fonts, check_libraries
from chabaocu.doctor.storage import check_database, check_disk

CHECKS = (check_libraries, check_fonts, check_disk, check_database)


class Command(BaseCommand):
    help = "检查系统库、字体、磁盘、数据库和工作日历；有错误时退出码为 1。"
    requires_system_checks = []

    def handle(self, *args, **options):
        findings = list(chain.from_iterable(check() for check in CHECKS))
        for finding in findings:
            self.stdout.write(str(finding))
        if any(finding.level is Level.ERROR for finding in findings):
            sys.exit(1)
