"""Forms of units."""

from functools import lru_cache

from django import forms
from django.urls import reverse_lazy

from chabaocu.prepared import Select
from orgs.actions.organizations import WRITTEN
from orgs.forms.fields import PICK, RegionChoice, UnitField, Wanted, filled, indented
from orgs.models import Organization, OrganizationQuerySet, Region, User
from orgs.scope import Scope, path_range

# The names that begin to be typed are offered by the server; without JavaScript one types the name.
OFFERS = {
    "list": "unit-offers",
    "autocomplete": "off",
    "hx-get": reverse_lazy("orgs:unit_offers"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#unit-offers",
}
ENTERPRISE_NEEDS = ("credit_code", "industry")


class OrganizationFilter(forms.Form):
    """What a list of units is narrowed by."""

    q = forms.CharField(label="找单位", required=False, max_length=60)
    region = forms.ChoiceField(label="区划", required=False, widget=forms.Select(PICK))
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部类别"), *Organization.Kind.choices],
        widget=forms.Select(PICK),
    )
    industry = forms.ChoiceField(
        label="行业",
        required=False,
        choices=[("", "全部行业"), *Organization.Industry.choices],
        widget=forms.Select(PICK),
    )
    size = forms.ChoiceField(
        label="规模",
        required=False,
        choices=[("", "全部规模"), *Organization.Size.choices],
        widget=forms.Select(PICK),
    )
    closed = forms.BooleanField(label="含已停用", required=False)

    def __init__(self, data, *, scope: Scope) -> None:
        super().__init__(data)
        regions = _regions(scope).rows()
        self.paths = {str(pk): path for pk, path, _ in regions}
        named = [(pk, indented(path, name)) for pk, path, name in regions]
        self.fields["region"].choices = [("", "全部区划"), *named]

    @property
    def wanted(self) -> Wanted:
        """Every filled field; a wrong value filters nothing."""
        wanted = filled(self)
        if region := wanted.pop("region", ""):
            wanted["place"] = self.paths[region]
        return tuple(wanted.items())


@lru_cache(maxsize=512)
def _regions(scope: Scope) -> Select:
    regions = Region.objects.within(scope).order_by("path")
    return Select(lambda: regions.values_list("pk", "path", "name"))


def narrowed(units: OrganizationQuerySet, wanted: Wanted) -> OrganizationQuerySet:
    """The units that meet all that is wanted."""
    chosen = dict(wanted)
    if not chosen.pop("closed", False):
        units = units.active()
    if text := chosen.pop("q", ""):
        units = units.search(text)
    if path := chosen.pop("place", ""):
        units = units.filter(path_range("region__path", path))
    return units.filter(**chosen)


class OrganizationForm(forms.ModelForm):
    """A unit as its manager writes it; region and superior lie inside the manager's scope."""

    region = RegionChoice(Region.objects.none(), label="所在区划")
    parent = UnitField(
        label="上级单位",
        required=False,
        help_text="填全称，或打几个字从列表里选。",
        widget=forms.TextInput(OFFERS),
    )

    class Meta:
        model = Organization
        fields = WRITTEN
        help_texts = {
            "credit_code": "18 位，照营业执照或法人证书填；企业必填。",
            "size_class": "按当地的划分标准，规上看营业收入，与规模不是一回事；不清楚就不选。",
        }

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        regions = Region.objects.visible_to(user).filter(valid_to=None)
        self.fields["region"].queryset = regions
        for name in ("kind", "industry", "size", "size_class"):
            choices = self.fields[name].choices
            self.fields[name].choices = [("", "请选择"), *(c for c in choices if c[0])]
        self.fields["region"].empty_label = "请选择"
        self.fields["parent"].units = Organization.objects.visible_to(user)

    def clean_credit_code(self):
        return (self.cleaned_data.get("credit_code") or "").strip().upper() or None

    def clean(self):
        data = super().clean()
        if data.get("kind") == Organization.Kind.ENTERPRISE:
            for name in ENTERPRISE_NEEDS:
                if name not in self.errors and not data.get(name):
                    self.add_error(name, "企业必须填写。")
        return data

    def save(self, commit=True):
        raise NotImplementedError("units are written by their actions")


class CloseForm(forms.Form):
    """Why a unit is closed."""

    reason = forms.CharField(
        label="停用理由",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="例如：企业已注销；工会已合并到某单位。",
    )
