"""省医务工会 and what hangs below it: two cities, each with its 市医务工会 and four hospitals."""

from orgs.models import Organization, Region
from orgs.roles import Role
from plans.models import Plan
from plans.source_medical import SAMPLING
from tests.factories import plans, rubrics
from tests.factories.orgs import OrganizationFactory, UserFactory, region

Kind = Organization.Kind


class Hospitals:
    """The issuer, its people and units, a published plan; beside them a neighbour of each kind."""

    def __init__(self) -> None:
        self.province = region("山东省", "001", code="370000")
        self.cities = [
            region(f"示例{n}市", f"00100{n}", parent=self.province, code=f"370{n}00")
            for n in (1, 2)
        ]
        self.issuer = self._union("省示例医务工会", self.province)
        self.people = [
            UserFactory(organization=self.issuer, role=Role.PROVINCE_STAFF) for _ in range(2)
        ]
        self.unions = [self._union(f"{c.name}医务工会", c, self.issuer) for c in self.cities]
        self.hospitals = [
            self.hospital(f"{union.region.name}示例{n}医院", union.region, union)
            for union in self.unions
            for n in range(1, 5)
        ]
        self.neighbour = self._union("省示例教育工会", self.province)
        self.stranger = self.hospital("示例外医院", self.cities[0], self.neighbour)
        self.version = rubrics.small_version()
        self.plan = self.new_plan()

    @staticmethod
    def _union(name: str, place: Region, parent: Organization | None = None) -> Organization:
        return OrganizationFactory(
            kind=Kind.INDUSTRIAL_UNION, name=name, region=place, parent=parent
        )

    @staticmethod
    def hospital(name: str, place: Region, parent: Organization) -> Organization:
        """A unit of the health care system that belongs to a union."""
        return OrganizationFactory(
            kind=Kind.INSTITUTION, name=name, region=place, parent=parent, industry="medical"
        )

    def new_plan(self, **fields) -> Plan:
        """A published plan under the rule of source 2, with two 市医务工会 to draw."""
        cities, units = SAMPLING["drawn"]
        sampling = {"drawn": [cities | {"choose": 1}, units], "listed": []}
        defaults = {"sampling": sampling, "template": "medical", "title": "2017年示例督导检查"}
        return plans.plan(self.issuer, self.people[0], version=self.version, **defaults | fields)
