"""今天该排查: what a person still has to look at, and what a safety office is told first."""

from datetime import date, timedelta
from typing import Any

from orgs.roles import Permission as P
from patrols.coverage import State
from patrols.models import Duty
from patrols.periods import Period
from patrols.standing import Standing, standings
from plans.hooks import Card

WEEK = timedelta(days=7)
NAMED = 3  # places a card names
_WALK = ("patrols:patrol_list", "去排查")
_CALENDAR = ("patrols:coverage", "看排查日历")


def mine(user: Any, today: date) -> list[Standing]:
    """The places that are this person's duty and are under a policy, as they stand today."""
    duties = Duty.objects.permitted(user, P.HAZARD_REPORT).standing().filter(person=user)
    places = list(duties.values_list("place_id", flat=True))
    if not places:
        return []
    return standings(user.organization, Period(today, today), today, places=places)


def cards(user: Any, today: date) -> list[Card]:
    """What the first page says of patrols to the people of a unit."""
    if not user.organization.is_workplace:
        return []
    made = []
    if user.may(P.HAZARD_REPORT) and (found := mine(user, today)):
        made += _own(found, today)
    if user.may(P.HAZARD_HANDLE):
        made += _office(user, today)
    return made


def _own(found: list[Standing], today: date) -> list[Card]:
    """One card for all of a person's places; none where nothing is due in these days."""
    running = [one for one in found if one.now and one.now.state in {State.OPEN, State.DONE}]
    due = [one for one in running if one.now and one.now.state == State.OPEN]
    if not running:
        return []
    if not due:
        text = f"您负责的 {len(running)} 处都查过了。"
        return [Card("ok", "check-circle", "今天该排查：已完成", "排查", text, *_WALK)]
    names = "、".join(str(one.place) for one in due[:NAMED])
    more = f"等 {len(due)} 处" if len(due) > NAMED else ""
    head = f"今天该排查：{len(due)} 处"
    return [Card("warn", "binoculars", head, f"{names}{more}", _until(due, today), *_WALK)]


def _until(due: list[Standing], today: date) -> str:
    """By when, where one of them has more time than today."""
    last = {one.now.period.last for one in due if one.now}
    if last == {today}:
        return "没有发现隐患，点一下就记好；发现了，当场拍照上报。"
    return (
        f"最早的今天到期，最晚的{max(last):%-m月%-d日}前查完。"
        if today in last
        else (f"{min(last):%-m月%-d日}前查完。")
    )


def _office(user: Any, today: date) -> list[Card]:
    """For the safety office: how far today is, and what was missed in the last seven days."""
    found = standings(user.organization, Period(today - WEEK, today), today)
    if not found:
        return []
    now = [one.now.state for one in found if one.now]
    done, due = now.count(State.DONE), now.count(State.DONE) + now.count(State.OPEN)
    missed = sum(len(one.missed) for one in found)
    head = f"最近 7 天漏查 {missed} 处次" if missed else "最近 7 天没有漏查"
    tone, icon = ("danger", "calendar-x") if missed else ("ok", "calendar-check")
    title = f"本期该排查 {due} 处，已查 {done} 处"
    return [Card(tone, icon, head, title, "哪个车间漏了哪天，看排查日历。", *_CALENDAR)]
