"""Files that a visit holds are seen as the visit is."""

import uuid

from attachments.models import Attachment
from orgs.roles import Permission as P


def test_visit_files_are_seen_by_its_team_only(world):
    for visit in (world.visit, world.other_visit):
        photo = Attachment.objects.create(
            kind="photo",
            sha256="0" * 64,
            content_type="image/jpeg",
            size=1,
            name=f"{visit.pk}.jpg",
            holder_type="visit",
            holder_id=visit.pk,
            upload_id=uuid.uuid4(),
            uploaded_by=world.leader,
        )
    seen = Attachment.objects.visible_to(world.leader)
    assert [a.holder_id for a in seen] == [world.visit.pk]
    assert photo in Attachment.objects.permitted(world.other_leader, P.VISIT_FILL)
    assert list(Attachment.objects.visible_to(world.officer)) == []
