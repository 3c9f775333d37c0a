from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "inbox"
    verbose_name = "消息"

    def ready(self):
        from inbox.models import unread  # noqa: PLC0415 (models must be loaded)
        from orgs.sessions import read_with_account  # noqa: PLC0415

        read_with_account("unread", unread)
