"""What is published of a draw: for the projector, the 抽取公告 and the public page alike."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from plans.models import Draw, Pick, Plan

GROUPS = {Draw.Stage.COUNTIES: "市", Draw.Stage.ENTERPRISES: "县（市、区）"}


@dataclass(frozen=True)
class Unit:
    """A county or an enterprise in the ranking of its group."""

    pick: int
    name: str
    counted: bool
    repeated: bool
    rank: int
    status: str
    reason: str
    instead: str = ""  # whom it replaces

    @property
    def place(self) -> str:
        """The name of this unit's form on the workbench."""
        return f"pick-{self.pick}"

    @property
    def stands(self) -> bool:
        return self.status in (Pick.Status.DRAWN, Pick.Status.SUBSTITUTE)

    @property
    def was_drawn(self) -> bool:
        """Drawn at first, whatever became of it."""
        gone = self.status in (Pick.Status.REPLACED, Pick.Status.ENDED)
        return self.status == Pick.Status.DRAWN or (gone and not self.instead)


@dataclass(frozen=True)
class Row:
    """A city and its counties, or a county and its enterprises."""

    name: str
    candidates: int
    counted: int
    sets: str
    excluded: tuple[tuple[str, str], ...]
    repeated: tuple[str, ...]
    relaxed: bool
    units: tuple[Unit, ...]
    ended: str = ""  # why nothing of it is visited any more: its county was replaced

    @property
    def drawn(self) -> list[Unit]:
        """The result as it was drawn."""
        return [unit for unit in self.units if unit.was_drawn]

    @property
    def standing(self) -> list[Unit]:
        """The result as it stands, replacements done."""
        return [unit for unit in self.units if unit.stands]

    @property
    def replaced(self) -> list[Unit]:
        return [unit for unit in self.units if unit.status == Pick.Status.REPLACED]

    @property
    def reserves(self) -> list[Unit]:
        return [unit for unit in self.units if unit.status == Pick.Status.RESERVE]

    @property
    def counted_standing(self) -> int:
        return sum(unit.counted for unit in self.standing)


@dataclass(frozen=True)
class Replacement:
    """One step: who went, who came (nobody: 无可替换), and why."""

    group: str
    out: str
    into: str
    reason: str


@dataclass(frozen=True)
class Supplement:
    """Why one county's enterprises are drawn apart: whom it replaces, and the draw that says so."""

    out: str
    into: str
    reason: str
    counties: str  # the code of that draw


@dataclass(frozen=True)
class Run:
    """One run of any stage of the plan, in the order in which they were made."""

    label: str
    status: str
    at: datetime
    code: str
    note: str
    county: str  # of a supplementary draw
    stands: bool


