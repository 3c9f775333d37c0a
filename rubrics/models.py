"""Rubric → Version → Section → Item → Criterion: the official scoring tables as data.

A published version never changes; a change makes a new version, and a filled sheet stays bound
to the version it was filled in.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Organization
from orgs.roles import Permission
from orgs.scope import Clause, Scope, ScopedQuerySet
from rubrics import choices, reach
from rubrics.immutable import Frozen, FrozenRows
from rubrics.kinds import RuleKind

P = Permission
POINTS = {"max_digits": 7, "decimal_places": 2}


GIVEN_OUT = ("published", "retired")


class RubricQuerySet(FrozenRows, ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """See rubrics.reach; a table is issued once one of its versions is."""
        issued = Version._base_manager.filter(status__in=GIVEN_OUT).values("rubric")
        yield from reach.clauses(scope, owner="organization", issued=Q(pk__in=issued))


class Rubric(Frozen):
    """One official table through all its versions."""

    status_path = "versions__status"

    class Target(models.TextChoices):
        COUNTY_UNION = "county_union", "县级以上工会"
        ENTERPRISE_UNION = "enterprise_union", "企业工会"
        MEDICAL_CITY = "medical_city", "各市医务工会"
        MEDICAL_UNIT = "medical_unit", "医疗卫生单位"
        PRODUCER = "producer", "生产经营单位"
        TOWN = "town", "镇（街道）"
        OFFICE = "office", "局业务科室"
        INDUSTRY = "industry", "相关企业"

    code = models.SlugField("代码", max_length=60, unique=True)
    title = models.CharField("名称", max_length=120)
    target = models.CharField("适用对象", max_length=30, choices=Target.choices)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,  # came with the system: everybody's
        blank=True,
        related_name="rubrics",
        verbose_name="所属单位",
    )

    objects = RubricQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评分表"
        ordering = ["code"]

    def __str__(self):
        return self.title


class VersionQuerySet(FrozenRows, ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """See rubrics.reach."""
        issued = Q(status__in=GIVEN_OUT)
        yield from reach.clauses(scope, owner="rubric__organization", issued=issued)

    def published(self):
        return self.filter(status=Version.Status.PUBLISHED)

    def usable_by(self, scope: Scope):
        """For a new plan: those of the system, one's own, and those issued from above."""
        own = Q(rubric__organization=None) | Q(rubric__organization=scope.organization_id)
        return self.published().filter(own | reach.above(scope, "rubric__organization"))

    def with_tree(self):
        """Sections, items and criteria in issued order, in three queries."""
        return self.select_related("rubric").prefetch_related("sections__items__criteria")


class Version(Frozen):
    """One issue of a rubric: draft → published (immutable) → retired, or draft → cancelled."""

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        RETIRED = "retired", "已停用"
        CANCELLED = "cancelled", "已作废"

    NotApplicable = choices.NotApplicable
    Layout = choices.Layout

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    annex = models.CharField("附件号", max_length=20)  # 附件1
    title = models.CharField("表题", max_length=120)
    issuer = models.CharField("发文单位", max_length=80)  # each version has a document of its own
    source = models.CharField("出处", max_length=200)
    unit_label = models.CharField("单位栏", max_length=40)  # 县（市、区）总工会
    section_label = models.CharField("项目栏", max_length=20, default="项目")
    layout = models.CharField("表式", max_length=12, choices=Layout.choices, default=Layout.SCORES)
    heads = models.JSONField("栏名", default=dict, blank=True)  # where not those of 附件1
    methods = models.JSONField("督导方法", default=list)  # whole sheet, one text a line
    total = models.DecimalField("总分", **POINTS)
    not_applicable = models.CharField(
        "不适用的处理",
        max_length=12,
        choices=NotApplicable.choices,
        default=NotApplicable.RATE_ONLY,
    )
    scheme = models.JSONField("计分规则", default=dict, blank=True)  # see rubrics.scheme
    accepted_mismatches = models.JSONField("已接受的不符", default=list)
    acceptances = models.JSONField("接受不符的说明", default=dict, blank=True)  # by its wording
    revision = models.PositiveIntegerField("改动次数", default=0)  # of the draft
    changed_by = models.ForeignKey(  # who changed the draft last: somebody else publishes it
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_hash = models.CharField("内容哈希", max_length=64, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("停用或作废时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.CharField("停用或作废的理由", max_length=300, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评分表版本"
        ordering = ["rubric__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"]) | ~Q(content_hash=""),
                name="version_published_is_hashed",
            ),
        ]

    def __str__(self):
        return f"{self.annex} {self.title}"

    @property
    def rescales(self) -> bool:
        """Whether the total is 实得÷应得×满分; ``evaluate`` is told so."""
        return self.not_applicable == self.NotApplicable.RESCALE


