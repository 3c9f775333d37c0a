"""A county's safety office, two towns with three enterprises each, and a round of five phases."""

from datetime import date

from orgs.models import Organization, Region
from orgs.roles import Role
from plans.actions.naming import add_visits
from plans.models import Phase, Plan
from plans.source_shishi import SHISHI
from tests.factories import plans, rubrics
from tests.factories.orgs import EnterpriseFactory, OrganizationFactory, UserFactory, region

Kind = Organization.Kind
FIRST, LAST = date(2024, 11, 4), date(2024, 12, 31)


class Towns:
    """The issuer and its people, the towns with their governments and enterprises, the plan."""

    def __init__(self) -> None:
        city = region("示例市", "001001", code="350500")
        self.county = region("示例县", "001001001", parent=city, code="350581")
        self.towns = [
            region(f"示例{n}镇", f"00100100100{n}", parent=self.county, code=f"35058100{n}")
            for n in (1, 2)
        ]
        self.issuer = OrganizationFactory(
            kind=Kind.COMMITTEE_OFFICE, name="示例县安委会办公室", region=self.county
        )
        self.people = [
            UserFactory(organization=self.issuer, role=Role.PROVINCE_STAFF) for _ in range(2)
        ]
        self.offices = [
            OrganizationFactory(kind=Kind.REGULATOR, name=f"{town}人民政府", region=town)
            for town in self.towns
        ]
        self.firms = [self.firm(f"{town}企业{n}", town) for town in self.towns for n in (1, 2, 3)]
        self.version = rubrics.small_version()
        self.plan = self._plan()

    @staticmethod
    def firm(name: str, town: Region) -> Organization:
        """An enterprise in a town."""
        return EnterpriseFactory(name=name, region=town)

    def _plan(self) -> Plan:
        rule = {"target": "producer", "choose": 2, "per": "town", "pool": "helped"}
        made = plans.plan(
            self.issuer,
            self.people[0],
            version=self.version,
            year=2024,
            round_number=1,
            starts_on=FIRST,
            visits_end_on=LAST,
            template="shishi",
            title="2024年示例镇督导帮扶行动",
            sampling={"drawn": [rule], "listed": ["town"]},
        )
        made.phases.all().delete()
        for order, one in enumerate(SHISHI.phases(FIRST, LAST), 1):
            Phase.objects.create(plan=made, order=order, **vars(one))
        return made

    @property
    def phases(self) -> list[Phase]:
        return list(self.plan.phases.all())

    @property
    def help(self) -> Phase:
        return self.plan.phases.get(name="帮扶")

    def help_all(self) -> None:
        """A 帮扶 visit for every enterprise."""
        add_visits(
            self.plan, by=self.people[0], phase=self.help, target="producer", units=self.firms
        )
