"""What people write when they move a version on."""

from django import forms


class ReasonForm(forms.Form):
    """Why a version is retired, cancelled, or printed with its contradiction."""

    reason = forms.CharField(
        label="理由", max_length=300, error_messages={"required": "请写明理由，它会记录下来。"}
    )


class AcceptForm(ReasonForm):
    """A contradiction left as issued, in the words of the page, and why."""

    mismatch = forms.CharField(widget=forms.HiddenInput, strip=False)


class SeenForm(forms.Form):
    """Which revision of the draft the page shows."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