class Section(Frozen):
    """项目: a block of items whose name is printed once, over merged rows."""

    status_path = "version__status"
    owner = "version"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("项目", max_length=40)
    points = models.DecimalField("标明的分值", **POINTS, null=True, blank=True)  # where stated
    methods = models.JSONField("督导方法", default=list, blank=True)

    objects = FrozenRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="section_order_once")
        ]

    def __str__(self):
        return self.name


class Item(Frozen):
    """A numbered 督导内容; 得分 is filled per item on the printed form."""

    status_path = "section__version__status"
    owner = "section"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("序号")  # through the whole table
    label = models.CharField("印出的序号", max_length=8, blank=True)  # where it starts anew
    heading = models.TextField("内容", blank=True)  # where the points have a column of their own
    points = models.DecimalField("分值", **POINTS)
    methods = models.JSONField("督导方法", default=list, blank=True)

    objects = FrozenRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督导内容"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="item_number_once")
        ]

    def __str__(self):
        return f"{self.number}"

    @property
    def text(self) -> str:
        """The wording as issued, number first."""
        text = self.heading or "".join(c.text for c in self.criteria.all())
        return f"{self.label or self.number}.{text}"


class Criterion(Frozen):
    """A scoring point: its piece of the issued wording, its points, and how it is scored."""

    status_path = "item__section__version__status"
    owner = "item"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField("次序")
    code = models.CharField("点号", max_length=12)  # 7-2, or 8 where the item has one point
    text = models.TextField("原文")  # with points and closing punctuation, to the letter
    kind = models.CharField("计分方式", max_length=12, choices=RuleKind.choices)
    points = models.DecimalField("分值", **POINTS)
    params = models.JSONField("计分参数", default=dict, blank=True)

    objects = FrozenRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "得分点"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="criterion_order_once")
        ]

    def __str__(self):
        return self.code


class DraftStep(models.Model):
    """What a draft said before one change of it; the newest not undone is what 撤销 brings back."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField("此前的改动次数")
    outline = models.JSONField("此前的内容")
    what = models.CharField("改了什么", max_length=120)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_undone = models.BooleanField("已撤销", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "草稿的一次改动"
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["version", "revision"], name="draft_step_once")
        ]

    def __str__(self):
        return self.what


INTAKE = "intake"  # the holder of an original (attachments.holders)


class IntakeQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """A table somebody brings in is theirs alone until it is a draft; then as its version."""
        yield Clause(scope.permissions & {P.RUBRIC_MANAGE}, Q(uploaded_by=scope.user_id))
        issued = Q(version__status__in=GIVEN_OUT)
        for way in reach.clauses(scope, owner="version__rubric__organization", issued=issued):
            yield Clause(way.grants & {P.RUBRIC_VIEW}, Q(version__isnull=False) & way.rows)


class Intake(models.Model):
    """A table as it was read from a file or text: kept between the reading and the draft."""

    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("原件哈希", max_length=64)
    outline = models.JSONField("读成的表")  # as in fixtures/rubrics
    lines = models.JSONField("原文")  # [[place, text], ...]
    places = models.JSONField("各点在原文何处")  # {code: place}
    notes = models.JSONField("读的说明")  # [{kind, place, text, code}, ...]
    settled = models.JSONField("已认可的说明", default=list)  # places in notes
    accepted = models.JSONField("已接受的不符", default=list)
    revision = models.PositiveIntegerField("改动次数", default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stored_at = models.DateTimeField("存成草稿", null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评分表导入"
        ordering = ["-pk"]

    def __str__(self):
        return self.filename


def intake_holders(scope: Scope) -> Iterator[tuple[frozenset[Permission], models.QuerySet]]:
    """The original a table was read from: seen by whoever sees the intake."""
    for clause in Intake.objects.all().clauses(scope):
        yield clause.grants, Intake._base_manager.filter(clause.rows)
