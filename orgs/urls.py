"""Addresses of the app orgs."""

from django.urls import path

from orgs.views import session

app_name = "orgs"
urlpatterns = [
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("password/", session.password_change, name="password_change"),
]
