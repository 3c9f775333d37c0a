"""Regions, units and people."""

from collections.abc import Iterator
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from orgs.credit_code import validate_credit_code
from orgs.roles import Permission, Role, grants_of
from orgs.scope import Clause, Scope, ScopedQuerySet, path_range

P = Permission
PUBLIC = frozenset({P.ORG_VIEW})
PHONE_TAIL = 4  # fewer digits would find too many people


class RegionQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """Divisions are public knowledge, but lists begin at the person's own subtree."""
        yield Clause(PUBLIC, path_range("path", scope.path))


class Region(models.Model):
    """An administrative division (GB/T 2260), or a 开发区 that has no code of its own."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县（市、区）"
        TOWNSHIP = "township", "乡镇（街道）"

    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30, blank=True)
    code = models.CharField("区划代码", max_length=9, null=True, blank=True)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级区划",
    )
    path = models.CharField("路径", max_length=12, unique=True)
    is_development_zone = models.BooleanField("开发区", default=False)
    is_key_chemical = models.BooleanField("危险化学品重点监管县", default=False)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to=None),
                name="region_code_once_while_valid",
                violation_error_message="这个区划代码已经在用。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None)
                | Q(valid_to__gt=models.F("valid_from")),
                name="region_valid_dates_in_order",
                violation_error_message="停用日期须晚于启用日期。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def city_path(self) -> str:
        """The path of the city this region lies in (or its own, above a city)."""
        return self.path[:6]


class OrganizationQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        yield Clause(
            scope.permissions & {P.ORG_VIEW, P.ORG_MANAGE, P.USER_MANAGE}, self._tree(scope)
        )
        yield Clause(PUBLIC, Q(pk=scope.organization_id))
        visited = self.model._base_manager.filter(visits__team__members__user=scope.user_id)
        yield Clause(PUBLIC, Q(pk__in=visited.values("pk")))

    @staticmethod
    def _tree(scope: Scope) -> Q:
        """A union's region subtree; what is directly below any other unit."""
        if scope.role in {Role.SAFETY_OFFICER, Role.WORKER, Role.TIPOFF_OFFICER}:
            return Q(pk=scope.organization_id)
        children = Organization._base_manager.filter(parent=scope.organization_id)
        below = Q(pk=scope.organization_id) | Q(pk__in=children.values("pk"))
        return scope.region("region__path") | below

    def active(self):
        return self.filter(closed_on=None)

    def search(self, text: str):
        """By a piece of the name, the beginning of the initials, or of the credit code."""
        text = text.strip()
        return self.filter(
            Q(name__icontains=text)
            | Q(name_initials__startswith=text.lower())
            | Q(credit_code__startswith=text.upper())
        )

    def below(self, region: Region):
        """What stands in a region or in a region of it."""
        return self.filter(path_range("region__path", region.path))


class Organization(models.Model):
    """A union, an enterprise with its union, a regulator, or a safety committee's office."""

    class Kind(models.TextChoices):
        UNION = "union", "总工会"
        INDUSTRIAL_UNION = "industrial_union", "产业工会"
        ENTERPRISE = "enterprise", "企业"
        INSTITUTION = "institution", "事业单位"
        REGULATOR = "regulator", "政府职能部门"
        COMMITTEE_OFFICE = "committee_office", "安委会办公室"

    class Industry(models.TextChoices):
        CHEMICAL = "chemical", "化工"
        COAL = "coal", "煤矿"
        MINING = "mining", "非煤矿山"
        METALLURGY = "metallurgy", "冶金"
        CONSTRUCTION = "construction", "建筑"
        TRANSPORT = "transport", "交通"
        MEDICAL = "medical", "医疗"
        MACHINERY = "machinery", "机械"
        TEXTILE = "textile", "纺织"
        FOOD = "food", "食品"
        OTHER = "other", "其他"

    class Size(models.TextChoices):
        LARGE = "large", "大型"
        MEDIUM = "medium", "中型"
        SMALL = "small", "小型"
        MICRO = "micro", "微型"

    class SizeClass(models.TextChoices):
        """三类企业, by a city's own standard: 规上 goes by turnover, not by 大型 or 中型.

        《石狮市开展重点镇安全生产标准化提质增效督导帮扶行动实施方案》三（二）, 附件3 第6项.
        """

        ABOVE = "above", "规上"
        MEDIUM = "medium", "中等"
        SMALL = "small", "小微"

    SMALL_OR_MEDIUM = frozenset({Size.MEDIUM, Size.SMALL, Size.MICRO})

    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    name_initials = models.CharField("拼音首字母", max_length=100, blank=True, db_index=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organizations")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级单位",
    )
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_credit_code],
        error_messages={"unique": "这个统一社会信用代码已经登记。"},
    )
    industry = models.CharField("行业", max_length=20, choices=Industry.choices, blank=True)
    size = models.CharField("规模", max_length=10, choices=Size.choices, blank=True)
    size_class = models.CharField("三类企业", max_length=10, choices=SizeClass.choices, blank=True)
    is_private = models.BooleanField("非公企业", default=False)
    is_high_risk = models.BooleanField("高危行业", default=False)
    has_union = models.BooleanField("已建工会", default=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)
    is_demo = models.BooleanField("示例数据", default=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["region__path", "name_initials", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="organization_name_once_in_region",
                violation_error_message="这个区划里已经有同名单位。",
            ),
        ]
        indexes = [models.Index(fields=["region", "kind", "industry"], name="organization_pool")]

    def __str__(self):
        return self.name

    @property
    def is_enterprise(self) -> bool:
        return self.kind == self.Kind.ENTERPRISE

    @property
    def is_workplace(self) -> bool:
        """Whether hazards are found there: a 企业 or a 事业单位."""
        return self.kind in {self.Kind.ENTERPRISE, self.Kind.INSTITUTION}

    @property
    def is_small_or_medium(self) -> bool:
        """中小企业, 微型 included (《中小企业划型标准规定》第二条)."""
        return self.size in self.SMALL_OR_MEDIUM


class UserQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """An administrator knows everybody in the subtree, and manages whom they may appoint."""
        if P.USER_MANAGE in scope.permissions:
            tree = self._tree(scope)
            yield Clause(PUBLIC, tree)
            yield Clause(frozenset({P.USER_MANAGE}), tree & Q(role__in=grants_of(scope.role)))
        yield Clause(PUBLIC, Q(pk=scope.user_id))

    @staticmethod
    def _tree(scope: Scope) -> Q:
        own = Q(organization=scope.organization_id)
        children = Organization._base_manager.filter(parent=scope.organization_id)
        below = own | Q(organization__in=children.values("pk"))
        return scope.region("organization__region__path") | below

    def search(self, text: str):
        """By a piece of the name or account, the initials, or the last digits of the phone."""
        text = text.strip()
        found = Q(name__icontains=text) | Q(username__istartswith=text)
        found |= Q(name_initials__startswith=text.lower())
        if text.isdigit() and len(text) >= PHONE_TAIL:
            found |= Q(phone__endswith=text)
        return self.filter(found)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_queryset(self):
        """With unit and region: every request asks where its person stands."""
        return super().get_queryset().select_related("organization__region")

    def get_by_natural_key(self, username):
        return self.get(**{f"{self.model.USERNAME_FIELD}__iexact": username})

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person's account; it belongs to one unit and has one global role."""

    username = models.CharField(
        "账号",
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Za-z0-9_.@-]{3,40}$", "账号用 3–40 个字母、数字或 _ . @ -。")
        ],
        error_messages={"unique": "这个账号已经有人用。"},
    )
    name = models.CharField("姓名", max_length=40)
    name_initials = models.CharField("拼音首字母", max_length=100, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="users", verbose_name="单位"
    )
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    phone = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ["organization_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_once_in_any_case",
                violation_error_message="这个账号已经有人用。",
            ),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def scope(self) -> Scope:
        return Scope.of(self)

    def may(self, permission: Permission) -> bool:
        """Whether the global role grants it; for menus and pages without an object."""
        return self.is_active and permission in self.scope.permissions

    @property
    def is_at_the_top(self) -> bool:
        """Whether the account belongs to the 总工会 of a whole province: nothing lies outside."""
        return self.scope.is_territorial and self.scope.level == Region.Level.PROVINCE

    @property
    def people_below(self) -> models.QuerySet:
        """The keys of the accounts in the person's own subtree."""
        return User.objects.visible_to(self).values("pk")

    # Django's admin asks these; its doors open for system administrators only.
    @property
    def is_staff(self) -> bool:
        return self.role == Role.SYSTEM_ADMIN

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    def get_short_name(self) -> str:
        return self.name


class ImportBatchQuerySet(ScopedQuerySet):
    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """A list somebody uploaded is theirs alone until it is written."""
        yield Clause(scope.permissions & {P.ORG_MANAGE}, Q(uploaded_by=scope.user_id))


class ImportBatch(models.Model):
    """An Excel list of units as it was read: kept between the preview and the writing."""

    filename = models.CharField("文件名", max_length=200)
    sheet = models.CharField("工作表", max_length=60)
    rows = models.JSONField("读到的行")  # [{"row": 5, "cells": [...]}, ...]
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="import_batches", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    written_at = models.DateTimeField("写入时间", null=True, blank=True)
    written = models.PositiveIntegerField("写入行数", default=0)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位导入"
        ordering = ["-pk"]

    def __str__(self):
        return self.filename
