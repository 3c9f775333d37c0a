"""The demo's rewards: what the enterprise pays since last year, and the first one handed over."""

from datetime import date, timedelta
from decimal import Decimal

from chabaocu.demo.clock import clock
from chabaocu.demo.people import ENTERPRISE
from hazards.models import Hazard
from orgs.models import Organization, User
from rewards import actions
from rewards.models import Reward, Rule

AMOUNTS = {Hazard.Grade.GENERAL: Decimal(200), Hazard.Grade.MAJOR: Decimal(2000)}
BEGUN = timedelta(days=365)
PAID = timedelta(days=30)  # ago


def load_rules(*, today: date) -> None:
    """What is paid for each grade; a safety officer's own duty is not."""
    unit = Organization.objects.unscoped(reason="demo").get(name=ENTERPRISE)
    by = User.objects.unscoped(reason="demo").get(username="anquan1")
    if Rule.objects.unscoped(reason="demo").filter(unit=unit).exists():
        return
    with clock(today - BEGUN, "09:00"):
        for grade, amount in AMOUNTS.items():
            actions.set_rule(unit, by=by, grade=grade, amount=amount, excludes_officers=True)


def load_payments(*, today: date) -> None:
    """The first reward was signed for; the others still wait."""
    by = User.objects.unscoped(reason="demo").get(username="gonghui1")
    first = Reward.objects.unscoped(reason="demo").order_by("pk").first()
    if first and not first.paid_at:
        with clock(today - PAID, "10:20"):
            actions.pay(first, by=by, receipt="签收单2026-08（示例），本人签收")
