"""Django's admin in Chinese, for system administrators only, inside their scope."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from audit.record import record


class ScopedAdminSite(AdminSite):
    """One login, one password page, one lock-out: those of the platform."""

    site_header = site_title = "查保促督导平台 · 系统管理"
    index_title = "系统管理"
    site_url = "/"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("orgs:password_change")


class ScopedAdmin(admin.ModelAdmin):
    """Shows what lies in the person's scope, to read; nothing official is deleted here."""

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.user)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any):
        kwargs["queryset"] = db_field.related_model._default_manager.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any):
        """A late save is answered as elsewhere: 409."""
        response = super().render_change_form(request, context, **kwargs)
        if getattr(context["adminform"].form, "late", None):
            response.status_code = 409
        return response

    def record_change(self, request: HttpRequest, obj: Model, form: Any) -> None:
        """The change as an audit event; the admin saves inside a transaction."""
        before = {name: form.initial.get(name) for name in form.changed_data}
        after = {name: form.cleaned_data[name] for name in form.changed_data}
        told = {
            name: f"{value}#{value.pk}" if hasattr(value, "pk") else value
            for name, value in after.items()
        }
        action = f"{obj._meta.model_name}.{'change' if before else 'create'}"
        record(action, obj, by=request.user, stream="orgs", before=before, after=told)
