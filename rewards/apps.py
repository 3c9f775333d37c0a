from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "rewards"
    verbose_name = "奖励"

    def ready(self):
        from hazards.advice import advises  # noqa: PLC0415 (models must be loaded)
        from hazards.hooks import on_moved  # noqa: PLC0415
        from rewards.grants import advice, grant  # noqa: PLC0415

        on_moved(grant)
        advises("reward", advice)
