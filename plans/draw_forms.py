"""What is typed on the pages of a draw."""

from django import forms

from plans.models import Draw
from plans.seeds import read_seed


class FreezeForm(forms.Form):
    """The source of the seed is declared before there is one."""

    seed_source = forms.ChoiceField(label="种子来源", choices=Draw.SeedSource.choices)
    seed_source_detail = forms.CharField(
        label="来源说明",
        max_length=200,
        help_text="何时、何地、哪一种、哪一期，例：12月1日上午10时，三楼会议室，十面骰20次。",
        error_messages={"required": "写明种子从哪里来：何时、何地、哪一种、哪一期。"},
    )


class SeedForm(forms.Form):
    """The digits as one person read them; spaces and commas do not matter."""

    digits = forms.CharField(
        label="数字",
        max_length=400,
        strip=True,
        error_messages={"required": "按掷出（公布）的次序录入全部数字。"},
    )

    def __init__(self, *args, source: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields["digits"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_digits(self) -> str:
        try:
            return read_seed(self.source, self.cleaned_data["digits"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
