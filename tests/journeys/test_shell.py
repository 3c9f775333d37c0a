"""The bare shell in a browser: nothing blocked, nothing inaccessible."""

import pytest

from tests.journeys.conftest import DESK, PHONE, serious

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_home_has_no_complaints(transactional_db, world, person, viewport):
    page = person(world.leader, viewport).open("/")
    assert page.title() == "今日任务 · 查保促督导平台"
    assert serious(page) == []
