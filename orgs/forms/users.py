"""Forms of accounts."""

from django import forms

from orgs.actions.users import WRITTEN
from orgs.forms.fields import PICK, UnitField, Wanted, filled
from orgs.forms.organizations import OFFERS
from orgs.models import Organization, User, UserQuerySet
from orgs.roles import Permission, Role, grants_of


class UserFilter(forms.Form):
    """What a list of users is narrowed by."""

    q = forms.CharField(label="找用户", required=False, max_length=40)
    role = forms.ChoiceField(
        label="角色",
        required=False,
        choices=[("", "全部角色"), *Role.choices],
        widget=forms.Select(PICK),
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "启用的"), ("disabled", "已停用"), ("all", "全部")],
        widget=forms.Select(PICK),
    )
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def wanted(self) -> Wanted:
        """Every filled field; a wrong value filters nothing."""
        return tuple(filled(self).items())


def narrowed(users: UserQuerySet, wanted: Wanted) -> UserQuerySet:
    """The users that meet all that is wanted."""
    chosen = dict(wanted)
    if (state := chosen.pop("state", "")) != "all":
        users = users.filter(is_active=state != "disabled")
    if text := chosen.pop("q", ""):
        users = users.search(text)
    if unit := chosen.pop("unit", 0):
        users = users.filter(organization=unit)
    return users.filter(**chosen)


class UserForm(forms.ModelForm):
    """An account as an administrator writes it; only roles they may appoint are offered."""

    organization = UnitField(
        label="单位",
        help_text="填全称，或打几个字从列表里选。",
        widget=forms.TextInput(OFFERS),
    )

    class Meta:
        model = User
        fields = ("username", *WRITTEN)
        help_texts = {"username": "登录用，3–40 个小写字母、数字或 _ . @ -，不分大小写。"}

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].units = Organization.objects.permitted(
            user, Permission.USER_MANAGE
        )
        granted = grants_of(user.role)
        self.fields["role"].choices = [
            ("", "请选择"),
            *((value, label) for value, label in Role.choices if value in granted),
        ]
        if self.instance.pk:
            del self.fields["username"]

    def clean_username(self) -> str:
        return self.cleaned_data["username"].lower()

    def save(self, commit=True):
        raise NotImplementedError("accounts are written by their actions")


class DisableForm(forms.Form):
    """Why an account is shut."""

    reason = forms.CharField(label="停用理由", max_length=300, widget=forms.Textarea({"rows": 2}))
