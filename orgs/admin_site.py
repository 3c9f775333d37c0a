"""Django's admin in Chinese, for system administrators only."""

from django.contrib.admin import AdminSite


class ScopedAdminSite(AdminSite):
    site_header = site_title = "查保促督导平台 · 系统管理"
    index_title = "系统管理"
