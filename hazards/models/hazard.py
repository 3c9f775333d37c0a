"""The hazard: found, registered, graded, rectified, accepted by two hands, struck off."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from hazards.models.place import Place
from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import NOTHING, Clause, Scope, ScopedQuerySet, path_range
from scoring.models import Finding

P = Permission
# What the accounts of the unit itself may do there, each as far as their role goes.
AT_HOME = frozenset(
    {P.HAZARD_VIEW, P.HAZARD_HANDLE, P.HAZARD_RECTIFY, P.HAZARD_UNION, P.HAZARD_REWARD}
)
FROM_ABOVE = frozenset({P.HAZARD_VIEW, P.HAZARD_FILE})
OFFICE = frozenset({P.HAZARD_VIEW, P.HAZARD_SUPERVISE})
REPORTER = frozenset({P.HAZARD_FOLLOW})
RESPONSIBLE = frozenset({P.HAZARD_FOLLOW, P.HAZARD_RECTIFY})
CITY = len("001001")
LAST_DAY = date(9999, 12, 31)
# What the ledger narrows by, behind each order it is read in: no row is fetched to be left out.
BESIDE = ("grade", "region_path", "unit", "kind", "source", "level", "due_on")
BESIDE += ("responsible", "reported_at", "closed_at")


def in_place(path: str) -> Q:
    """Hazards at or below a place; inside a city along the index of its rows."""
    if len(path) < CITY:
        return path_range("region_path", path)
    city = Q(city_path=path[:CITY])
    return city if len(path) == CITY else city & path_range("region_path", path)


class HazardQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """The unit; who reported, who rectifies; the unions above; who was asked to supervise."""
        yield Clause(scope.permissions & AT_HOME, Q(unit=scope.organization_id))
        yield Clause(REPORTER, Q(reported_by=scope.user_id))
        yield Clause(RESPONSIBLE, Q(responsible=scope.user_id))
        elsewhere = ~Q(unit=scope.organization_id)
        region = in_place(scope.path) & elsewhere if scope.governs else NOTHING
        yield Clause(scope.permissions & FROM_ABOVE, region)
        if not scope.is_territorial:
            kin = Organization._base_manager.filter(parent=scope.organization_id)
            yield Clause(scope.permissions & FROM_ABOVE, Q(unit__in=kin.values("pk")))
        named = Q(regulator=scope.organization_id) | Q(committee=scope.organization_id)
        yield Clause(scope.permissions & OFFICE, named)

    def open(self):
        """Neither struck off nor dismissed."""
        return self.filter(status__in=OPEN)

    def listed(self):
        """Under 挂牌督办, and those that were struck off from it."""
        return self.filter(listed_at__isnull=False)

    def overdue(self, today):
        """Open, and past the day it had to be rectified."""
        return self.open().filter(due_on__lt=today)


class Hazard(models.Model):
    """One hazard of one unit and where its handling stands (the moves are in workflow).

    ``step`` counts the moves: a move is a compare-and-set on it, so that of two people who move
    at once one is told to look again.
    """

    class Status(models.TextChoices):
        REPORTED = "reported", "已上报"
        REGISTERED = "registered", "已登记"
        JUDGING = "judging", "待研判"
        PLANNING = "planning", "待制定方案"
        FORWARDED = "forwarded", "已上报上级工会"
        RECTIFYING = "rectifying", "整改中"
        ACCEPTING = "accepting", "待验收"
        CLOSED = "closed", "已销号"
        REWARDED = "rewarded", "已奖励"
        DISMISSED = "dismissed", "不予登记"

    class Grade(models.TextChoices):
        GENERAL = "general", "一般"
        MAJOR = "major", "重大"

    class Level(models.TextChoices):
        """Who rectifies (源2 流程图；源3 四（四）)."""

        POST = "post", "个人岗位"
        TEAM = "team", "班组"
        WORKSHOP = "workshop", "科室（车间）"
        UNIT = "unit", "单位"

    class Kind(models.TextChoices):
        LEAK = "leak", "跑冒滴漏"
        GUARD = "guard", "防护缺失"
        POWER = "power", "用电隐患"
        PASSAGE = "passage", "通道堵塞"
        EQUIPMENT = "equipment", "设备异常"
        CONDUCT = "conduct", "“三违”行为"
        HEALTH = "health", "职业危害"
        OTHER = "other", "其他"

    class Source(models.TextChoices):
        WORKER = "worker", "职工上报"
        CODE = "code", "扫码上报"
        OFFICER = "officer", "安全员登记"
        FINDING = "finding", "督导转入"
        PATROL = "patrol", "排查发现"
        IMPORT = "import", "批量导入"

    number = models.CharField("编号", max_length=24, unique=True)
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="hazards", verbose_name="单位"
    )
    # The unit's region as a path, which never changes: ledgers read one index.
    region_path = models.CharField("区划路径", max_length=12, editable=False)
    city_path = models.GeneratedField(
        expression=Left("region_path", CITY),
        output_field=models.CharField("市的路径", max_length=CITY),
        db_persist=True,
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hazards",
        verbose_name="场所",
    )
    where = models.CharField("地点", max_length=100)
    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.OTHER)
    text = models.TextField("隐患", max_length=1000)
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="hazard"
    )
    report_id = models.UUIDField("上报编号", unique=True)  # minted by the page: once, whatever
    reported_at = models.DateTimeField("上报时间", default=timezone.now)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reporter_name = models.CharField("发现人", max_length=40, blank=True)
    hides_name = models.BooleanField("不向车间显示姓名", default=False)

    status = models.CharField(
        "状态", max_length=10, choices=Status.choices, default=Status.REPORTED
    )
    step = models.PositiveIntegerField("第几步", default=0)
    grade = models.CharField("级别", max_length=10, choices=Grade.choices, blank=True)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    # 是否会立即导致事故 (重大)
    stop_advice = models.TextField("停止作业建议", blank=True)
    stop_advised_at = models.DateTimeField("建议时间", null=True, blank=True)
    stop_answer = models.TextField("单位答复", blank=True)
    stop_answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    # 整改方案: 责任、措施、资金、时限（期限）、应急预案, and 监控 for a 重大 one
    level = models.CharField("整改层级", max_length=10, choices=Level.choices, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duty = models.CharField("责任", max_length=100, blank=True)
    measures = models.TextField("措施", blank=True)
    funds = models.CharField("资金", max_length=100, blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    # What has no deadline yet comes last in a ledger by deadline.
    due_order = models.GeneratedField(
        expression=Coalesce("due_on", LAST_DAY),
        output_field=models.DateField("期限次序"),
        db_persist=True,
    )
    emergency_plan = models.TextField("应急预案", blank=True)
    monitoring = models.TextField("监控", blank=True)
    # 上级工会 and 政府职能部门 (重大)
    regulator = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    committee = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # 挂牌督办, to its 销号 (源3《挂牌督办办法》第五条至第九条)
    listing_number = models.CharField("挂牌督办文号", max_length=40, blank=True)
    listed_at = models.DateTimeField("挂牌时间", null=True, blank=True)
    matter = models.TextField("督办事项", blank=True)
    government = models.CharField("责任政府", max_length=60, blank=True)
    six_checked_at = models.DateTimeField("六落实核查", null=True, blank=True)
    off_reported_at = models.DateTimeField("销号报告", null=True, blank=True)
    off_checked_at = models.DateTimeField("现场核查", null=True, blank=True)
    delisting_number = models.CharField("销号文号", max_length=40, blank=True)
    delisted_at = models.DateTimeField("挂牌销号", null=True, blank=True)
    # 验收 of the present attempt: two hands
    attempt = models.PositiveSmallIntegerField("第几次验收", default=0)
    # how often one of the two hands did not pass it, over all its road: as its events tell
    failures = models.PositiveSmallIntegerField("验收未通过次数", default=0)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField("职能部门验收", null=True, blank=True)
    witnessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    witnessed_at = models.DateTimeField("工会监督", null=True, blank=True)
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)

    objects = HazardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "隐患"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["closed", "rewarded"])
                | Q(
                    closed_at__isnull=False,
                    accepted_by__isnull=False,
                    witnessed_by__isnull=False,
                    offered_by__isnull=False,
                ),
                name="hazard_closed_by_two_hands",
            ),
            # a NULL beside F() compares as unknown, which a check constraint lets pass
            models.CheckConstraint(
                condition=Q(accepted_by=None)
                | Q(witnessed_by=None)
                | ~Q(accepted_by=F("witnessed_by")),
                name="hazard_accepted_by_different_people",
            ),
            models.CheckConstraint(
                condition=(Q(accepted_by=None) | ~Q(accepted_by=F("offered_by")))
                & (Q(witnessed_by=None) | ~Q(witnessed_by=F("offered_by"))),
                name="hazard_not_accepted_by_who_rectified",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reported", "registered", "dismissed"]) | ~Q(grade=""),
                name="hazard_graded",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["rectifying", "accepting"]) | Q(due_on__isnull=False),
                name="hazard_rectified_by_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["closed", "rewarded"])
                | Q(listed_at=None)
                | Q(delisted_at__isnull=False),
                name="hazard_listed_closed_by_document",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status", "id"], name="hazard_unit_state"),
            models.Index(fields=["unit", "id"], name="hazard_unit"),
            models.Index(fields=["status", "due_on", "id"], name="hazard_state_due"),
            models.Index(fields=["unit", "status", "due_order", "id"], name="hazard_unit_by_day"),
            models.Index(fields=["status", "id", *BESIDE], name="hazard_newest"),
            models.Index(fields=["status", "due_order", "id", *BESIDE], name="hazard_by_day"),
            models.Index(fields=["city_path", "status", "id", *BESIDE], name="hazard_city_newest"),
            models.Index(
                fields=["city_path", "status", "due_order", "id", *BESIDE],
                name="hazard_city_by_day",
            ),
            models.Index(fields=["reported_by", "id"], name="hazard_reporter"),
            models.Index(fields=["responsible", "id"], name="hazard_responsible"),
            # a week of a million: its rows are found by the day, and then put in order
            models.Index(fields=["reported_at"], name="hazard_reported_at"),
            models.Index(fields=["closed_at"], name="hazard_closed_at"),
            # few of all are anybody's to supervise: an index of all would seem to hold one value,
            # and SQLite's planner would rather walk a city
            models.Index(
                fields=["regulator", "id"],
                condition=Q(regulator__isnull=False),
                name="hazard_regulator",
            ),
            models.Index(
                fields=["committee", "id"],
                condition=Q(committee__isnull=False),
                name="hazard_committee",
            ),
            # few of all are listed, and their ledger reads no others
            models.Index(
                fields=["region_path", "id"],
                condition=Q(listed_at__isnull=False),
                name="hazard_listed",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.text[:30]}"

    @property
    def stream(self) -> str:
        """The audit chain of this hazard."""
        return f"hazard-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_major(self) -> bool:
        return self.grade == self.Grade.MAJOR

    @property
    def stop_is_open(self) -> bool:
        """Whether 停止作业 was advised and the unit has not answered yet."""
        return bool(self.stop_advised_at and not self.stop_answered_at)

    @property
    def is_listed(self) -> bool:
        """Whether it is under 挂牌督办, or was until it was struck off."""
        return self.listed_at is not None

    @property
    def is_reported_off(self) -> bool:
        """Whether the 销号 report of a listed one came in."""
        return self.off_reported_at is not None

    @property
    def is_checked(self) -> bool:
        """Whether it may be accepted: a listed one after the check on the spot."""
        return not self.is_listed or self.off_checked_at is not None

    @property
    def is_signed(self) -> bool:
        """Whether both hands have signed."""
        return bool(self.accepted_at and self.witnessed_at)

    @property
    def is_settled(self) -> bool:
        """Both hands have signed, and the 销号 document of a listed one is signed, too."""
        return self.is_signed and (not self.is_listed or self.delisted_at is not None)

    def days_left(self, today) -> int | None:
        """Days until it has to be rectified, negative when late; None where none are counted."""
        return (self.due_on - today).days if self.due_on and self.is_open else None


SETTLED = frozenset({Hazard.Status.CLOSED, Hazard.Status.REWARDED, Hazard.Status.DISMISSED})
OPEN = frozenset(set(Hazard.Status) - SETTLED)


def hazard_holders(scope: Scope) -> Iterator[tuple[frozenset[Permission], models.QuerySet]]:
    """Photos of a hazard are seen by who sees the hazard (attachments.holders)."""
    for clause in Hazard.objects.all().clauses(scope):
        if clause.grants:
            yield clause.grants, Hazard._base_manager.filter(clause.rows)


class NumberSeries(models.Model):
    """How many hazards a county counted in a year; its row hands the numbers out."""

    code = models.CharField("区划代码", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "隐患编号"
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="number_series_once")]

    def __str__(self):
        return f"{self.code}-{self.year}-{self.last:04d}"
