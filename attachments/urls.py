"""Addresses of the app attachments."""

from django.urls import path

from attachments import views

app_name = "attachments"
urlpatterns = [
    path("<int:pk>/", views.file, name="file"),
    path("<int:pk>/thumb/", views.thumb, name="thumb"),
]