@dataclass(frozen=True)
class Notice:
    """A draw as anybody may know it."""

    issuer: str
    plan: str
    stage: str
    is_counties: bool
    status: str
    place: str
    rule: str
    choose: int
    at_least: int
    counted: str
    unit: str  # 个县（市、区）, 家企业, 家医疗卫生单位
    groups: str  # of what each row is one
    released: str
    rows: tuple[Row, ...]
    replacements: tuple[Replacement, ...]
    supplement: Supplement | None
    history: tuple[Run, ...]
    list_hash: str
    seed: str
    seed_source: str
    frozen_at: datetime
    drawn_at: datetime | None
    void_reason: str
    algorithm: str
    run: int
    code: str
    url: str

    @property
    def hash_words(self) -> list[str]:
        """The hash in sixteen words of four, to be read aloud."""
        return [self.list_hash[i : i + 4] for i in range(0, 64, 4)]

    @property
    def seed_words(self) -> str:
        return " ".join(self.seed[i : i + 5] for i in range(0, len(self.seed), 5))

    @property
    def counted_short(self) -> str:
        """重点, or the industry: for a card's corner."""
        return "重点" if self.is_counties else self.counted.removesuffix("企业")

    @property
    def unit_word(self) -> str:
        return self.unit[0]

    @property
    def address(self) -> str:
        """Where to type the code: the address without scheme and code."""
        return self.url.split("//", 1)[-1].removesuffix(f"/{self.code}/")

    @property
    def all_met(self) -> bool:
        """Whether every group stands as the rule asks; not so after a 无可替换."""
        return all(
            len(row.standing) == self.choose and row.counted_standing >= self.at_least
            for row in self.rows
            if not row.ended
        )

    @property
    def ended(self) -> list[Row]:
        """Counties of this draw that were replaced after their enterprises were drawn."""
        return [row for row in self.rows if row.ended]

    @property
    def supplements(self) -> list[Run]:
        """The supplementary draws of the plan that stand; none while this is one of them."""
        if self.supplement:
            return []
        return [run for run in self.history if run.county and run.stands]

    @property
    def drawn_what(self) -> str:
        """What was drawn: 县（市、区） or 企业, or one county's 企业."""
        if self.supplement:
            return f"{self.supplement.into}企业"
        return self.unit[1:]

    @property
    def candidates(self) -> int:
        return sum(row.candidates for row in self.rows)

    @property
    def counted_candidates(self) -> int:
        return sum(row.counted for row in self.rows)

    @property
    def standing(self) -> int:
        return sum(len(row.standing) for row in self.rows)

    @property
    def without_reserve(self) -> list[str]:
        return [row.name for row in self.rows if row.candidates == self.choose]

    @property
    def relaxed_rows(self) -> list[Row]:
        return [row for row in self.rows if row.relaxed]

    @property
    def halves(self) -> list[tuple[Row, Row | None]]:
        """The rows of a table two groups wide, read column by column."""
        middle = -(-len(self.rows) // 2)
        right: list[Row | None] = [*self.rows[middle:], None]
        return list(zip(self.rows[:middle], right, strict=False))


def notice(draw: Draw, runs: Iterable[Draw] | None = None) -> Notice:
    """The notice of a draw in whatever state it is; reads the frozen list, never today's data.

    ``runs`` are all of the plan, in order, where the caller has them at hand.
    """
    frozen = json.loads(draw.frozen_list)
    rule = frozen["rule"]
    result = draw.result or {"replacements": []}
    names = {one["code"]: one["name"] for group in frozen["groups"] for one in group["candidates"]}
    groups = {group["code"]: group["name"] for group in frozen["groups"]}
    return Notice(
        issuer=frozen["issuer"],
        plan=frozen["plan"]["title"],
        stage=draw.get_stage_display(),
        is_counties=draw.stage == Draw.Stage.COUNTIES,
        status=draw.status,
        place=draw.seed_source_detail,
        rule=rule["text"],
        choose=rule["choose"],
        at_least=rule["at_least"],
        counted=rule["counted"],
        unit=rule["unit"],
        groups=rule.get("group") or GROUPS[draw.stage],
        released=frozen["released"].rstrip("。"),  # the notice ends the sentence
        rows=_rows(draw, frozen, {end["group"]: end["reason"] for end in result.get("ended", [])}),
        replacements=tuple(
            Replacement(
                groups[step["group"]],
                names[step["out"]],
                names[step["in"]] if step["in"] else "",
                step["reason"],
            )
            for step in result["replacements"]
        ),
        supplement=_supplement(frozen),
        history=_history(_runs(draw.plan) if runs is None else runs),
        list_hash=draw.list_hash,
        seed=draw.seed,
        seed_source=draw.get_seed_source_display(),
        frozen_at=draw.frozen_at,
        drawn_at=draw.drawn_at,
        void_reason=draw.void_reason,
        algorithm=draw.algorithm,
        run=draw.run,
        code=draw.code,
        url=settings.SITE_URL.rstrip("/") + reverse("draw_public", args=[draw.code]),
    )


def _supplement(frozen: dict) -> Supplement | None:
    if (why := frozen.get("supplement")) is None:
        return None
    return Supplement(why["out"]["name"], why["in"]["name"], why["reason"], why["counties"])


def _runs(plan: Plan) -> Iterable[Draw]:
    return plan.draws.select_related("county__region", "county__organization").order_by("pk")


def _history(runs: Iterable[Draw]) -> tuple[Run, ...]:
    return tuple(
        Run(
            label=run.label,
            status=run.get_status_display(),
            at=run.drawn_at or run.frozen_at,
            code=run.code,
            note=run.void_reason,
            county=str(run.county or ""),
            stands=run.status != Draw.Status.VOID,
        )
        for run in runs
    )


def _rows(draw: Draw, frozen: dict, ended: dict[str, str]) -> tuple[Row, ...]:
    picks: dict[int, list[Pick]] = defaultdict(list)
    for pick in draw.picks.order_by("rank"):
        picks[pick.group_id].append(pick)
    return tuple(
        _row(group, picks[group["id"]], ended.get(group["code"], "")) for group in frozen["groups"]
    )


def _row(group: dict, picks: list[Pick], ended: str) -> Row:
    units = {one["id"]: one for one in group["candidates"]}
    names = {pick.pk: units[_unit_id(pick)]["name"] for pick in picks}
    repeated = set(group["repeated"])
    return Row(
        name=group["name"],
        candidates=len(group["candidates"]),
        counted=sum(one["counted"] for one in group["candidates"]),
        sets=group["sets"],
        excluded=tuple((one["name"], one["reason"]) for one in group["excluded"]),
        repeated=tuple(one["name"] for one in group["candidates"] if one["code"] in repeated),
        relaxed=group["relaxed"],
        ended=ended,
        units=tuple(
            Unit(
                pick=pick.pk,
                name=names[pick.pk],
                counted=units[_unit_id(pick)]["counted"],
                repeated=units[_unit_id(pick)]["code"] in repeated,
                rank=pick.rank,
                status=pick.status,
                reason=pick.reason,
                instead=names.get(pick.replaces_id, ""),
            )
            for pick in picks
        ),
    )


def _unit_id(pick: Pick) -> int:
    return pick.region_id or pick.organization_id
