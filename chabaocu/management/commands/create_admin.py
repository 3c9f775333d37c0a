"""The first system administrator of a system without demo data."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.crypto import get_random_string

from audit.record import record
from orgs.models import Organization, Region, User
from orgs.roles import Role

USERNAME = "admin"
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that are mistaken for one another


class Command(BaseCommand):
    help = "建立首个系统管理员，随机密码只显示这一次，首次登录须改。"

    def handle(self, *args, **options):
        if User.objects.filter(role=Role.SYSTEM_ADMIN, is_active=True).exists():
            self.stdout.write("已有系统管理员，未新建。")
            return
        password = "-".join(get_random_string(5, LETTERS) for _ in range(4))
        self._create(password)
        self.stdout.write(f"系统管理员：{USERNAME}  密码：{password}（只显示这一次，首次登录须改）")

    @transaction.atomic
    def _create(self, password):
        user = User.objects.create_user(
            USERNAME,
            password,
            name="系统管理员",
            organization=self._organization(),
            role=Role.SYSTEM_ADMIN,
            must_change_password=True,
        )
        record("user.create", user, by=None, stream="orgs", after={"role": user.role})

    @staticmethod
    def _organization():
        """The administrator's own unit: the union of the whole province."""
        provinces = Region.objects.unscoped(reason="the first administrator stands above all")
        province = provinces.get(level=Region.Level.PROVINCE, valid_to=None)
        union, _ = Organization.objects.get_or_create(
            kind=Organization.Kind.UNION, region=province, defaults={"name": f"{province}总工会"}
        )
        return union
