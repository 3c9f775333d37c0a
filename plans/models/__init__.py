"""Plans, draws, teams and visits."""

from plans.models.draw import Draw, Pick, SeedEntry
from plans.models.plan import Phase, Plan, PlanRubric
from plans.models.team import Recusal, Team, TeamMember
from plans.models.visit import Visit, VisitEvent

__all__ = [
    "Draw",
    "Phase",
    "Pick",
    "Plan",
    "PlanRubric",
    "Recusal",
    "SeedEntry",
    "Team",
    "TeamMember",
    "Visit",
    "VisitEvent",
]
