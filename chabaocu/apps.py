"""The project itself as an app: its checks, template tags and commands."""

from importlib import import_module

from django.apps import AppConfig


class ChabaocuConfig(AppConfig):
    name = "chabaocu"
    verbose_name = "查保促督导平台"

    def ready(self):
        import_module("chabaocu.checks")  # registers itself
