from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = "督导资料"

    def ready(self):
        from attachments.holders import register_holder  # noqa: PLC0415 (models must be loaded)
        from materials.models import HOLDER, material_holders  # noqa: PLC0415
        from materials.progress import pieces  # noqa: PLC0415
        from scoring.hooks import tells_pieces  # noqa: PLC0415

        register_holder(HOLDER, material_holders)
        tells_pieces(pieces)
