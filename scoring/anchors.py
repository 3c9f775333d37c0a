"""Where on its page a thing of the papers stands: the ids that links lead to."""


def point_anchor(code: str) -> str:
    """The id of a scoring point on the page of the sheet."""
    return f"p-{code}"


def text_anchor(field: str) -> str:
    """The id of a text's row on the page of the record."""
    return f"box-{field}"


SIGNS = "signs"  # the rows of 签字 on the page of the record
