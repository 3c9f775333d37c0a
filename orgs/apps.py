from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class OrgsConfig(AppConfig):
    name = "orgs"
    verbose_name = "单位与用户"


class AdminConfig(DjangoAdminConfig):
    """Django's admin, for system administrators only and inside their scope."""

    default_site = "orgs.admin_site.ScopedAdminSite"
