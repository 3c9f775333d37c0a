"""The form of a page of Django's admin that overwrites nobody unseen, as chabaocu.edits asks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelForm

from chabaocu import edits


class CarefulForm(ModelForm):
    """Carries the fingerprint of what it shows; a late save is refused and shows both values."""

    late: dict[str, Any] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = edits.fingerprint(self.instance, *self.fields)
        self.seen = self.data.get("over") or self.data.get("seen", "") if self.is_bound else shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk:
            self._compare()
        return cleaned

    def _compare(self) -> None:
        """Hold the row: the admin saves in the same transaction."""
        rows = type(self.instance)._base_manager.select_for_update()
        standing = type(self)(instance=rows.get(pk=self.instance.pk))
        try:
            edits.check(self.seen, standing.seen)
        except edits.ChangedError as changed:
            action = f"{self.instance._meta.model_name}.change"
            about = {"print": standing.seen, "action": action}
            self.late = edits.late(standing.instance, self, standing, **about)
            raise ValidationError(str(changed)) from changed
