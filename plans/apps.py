from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "督导方案"

    def ready(self):
        from attachments.holders import register_holder  # noqa: PLC0415 (models must be loaded)
        from plans.models.visit import visit_holders  # noqa: PLC0415
        from plans.recorded import register  # noqa: PLC0415

        register_holder("visit", visit_holders)
        register()
