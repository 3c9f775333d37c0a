from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "hazards"
    verbose_name = "隐患"

    def ready(self):
        from attachments.holders import register_holder  # noqa: PLC0415 (models must be loaded)
        from hazards.models.hazard import hazard_holders  # noqa: PLC0415

        register_holder("hazard", hazard_holders)
