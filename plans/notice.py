"""What is published of a draw: for the projector, the 抽取公告 and the public page alike."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from plans.models import Draw, Pick


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
        return self.status == Pick.Status.DRAWN or (
            self.status == Pick.Status.REPLACED and not self.instead
        )


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
    released: str
    rows: tuple[Row, ...]
    replacements: tuple[Replacement, ...]
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
        return "个" if self.is_counties else "家"

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
        )

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


def notice(draw: Draw) -> Notice:
    """The notice of a draw in whatever state it is; reads the frozen list, never today's data."""
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
        released=frozen["released"],
        rows=_rows(draw, frozen),
        replacements=tuple(
            Replacement(
                groups[step["group"]],
                names[step["out"]],
                names[step["in"]] if step["in"] else "",
                step["reason"],
            )
            for step in result["replacements"]
        ),
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


def _rows(draw: Draw, frozen: dict) -> tuple[Row, ...]:
    picks: dict[int, list[Pick]] = defaultdict(list)
    for pick in draw.picks.order_by("rank"):
        picks[pick.group_id].append(pick)
    return tuple(_row(group, picks[group["id"]]) for group in frozen["groups"])


def _row(group: dict, picks: list[Pick]) -> Row:
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
