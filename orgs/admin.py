"""What system administrators see of units and people; divisions they also keep up to date."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEvent
from orgs.actions.regions import add_region
from orgs.admin_form import CarefulForm
from orgs.admin_site import ScopedAdmin
from orgs.models import ImportBatch, Organization, Region, User

# Roles are in code, and a job's arguments know no scope: neither has a page here.
admin.site.unregister([Group, DBTaskResult])


@admin.register(Region)
class RegionAdmin(ScopedAdmin):
    """Flags and names of divisions, and 开发区 without a code; a path is never typed."""

    form = CarefulForm
    list_display = ["name", "code", "level", "parent", "is_key_chemical", "valid_to"]
    list_filter = ["level", "is_key_chemical", "is_development_zone"]
    search_fields = ["name", "code"]
    list_select_related = ["parent"]
    readonly_fields = ["path"]
    fields = [
        "name",
        "short_name",
        "code",
        "level",
        "parent",
        "path",
        "is_development_zone",
        "is_key_chemical",
        "valid_from",
        "valid_to",
    ]

    def has_add_permission(self, request):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return request.user.is_staff

    def get_readonly_fields(self, request, obj=None):
        """Where a division lies is told by its path: neither changes afterwards."""
        return ["path", "level", "parent"] if obj else ["path"]

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            fields = dict(form.cleaned_data)
            on = fields.pop("valid_from")
            made = add_region(fields.pop("name"), fields.pop("parent"), on=on, **fields)
            obj.pk, obj.path = made.pk, made.path
        self.record_change(request, obj, form)


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    list_display = ["name", "kind", "region", "credit_code", "closed_on"]
    list_filter = ["kind", "industry", "size"]
    search_fields = ["name", "credit_code", "name_initials"]
    list_select_related = ["region"]


@admin.register(User)
class UserAdmin(ScopedAdmin):
    list_display = ["username", "name", "role", "organization", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "name"]
    list_select_related = ["organization"]
    exclude = ["password"]


@admin.register(ImportBatch)
class ImportBatchAdmin(ScopedAdmin):
    list_display = ["filename", "uploaded_at", "written_at", "written"]
    exclude = ["rows"]


@admin.register(AuditEvent)
class AuditEventAdmin(ScopedAdmin):
    list_display = ["at", "actor_name", "deed", "target_label", "stream", "seq"]
    search_fields = ["actor_name", "target_label", "action"]
    list_select_related = ["stream"]
    ordering = ["-at", "-pk"]

    @admin.display(description="操作", ordering="action")
    def deed(self, event):
        return event.action_label
