"""The upload of a table, or its pasted text."""

from django import forms

from rubrics.reading.files import ACCEPTED, LARGEST, read_files, read_texts
from rubrics.reading.source import MOST_CHARS, BadSource

ACCEPT = ".docx,.xlsx,.txt,.json,.pdf"


class IntakeForm(forms.Form):
    """A file or a text; ``found`` holds each table that was read of it."""

    file = forms.FileField(
        label="文件",
        required=False,
        help_text=ACCEPTED,
        widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "form-control my-2"}),
        error_messages={"empty": "这是个空文件。"},
    )
    text = forms.CharField(
        label="或者粘贴全文",
        required=False,
        strip=False,
        max_length=MOST_CHARS,
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control"}),
    )

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if bool(file) == bool(text.strip()):
            raise forms.ValidationError("请传一个文件，或者粘贴全文，二者选一。")
        try:
            if file:
                self._read_file(file)
            else:
                self.data_read, self.filename = text.encode(), "粘贴的文字"
                self.found = read_texts(text)
        except BadSource as refused:
            self.add_error("file" if file else "text", str(refused))
        return cleaned

    def _read_file(self, file):
        self.data_read, self.filename = file.read(LARGEST + 1), file.name
        self.found = read_files(file.name, self.data_read)
