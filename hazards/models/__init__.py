"""Hazards, the places where they are found, and what is kept of each step."""

from hazards.models.event import Escalation, HazardEvent, Urging
from hazards.models.hazard import Hazard, NumberSeries
from hazards.models.listing import HazardList
from hazards.models.place import Place
from hazards.models.summary import HazardSummary
from hazards.models.view import LedgerLayout, LedgerView

__all__ = [
    "Escalation",
    "Hazard",
    "HazardEvent",
    "HazardList",
    "HazardSummary",
    "LedgerLayout",
    "LedgerView",
    "NumberSeries",
    "Place",
    "Urging",
]
