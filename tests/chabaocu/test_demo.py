"""The demo is complete, feasible, recognisably invented, and loads twice without change."""

import pytest
from django.core.management import call_command
from django.db.models import Count, Q

from chabaocu.demo import PASSWORD
from chabaocu.demo.people import accounts
from orgs.credit_code import validate_credit_code
from orgs.models import Organization, Region, User
from orgs.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    call_command("load_demo")


def test_demo_loads_twice_without_change(demo):
    models = (Region, Organization, User)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    call_command("load_demo")
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_every_county_can_be_drawn(demo):
    eligible = Q(
        organizations__is_high_risk=True,
        organizations__is_private=True,
        organizations__size__in=["medium", "small", "micro"],
    )
    counties = Region.objects.filter(level="county").annotate(
        all=Count("organizations", Q(organizations__kind="enterprise")),
        pool=Count("organizations", eligible),
        chemical=Count("organizations", eligible & Q(organizations__industry="chemical")),
    )
    assert set(counties.values_list("all", "pool", "chemical")) == {(12, 9, 5)}
    keys = Region.objects.filter(is_key_chemical=True).values("parent").annotate(n=Count("pk"))
    assert keys.count() == 16
    assert min(row["n"] for row in keys) >= 2


def test_invented_names_say_so(demo):
    invented = Organization.objects.exclude(kind="union")
    assert invented.count() == 136 * 12 + 4
    assert not invented.exclude(name__contains="（示例）").exists()
    assert not User.objects.exclude(name__regex="示例|演示|样例").exists()
    for code in invented.exclude(credit_code=None).values_list("credit_code", flat=True):
        validate_credit_code(code)


def test_every_role_has_an_account_with_the_password(demo, capsys):
    assert {account.role for account in accounts()} == set(Role)
    assert User.objects.get(username="zuzhang8").check_password(PASSWORD)
    call_command("demo_accounts", "--all")
    printed = capsys.readouterr().out
    assert all(account.username in printed for account in accounts())
    assert PASSWORD in printed
