from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "督导方案"
