"""Draws and jobs in each of their states, for the permission matrix."""

from django.utils import timezone

from orgs.models import User
from plans import draws
from plans.models import Draw, Pick, Plan
from plans.sampling import CountyRule, EnterpriseRule, SamplingRule
from reports import books, jobs
from reports.models import Job
from tests.cast import World
from tests.factories import papers, plans
from tests.factories.draws import DIGITS

RULE = SamplingRule(CountyRule(per_city=1, key_at_least=0), EnterpriseRule(per_county=1))


def open_job(world: World) -> Job:
    papers.submitted(world)
    return books.start_book(world.plan, by=world.province)


def done_job(world: World) -> Job:
    """A job whose file lies there."""
    job = open_job(world)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.DONE, finished_at=timezone.now())
    target = jobs.file_of(job)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"%PDF-1.7")
    return job


def frozen(world: World) -> Draw:
    """The counties of the round, frozen: 甲市 has two, 乙市 one; each gives one."""
    plan = Plan.objects.get(pk=world.plan.pk)
    plan.sampling = RULE.to_json()
    plan.save()
    return freeze(plan, world.province)


def freeze(plan: Plan, by: User) -> Draw:
    said = {"seed_source": "dice", "seed_source_detail": "示例会议室，十面骰 20 次"}
    return draws.freeze(plan, by=by, stage=Draw.Stage.COUNTIES, **said)


def seeded(draw: Draw, *people: User) -> Draw:
    for person in people:
        draws.enter_seed(draw, by=person, digits=DIGITS)
    return draw


def drawn(world: World) -> Draw:
    draw = seeded(frozen(world), world.province, world.province2)
    return draws.run(draw, by=world.province)


def foreign_draw(world: World) -> Draw:
    draw = seeded(freeze(foreign_plan(world), world.leader), world.leader, world.recorder)
    return draws.run(draw, by=world.leader)


def pick(draw: Draw) -> dict[str, object]:
    return {"pk": draw.picks.filter(status=Pick.Status.DRAWN).first().pk}


def foreign_plan(world: World) -> Plan:
    """A round of the industrial union, in which the provincial union has no part."""
    issuer = world.orgs["industrial_union"]
    fields = {"version": world.version, "sampling": RULE.to_json()}
    return plans.plan(issuer, world.leader, **fields)
