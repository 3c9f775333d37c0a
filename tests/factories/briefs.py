"""Reports of the cast's round."""

from briefs import actions
from briefs.models import Brief, Chapter, Excerpt
from orgs.models import Region
from scoring.models import RecordText
from tests.cast import World

HIGHLIGHTS = "1.建立了隐患排查奖励台账\n2.班前五分钟查隐患。"


def begun(world: World, region: str = "province", kind: str = "inspection") -> Brief:
    """A draft as it is made from the data."""
    place: Region = world.regions[region]
    return actions.begin(world.plan, place, kind=kind, by=world.province)


def written(world: World, region: str = "province") -> Brief:
    """A draft in which every chapter says something."""
    brief = begun(world, region)
    for chapter in brief.chapters.all():
        said = {"heading": chapter.heading, "text": "示例正文。"}
        actions.write(chapter, version=chapter.version, by=world.province, **said)
    return brief


def issued(world: World, region: str = "city_a") -> Brief:
    """已印发."""
    brief = written(world, region)
    actions.issue(brief, by=world.province)
    return brief


def chapter(brief: Brief, slug: str) -> Chapter:
    return Chapter.objects.select_related("brief").get(brief=brief, slug=slug)


def said(visit, field: str, text: str) -> None:
    """What a record's text says, papers frozen or not."""
    sheet = visit.sheets.get(revision=visit.revision)
    RecordText.objects.update_or_create(sheet=sheet, field=field, defaults={"text": text})


def excerpts(brief: Brief, part: str) -> list[Excerpt]:
    return list(brief.excerpts.filter(part=part).order_by("pk"))
