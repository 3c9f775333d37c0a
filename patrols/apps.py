from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    name = "patrols"
    verbose_name = "排查"

    def ready(self):
        from patrols.today import cards  # noqa: PLC0415 (models must be loaded)
        from plans.hooks import tells_home  # noqa: PLC0415

        tells_home(cards)
