"""Addresses of the statistics."""

from django.urls import path

from analysis.views import compared, judged, losses, scores, sheets, teams

app_name = "analysis"
urlpatterns = [
    path("", scores.scores, name="scores"),
    path("losses/", losses.lost, name="losses"),
    path("judged/", judged.judged, name="judged"),
    path("compared/", compared.compared, name="compared"),
    path("teams/", teams.teams, name="teams"),
    path("sheets/", sheets.sheets, name="sheets"),
]
