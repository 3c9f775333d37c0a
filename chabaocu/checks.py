"""Refuse to deploy with the settings of a trial."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Info, Tags, Warning, register

LOCAL = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.security, deploy=True)
def check_debug(app_configs, **options):
    if settings.DEBUG:
        return [
            Error("DEBUG 打开着，错误页会泄露内部信息。", hint="去掉 DEBUG=1。", id="chabaocu.E001")
        ]
    return []


@register(Tags.security, deploy=True)
def check_hosts(app_configs, **options):
    """A wildcard lets anybody choose the address that our links and codes carry."""
    if "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS 不能是 *。", hint="写明域名。", id="chabaocu.E002")]
    if set(settings.ALLOWED_HOSTS) <= LOCAL:
        hint = "ALLOWED_HOSTS=cbc.example.cn SITE_URL=https://cbc.example.cn"
        return [Error("ALLOWED_HOSTS 还是本机的默认值。", hint=hint, id="chabaocu.E003")]
    return []


@register(Tags.security, deploy=True)
def check_address(app_configs, **options):
    """SITE_URL stands in the QR code of every printed paper."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    if host in {"", "localhost", "127.0.0.1", "::1"}:
        return [
            Error("SITE_URL 不是别人能打开的地址。", hint="SITE_URL=https://…", id="chabaocu.E004")
        ]
    if not settings.BEHIND_TLS:
        hint = "前置 HTTPS 代理并设 BEHIND_TLS=1。"
        return [Warning("没有启用 HTTPS。", hint=hint, id="chabaocu.W005")]
    return []


@register(Tags.database, deploy=True)
def inform_about_sqlite(app_configs, **options):
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        hint = "全省使用时建议 DATABASE_URL=postgres://…"
        return [Info("数据库是 SQLite：同一时刻只有一人在写。", hint=hint, id="chabaocu.I006")]
    return []
