"""How often places are patrolled, by whom, and each patrol as it was done."""

from patrols.models.patrol import Found, Patrol
from patrols.models.policy import Duty, Policy

__all__ = ["Duty", "Found", "Patrol", "Policy"]
