"""Which visits still owe their unit a letter, and which letters are of papers since corrected."""

from django.db.models import Exists, OuterRef, QuerySet

from feedback.models import Letter, LetterEntry
from plans.models import Visit
from scoring.models import Finding


def without_letter(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Of these visits the released ones with problems for which no letter stands."""
    problems = Finding._base_manager.filter(
        sheet__visit=OuterRef("pk"),
        sheet__revision=OuterRef("revision"),
        withdrawn_at=None,
    )
    letters = Letter._base_manager.filter(visit=OuterRef("pk"))
    sent = letters.exclude(status=Letter.Status.WITHDRAWN)
    return visits.filter(Exists(problems) & ~Exists(sent), released_at__isnull=False)


def outdated(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Of these letters those that stand with the problems of another draft than is released now."""
    now = OuterRef("visit__revision")
    earlier = LetterEntry.objects.filter(letter=OuterRef("pk"), finding__sheet__revision__lt=now)
    return letters.live().filter(Exists(earlier), visit__released_at__isnull=False)
