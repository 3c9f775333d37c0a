"""Load the statutory calendar; run again after the yearly notice (with a newer package)."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from clocks.calendar import load_years
from clocks.sources import is_announced

FIRST_YEAR = 2017


class Command(BaseCommand):
    help = "载入工作日历：2017 年至明年；尚未公布的年份暂按周末和法定节日推算。"

    def handle(self, *args, **options):
        years = range(FIRST_YEAR, timezone.localdate().year + 2)
        load_years(years)
        guessed = [str(year) for year in years if not is_announced(year)]
        note = f"；{'、'.join(guessed)} 年尚未公布，暂按周末推算" if guessed else ""
        self.stdout.write(f"工作日历已载入 {years[0]}–{years[-1]} 年{note}。")
