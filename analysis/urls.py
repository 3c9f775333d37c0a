"""Addresses of the statistics."""

from django.urls import path

from analysis.views import scores, sheets

app_name = "analysis"
urlpatterns = [
    path("", scores.scores, name="scores"),
    path("sheets/", sheets.sheets, name="sheets"),
]
