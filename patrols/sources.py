"""How often the sources ask for a patrol, by level, in their words."""

from dataclasses import dataclass

from hazards.models import Place
from orgs.models import Organization
from patrols.periods import Every

L = Place.Level
ORDER = list(Every)
LABELS = {
    Every.DAILY: "每天",
    Every.WEEKLY: "每周 1 次",
    Every.HALF_MONTHLY: "每半月 1 次",
    Every.MONTHLY: "每月 1 次",
}
OPINION = "《关于深化“查身边隐患、保职工安全、促企业发展”群众性安全生产活动的意见》四"
MEDICAL_TABLE = "省医务工会《各单位开展“查保促”活动督导检查项目表》隐患查治第2项"


@dataclass(frozen=True)
class Demand:
    """At least how often, and where that is written."""

    every: Every
    wording: str
    article: str


DEMANDS = {
    L.PLANT: Demand(Every.HALF_MONTHLY, "厂（矿）至少每半月组织1次全面隐患治理排查", OPINION),
    L.WORKSHOP: Demand(Every.WEEKLY, "车间（区、队）每周组织1次隐患治理排查", OPINION),
    L.TEAM: Demand(Every.DAILY, "岗位和班组每天要进行隐患排查", OPINION),
    L.POST: Demand(Every.DAILY, "岗位和班组每天要进行隐患排查", OPINION),
}
MEDICAL_PLANT = Demand(
    Every.MONTHLY, "岗位、班组日排查，车间（区、队）周排查，单位月排查", MEDICAL_TABLE
)


def demand(unit: Organization, level: str) -> Demand:
    """What is asked of a level of this unit; a 医院 as a whole looks around monthly."""
    if level == L.PLANT and unit.industry == Organization.Industry.MEDICAL:
        return MEDICAL_PLANT
    return DEMANDS[Place.Level(level)]


def is_enough(every: str, asked: Demand) -> bool:
    """Whether ``every`` is at least as often as what is asked."""
    return ORDER.index(Every(every)) <= ORDER.index(asked.every)


def allowed(unit: Organization, level: str) -> list[Every]:
    """The choices a unit has for a level, the least often first."""
    asked = demand(unit, level)
    return [every for every in reversed(ORDER) if is_enough(every, asked)]
