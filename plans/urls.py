"""Addresses of the app plans."""

from django.urls import path

from plans.draw_urls import draw_urls
from plans.views import home, naming, plan, schedule, self_check, steps, team, visit

app_name = "plans"
urlpatterns = [
    path("", plan.plan_list, name="plan_list"),
    path("new/", plan.plan_create, name="plan_create"),
    path("<int:pk>/", plan.plan_detail, name="plan_detail"),
    path("<int:pk>/basis/", steps.plan_basis, name="plan_basis"),
    path("<int:pk>/rubrics/", steps.plan_rubrics, name="plan_rubrics"),
    path("<int:pk>/rule/", steps.plan_rule, name="plan_rule"),
    path("<int:pk>/rule/source/", steps.plan_use_source_rule, name="plan_use_source_rule"),
    path("<int:pk>/teams/", team.plan_teams, name="plan_teams"),
    path("<int:pk>/phases/", steps.plan_phases, name="plan_phases"),
    path("<int:pk>/check/", steps.plan_check, name="plan_check"),
    path("<int:pk>/dates/", plan.plan_dates, name="plan_dates"),
    path("<int:pk>/publish/", plan.plan_publish, name="plan_publish"),
    path("<int:pk>/cancel/", plan.plan_cancel, name="plan_cancel"),
    path("<int:pk>/close/", plan.plan_close, name="plan_close"),
    path("<int:pk>/teams/new/", team.team_create, name="team_create"),
    path("teams/<int:pk>/", visit.team_detail, name="team_detail"),
    path("teams/<int:pk>/edit/", team.team_edit, name="team_edit"),
    path("teams/<int:pk>/disband/", team.team_disband, name="team_disband"),
    path("<int:pk>/recusals/new/", team.recusal_create, name="recusal_create"),
    path(
        "<int:pk>/recusals/<int:recusal_pk>/withdraw/",
        team.recusal_withdraw,
        name="recusal_withdraw",
    ),
    path("<int:pk>/visits/", visit.visit_create, name="visit_create"),
    path("<int:pk>/visits/add/", naming.visit_add, name="visit_add"),
    path("<int:pk>/visits/add/now/", naming.visit_name, name="visit_name"),
    path("<int:pk>/self-checks/open/", self_check.self_check_open, name="self_check_open"),
    path("<int:pk>/schedule/", schedule.visit_schedule, name="visit_schedule"),
    path("<int:pk>/schedule/spread/", visit.visit_spread, name="visit_spread"),
    path("visits/<int:pk>/", visit.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/edit/", visit.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/cancel/", visit.visit_cancel, name="visit_cancel"),
    path("visits/<int:pk>/recusal/", team.recusal_declare, name="recusal_declare"),
    path("tasks/", home.task_list, name="task_list"),
    path("me/", home.account, name="account"),
    *draw_urls,
]
