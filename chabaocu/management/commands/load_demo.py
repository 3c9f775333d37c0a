"""Load the demonstration."""

from django.core.management.base import BaseCommand
from django.db import transaction

from chabaocu.demo.people import load_people
from chabaocu.demo.places import load_places
from chabaocu.demo.units import load_units


class Command(BaseCommand):
    help = "装入示例数据：山东省真实的行政区划，虚构的企业和人员。可以重复运行。"

    def handle(self, *args, **options):
        with transaction.atomic():
            top = load_places()
            load_units(top)
            load_people()
        self.stdout.write(
            "示例数据已装入。企业、人员都是虚构的；“危险化学品重点监管县”的标记也是示例，不是官方名单。"
        )
