"""Addresses of the app orgs."""

from django.urls import path

from orgs.views import imports, organizations, session, users

app_name = "orgs"
urlpatterns = [
    path("login/", session.log_in, name="login"),
    path("login/again/", session.log_in_again, name="login_again"),
    path("logout/", session.log_out, name="logout"),
    path("password/", session.password_change, name="password_change"),
    path("units/", organizations.organization_list, name="organization_list"),
    path("units/offers/", organizations.unit_offers, name="unit_offers"),
    path("units/new/", organizations.organization_create, name="organization_create"),
    path("units/<int:pk>/", organizations.organization_detail, name="organization_detail"),
    path("units/<int:pk>/edit/", organizations.organization_edit, name="organization_edit"),
    path("units/<int:pk>/close/", organizations.organization_close, name="organization_close"),
    path("units/<int:pk>/reopen/", organizations.organization_reopen, name="organization_reopen"),
    path("units/import/", imports.import_upload, name="import_upload"),
    path("units/import/template/", imports.import_template, name="import_template"),
    path("units/import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("units/import/<int:pk>/marked/", imports.import_marked, name="import_marked"),
    path("units/import/<int:pk>/write/", imports.import_write, name="import_write"),
    path("users/", users.user_list, name="user_list"),
    path("users/new/", users.user_create, name="user_create"),
    path("users/<int:pk>/edit/", users.user_edit, name="user_edit"),
    path("users/<int:pk>/disable/", users.user_disable, name="user_disable"),
    path("users/<int:pk>/enable/", users.user_enable, name="user_enable"),
    path("users/<int:pk>/password/", users.user_reset_password, name="user_reset_password"),
]
