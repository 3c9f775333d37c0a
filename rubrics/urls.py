"""Addresses of the app rubrics."""

from django.urls import URLPattern

app_name = "rubrics"
urlpatterns: list[URLPattern] = []
