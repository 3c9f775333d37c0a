"""Addresses of hazards; every move of the table has one of its own."""

from django.urls import path

from hazards.views import detail
from hazards.workflow import MOVES

app_name = "hazards"
urlpatterns = [
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
