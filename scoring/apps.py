from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "填报"

    def ready(self):
        from plans.hooks import tells_progress  # noqa: PLC0415 (models must be loaded)
        from scoring.progress import progress  # noqa: PLC0415
        from scoring.recorded import register  # noqa: PLC0415

        tells_progress(progress)
        register()
