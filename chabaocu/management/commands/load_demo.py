"""Load the demonstration."""

from io import StringIO

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from chabaocu.demo.briefs import load_briefs
from chabaocu.demo.hazards import load_hazards
from chabaocu.demo.letters import load_letters
from chabaocu.demo.materials import load_materials
from chabaocu.demo.medical import load_medical
from chabaocu.demo.patrols import load_patrols
from chabaocu.demo.people import load_people
from chabaocu.demo.places import load_places
from chabaocu.demo.rewards import load_payments, load_rules
from chabaocu.demo.rounds import load_rounds
from chabaocu.demo.units import load_regulator, load_units


class Command(BaseCommand):
    help = "装入示例数据：真实的行政区划，虚构的单位、人员和四轮督导。可以重复运行。"

    def handle(self, *args, **options):
        call_command("load_rubrics", stdout=StringIO())
        with transaction.atomic():
            top = load_places()
            load_units(top)
            load_regulator(top)
            load_people()
            load_rounds(top, today=timezone.localdate())
            load_rules(today=timezone.localdate())
            load_hazards(today=timezone.localdate())
            load_payments(today=timezone.localdate())
            load_materials(today=timezone.localdate())
            load_patrols(today=timezone.localdate())
            load_letters(today=timezone.localdate())
            load_briefs()
            load_medical(top, today=timezone.localdate())
        self.stdout.write(
            "示例数据已装入。企业、人员都是虚构的；“危险化学品重点监管县”的标记也是示例，不是官方名单。"
        )
