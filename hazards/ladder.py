"""When a missed deadline goes a step upward: pure, the calendar is an argument.

《关于进一步深化“查保促”活动的意见》 asks for 逐级报告 (四（一）) and names no days; these are the
platform's own and are named as such wherever they are shown.
"""

from datetime import date, timedelta

from clocks.due import IsWorkday
from clocks.ladder import reached
from hazards.models import Escalation

Step = Escalation.Step
BEFORE = timedelta(days=2)  # a reminder comes so long before the day
# after how many 工作日 past the deadline it is told to whom
WORKDAYS = {Step.RESPONSIBLE: 0, Step.UNIT: 1, Step.COUNTY: 3, Step.CITY: 5}
RULE = "平台规定：逾期当日报责任人，1个工作日报单位，3个工作日报县级工会，5个工作日报市级工会"


def steps_due(due_on: date, today: date, is_workday: IsWorkday) -> list[str]:
    """The steps that are due by ``today`` for a deadline, the first ones first."""
    steps = [Step.REMINDER] if today >= due_on - BEFORE else []
    return steps + reached(due_on, today, is_workday, WORKDAYS)
