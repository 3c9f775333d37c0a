import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import RequestFactory

from audit.models import AuditEvent
from orgs.models import User
from orgs.roles import Role
from tests.factories.orgs import region


@pytest.mark.django_db
def test_create_admin_prints_a_password_that_must_be_changed(capsys):
    region("山东省", "001")
    call_command("create_admin")
    password = re.search(r"密码：(\S+)（", capsys.readouterr().out)[1]
    user = authenticate(RequestFactory().post("/"), username="admin", password=password)
    assert (user.role, user.must_change_password) == (Role.SYSTEM_ADMIN, True)
    assert AuditEvent.objects.filter(target_type="orgs.user", target_id=str(user.pk)).exists()


@pytest.mark.django_db
def test_create_admin_creates_no_second_one(world, capsys):
    call_command("create_admin")
    assert User.objects.filter(role=Role.SYSTEM_ADMIN).count() == 1
    assert "密码" not in capsys.readouterr().out
