"""The upload of a list of hazards."""

from django import forms

from hazards.importing.template import LIMITS, SHEET
from orgs.importing.workbook import BadWorkbook, read_sheet


class ImportForm(forms.Form):
    """One .xlsx file; ``sheet`` holds what was read of it."""

    file = forms.FileField(
        label="填好的表（.xlsx）",
        widget=forms.FileInput(attrs={"accept": ".xlsx", "class": "form-control my-2"}),
        error_messages={"required": "请先选一个文件。", "empty": "这是个空文件。"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.sheet = read_sheet(file, file.size, sheet=SHEET, limits=LIMITS)
        except BadWorkbook as error:
            raise forms.ValidationError(str(error)) from error
        return file
