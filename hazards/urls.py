"""Addresses of hazards; every move of the table has one of its own."""

from django.urls import path

from hazards.views import detail, ledger, report, transfer
from hazards.workflow import MOVES

app_name = "hazards"
urlpatterns = [
    path("", ledger.hazard_list, name="hazard_list"),
    path("report/", report.report, name="report"),
    path("report/known/", report.known, name="known"),
    path("from-finding/<int:pk>/", transfer.from_finding, name="from_finding"),
    path("mine/", report.mine, name="mine"),
    path("<int:pk>/reported/", report.reported, name="reported"),
    path("<int:pk>/follow/", report.follow, name="follow"),
    path("<int:pk>/", detail.hazard_detail, name="hazard_detail"),
    path("<int:pk>/photos/", detail.photo_add, name="photo_add"),
]
urlpatterns += [
    path(
        f"<int:pk>/{name.replace('_', '-')}/", detail.hazard_move, kwargs={"name": name}, name=name
    )
    for name, move in MOVES.items()
    if not move.system
]
