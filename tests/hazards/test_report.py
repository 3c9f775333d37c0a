"""A report is kept exactly once, numbered by county and year."""

from uuid import uuid4

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from chabaocu.errors import Refused
from hazards import actions
from hazards.models import Hazard
from orgs.models import Region
from tests.factories import hazards


def test_numbers_count_by_county_and_year(world):
    Region.objects.filter(path="001001001").update(code="370321")
    world.orgs["enterprise_a1"].region.refresh_from_db()
    year = timezone.localdate().year
    numbers = [hazards.reported(world).number for _ in range(3)]
    assert numbers == [f"370321-{year}-{n:04d}" for n in (1, 2, 3)]
    other = actions.report(
        world.orgs["enterprise_b1"],
        by=world.other_officer,
        report_id=uuid4(),
        where="示例",
        text="示例",
    )
    assert other.number == f"001002001-{year}-0001"


def test_the_same_report_arrives_once(world):
    first = hazards.reported(world)
    again = hazards.reported(world, report_id=first.report_id)
    assert again == first
    assert Hazard.objects.count() == first.events.count() == 1
    assert AuditEvent.objects.filter(action="hazard.report").count() == 1


def test_somebody_elses_report_id_is_refused(world):
    first = hazards.reported(world)
    with pytest.raises(Refused, match="已经用过"):
        actions.report(
            world.orgs["enterprise_a1"],
            by=world.worker,
            report_id=first.report_id,
            where="示例",
            text="示例",
        )


def test_a_hidden_name_is_not_in_the_record(world):
    hazards.reported(world, hides_name=True)
    event = AuditEvent.objects.get(action="hazard.report")
    assert (event.actor_id, event.actor_name) == (None, "系统")


def test_a_closed_unit_takes_no_report(world):
    world.orgs["enterprise_a1"].closed_on = timezone.localdate()
    with pytest.raises(Refused, match="已停用"):
        hazards.reported(world)
