"""Addresses of patrols."""

from django.urls import path

from patrols.views import coverage, setup, walk

app_name = "patrols"
urlpatterns = [
    path("", walk.patrol_list, name="patrol_list"),
    path("places/<int:pk>/", walk.place, name="place"),
    path("places/<int:pk>/clear/", walk.clear, name="clear"),
    path("places/<int:pk>/findings/", walk.findings, name="findings"),
    path("places/<int:pk>/duty/", setup.duty, name="duty"),
    path("<int:pk>/", walk.patrol_detail, name="patrol_detail"),
    path("<int:pk>/cancel/", walk.patrol_cancel, name="patrol_cancel"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("units/", coverage.unit_list, name="unit_list"),
    path("policies/", setup.policy_list, name="policy_list"),
    path("policies/<slug:level>/set/", setup.policy_set, name="policy_set"),
    path("policies/<int:pk>/stop/", setup.policy_stop, name="policy_stop"),
]
