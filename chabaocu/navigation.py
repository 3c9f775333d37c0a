"""The menu: what this person may open, from their permissions."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from orgs.roles import Permission as P


class Link(NamedTuple):
    """A page of the menu."""

    label: str
    icon: str
    url: str


# (heading, [(label, icon, url name, permission)]); a page the person may not open is not offered.
MENU = [
    ("", [("工作台", "house", "home", None)]),
    (
        "督导",
        [
            ("轮次看板", "grid-3x3-gap", "scoring:board", P.BOARD_VIEW),
            ("方案与抽取", "dice-5", "plans:plan_list", P.PLAN_VIEW),
            ("审核", "clipboard-check", "scoring:review_list", P.VISIT_REVIEW),
            ("督导结果", "table", "scoring:result_list", P.RESULT_VIEW),
            ("督导意见", "envelope", "feedback:letter_list", P.RESULT_VIEW),
            ("督导检查报告", "file-earmark-text", "briefs:brief_list", P.RESULT_VIEW),
            ("典型经验", "star", "materials:experience_list", P.BOARD_VIEW),
        ],
    ),
    (
        "隐患",
        [
            ("隐患台账", "exclamation-triangle", "hazards:hazard_list", P.HAZARD_VIEW),
            ("隐患统计", "graph-up", "hazards:figures", P.HAZARD_VIEW),
            ("挂牌督办", "megaphone", "hazards:listing_list", P.HAZARD_VIEW),
            ("上报隐患", "camera", "hazards:report", P.HAZARD_REPORT),
            ("我的隐患", "person-check", "hazards:mine", P.HAZARD_REPORT),
            ("场所和二维码", "geo-alt", "hazards:place_list", P.HAZARD_SETUP),
            ("今天该排查", "binoculars", "patrols:patrol_list", P.HAZARD_REPORT),
            ("排查日历", "calendar3", "patrols:coverage", P.HAZARD_VIEW),
            ("排查规定", "calendar-range", "patrols:policy_list", P.HAZARD_SETUP),
            ("奖励台账", "award", "rewards:reward_list", P.HAZARD_VIEW),
            ("奖励规定", "cash-coin", "rewards:rule_list", P.HAZARD_SETUP),
        ],
    ),
    (
        "数据与设置",
        [
            ("统计", "bar-chart", "analysis:scores", P.VISIT_REVIEW),
            ("评分表", "list-check", "rubrics:version_list", P.RUBRIC_VIEW),
            ("单位", "diagram-3", "orgs:organization_list", P.ORG_VIEW),
            ("用户", "people", "orgs:user_list", P.USER_MANAGE),
            ("变更记录", "clock-history", "audit:event_list", P.AUDIT_VIEW),
            ("系统管理", "gear", "admin:index", P.AUDIT_VIEW),
            ("文书与核验", "qr-code", "reports:verify", None),
        ],
    ),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The menu for the context of every page; made only where a page shows it."""
    return {"menu": SimpleLazyObject(lambda: _menu(getattr(request, "user", None)))}


def _menu(user: Any) -> list[tuple[str, list[Link]]]:
    if user is None or not user.is_authenticated:
        return []
    groups = (
        (heading, [link for link, permission in links if not permission or user.may(permission)])
        for heading, links in _links()
    )
    return [(heading, links) for heading, links in groups if links]


@cache
def _links() -> list[tuple[str, list[tuple[Link, P | None]]]]:
    """All pages of the menu that are installed, with the permission each wants."""
    return [(heading, [*_installed(entries)]) for heading, entries in MENU]


def _installed(entries: Iterable[tuple[str, str, str, P | None]]) -> Iterator[tuple]:
    for label, icon, name, permission in entries:
        try:
            yield Link(label, icon, reverse(name)), permission
        except NoReverseMatch:
            continue
