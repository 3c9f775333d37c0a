"""What people do to plans, teams and visits."""

from plans.actions.dates import change_dates
from plans.actions.plan import cancel, close, create, publish, save_draft, save_phases, save_rubrics
from plans.actions.team import declare_recusal, disband, save_team, withdraw_recusal
from plans.actions.visit import assign, cancel_visit, create_visits, schedule

__all__ = [
    "assign",
    "cancel",
    "cancel_visit",
    "change_dates",
    "close",
    "create",
    "create_visits",
    "declare_recusal",
    "disband",
    "publish",
    "save_draft",
    "save_phases",
    "save_rubrics",
    "save_team",
    "schedule",
    "withdraw_recusal",
]
