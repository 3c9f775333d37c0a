"""Addresses of the app rubrics."""

from django.urls import path

from rubrics.views import moves, versions

app_name = "rubrics"
urlpatterns = [
    path("", versions.version_list, name="version_list"),
    path("<int:pk>/", versions.version_detail, name="version_detail"),
    path("<int:pk>/differences/", moves.version_differences, name="version_differences"),
    path("<int:pk>/check/", moves.version_check, name="version_check"),
    path("<int:pk>/accept/", moves.version_accept, name="version_accept"),
    path("<int:pk>/publish/", moves.version_publish, name="version_publish"),
    path("<int:pk>/retire/", moves.version_retire, name="version_retire"),
    path("<int:pk>/cancel/", moves.version_cancel, name="version_cancel"),
    path("<int:pk>/draft/", moves.version_draft, name="version_draft"),
]
