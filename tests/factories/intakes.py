"""Tables that were read and wait to be checked and stored."""

from orgs.models import User
from rubrics import intake
from rubrics.models import Intake
from rubrics.reading.files import read_text

TEXT = "示例评分表\n一、管理（5分）\n1.有制度，每缺一份扣1分。（扣满5分为止）\n"  # one guess
PLAIN = "示例评分表\n一、管理（5分）\n1.有制度（5分）\n"  # nothing to ask
ABOUT = {
    "code": "shili",
    "target": "producer",
    "issuer": "示例单位",
    "source": "示例文件",
    "annex": "附件1",
    "unit_label": "单位",
}


def kept(by: User, text: str = TEXT) -> Intake:
    """A pasted text as it was read; what is not in it is not filled yet."""
    return intake.keep(read_text(text), by=by, filename="示例.txt", data=text.encode())


def ready(by: User, text: str = PLAIN) -> Intake:
    """A table that only waits to be stored."""
    made = kept(by, text)
    made.outline |= ABOUT
    made.save()
    return made
