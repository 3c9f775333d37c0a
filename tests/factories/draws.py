"""A pool to draw from: two cities of four counties, each with six enterprises that are eligible."""

from collections.abc import Iterator
from itertools import count

from orgs.models import Organization, Region, User
from orgs.roles import Role
from plans import draws
from plans.models import Draw, Plan
from plans.sampling import SOURCE_1
from tests.factories import plans, rubrics
from tests.factories.orgs import (
    EnterpriseFactory,
    OrganizationFactory,
    UserFactory,
    credit_code,
    region,
)

DIGITS = "40718263955810392746"
# The frozen list names keys: with these its hash, and so what is drawn, is the same in every run.
REGION, PLAN, UNIT = 9_000_000, 9_000_000, 900_000_000


class Pool:
    """The regions, the issuer, its people, and a published plan with the rule of source 1."""

    def __init__(self) -> None:
        self.places, self.units = count(REGION + 1), count(UNIT + 1)
        self.province = region("山东省", "001", code="370000")
        self.issuer = OrganizationFactory(name="山东省总工会", region=self.province)
        self.people = [
            UserFactory(name=name, organization=self.issuer, role=Role.PROVINCE_STAFF)
            for name in ("示例甲", "示例乙")
        ]
        self.version = rubrics.small_version()
        self.cities = [self._city(n) for n in (1, 2)]
        self.plan = self.new_plan(pk=PLAN)

    def _city(self, n: int) -> Region:
        path, code, key = f"00100{n}", f"370{n}00", next(self.places)
        city = region(f"示例{n}市", path, parent=self.province, code=code, pk=key)
        for i in range(1, 5):
            county = region(
                f"示例{n}{i}县",
                f"{city.path}00{i}",
                parent=city,
                code=f"370{n}0{i}",
                is_key_chemical=i <= 2,
                pk=next(self.places),
            )
            self.enterprises(county, self.units, chemical=3, food=3)
        return city

    @staticmethod
    def enterprises(county: Region, keys: Iterator[int] | None = None, /, **numbers: int) -> None:
        """So many eligible enterprises of each industry, under these keys or any."""
        for industry, number in numbers.items():
            for i in range(number):
                name = f"{county.name}示例{industry}{i}厂"
                known = {"pk": (pk := next(keys)), "credit_code": credit_code(pk)} if keys else {}
                EnterpriseFactory(name=name, region=county, industry=industry, **known)

    def new_plan(self, round_number: int = 2, **fields) -> Plan:
        """Another published plan of the same issuer and year."""
        return plans.plan(
            self.issuer,
            self.people[0],
            version=self.version,
            round_number=round_number,
            sampling=SOURCE_1.to_json(),
            **{"title": f"2017年示例第{round_number}次督导"} | fields,
        )

    def freeze(self, stage: str = "counties", plan: Plan | None = None) -> Draw:
        return draws.freeze(
            plan or self.plan,
            by=self.people[0],
            stage=stage,
            seed_source="dice",
            seed_source_detail="示例会议室，十面骰 20 次",
        )

    def seeded(
        self, stage: str = "counties", digits: str = DIGITS, plan: Plan | None = None
    ) -> Draw:
        """A frozen list whose seed two people entered."""
        draw = self.freeze(stage, plan)
        for person in self.people:
            draws.enter_seed(draw, by=person, digits=digits)
        return draw

    def drawn(
        self, stage: str = "counties", digits: str = DIGITS, plan: Plan | None = None
    ) -> Draw:
        return draws.run(self.seeded(stage, digits, plan), by=self.people[0])

    def outsider(self) -> User:
        """Staff of another issuer, who must see nothing of this draw."""
        kind = Organization.Kind.INDUSTRIAL_UNION
        other = OrganizationFactory(name="省示例产业工会", region=self.province, kind=kind)
        return UserFactory(organization=other, role=Role.PROVINCE_STAFF)
