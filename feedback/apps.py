from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "督导意见"

    def ready(self):
        from attachments.holders import register_holder  # noqa: PLC0415 (models must be loaded)
        from feedback.models import HOLDER, letter_holders  # noqa: PLC0415

        register_holder(HOLDER, letter_holders)
