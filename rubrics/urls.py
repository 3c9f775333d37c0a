"""Addresses of the app rubrics."""

from django.urls import path

from rubrics import views

app_name = "rubrics"
urlpatterns = [
    path("", views.version_list, name="version_list"),
    path("<int:pk>/", views.version_detail, name="version_detail"),
]
