"""How often places are patrolled, by whom, each patrol as it was done, and what was missed."""

from patrols.models.missed import Missed, Watch
from patrols.models.patrol import Found, Patrol
from patrols.models.policy import Duty, Policy

__all__ = ["Duty", "Found", "Missed", "Patrol", "Policy", "Watch"]
