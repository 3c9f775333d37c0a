from django.apps import AppConfig


class RubricsConfig(AppConfig):
    name = "rubrics"
    verbose_name = "评分表"

    def ready(self):
        from attachments.holders import register_holder  # noqa: PLC0415 (models must be loaded)
        from rubrics.models import INTAKE, intake_holders  # noqa: PLC0415

        register_holder(INTAKE, intake_holders)
