"""Addresses of the app scoring."""

from django.urls import URLPattern

app_name = "scoring"
urlpatterns: list[URLPattern] = []
