from decimal import Decimal

from scoring.marks import Given, Result, Standing, is_done, merge

LEADER, RECORDER, MEMBER = 1, 2, 3


def mark(user, points, **fields):
    return Given(user, {"points": points}, points=Decimal(points), **fields)


def test_merge_one_mark_is_the_sheets():
    mine = mark(MEMBER, "2")
    assert merge([mine], mine, may_settle=False) == Result(Standing.AGREED, mine)


def test_merge_nothing_said_is_open():
    assert merge([Given(MEMBER)], Given(MEMBER), may_settle=False) == Result(Standing.OPEN)


def test_merge_equal_marks_agree_and_keep_the_latest_reason():
    first = mark(RECORDER, "1", reason="只开了一次会")
    mine = mark(MEMBER, "1")
    result = merge([first, mine], mine, may_settle=False)
    assert (result.standing, result.reason) == (Standing.AGREED, "只开了一次会")


def test_merge_differing_marks_wait_for_the_leader():
    first, mine = mark(RECORDER, "1"), mark(MEMBER, "2")
    assert merge([first, mine], mine, may_settle=False) == Result(Standing.DISPUTED)


def test_merge_not_applicable_differs_from_a_mark():
    first, mine = mark(RECORDER, "0"), Given(MEMBER, not_applicable=True)
    assert merge([first, mine], mine, may_settle=False).standing == Standing.DISPUTED


def test_merge_leader_settles():
    first, second, mine = mark(RECORDER, "1"), mark(MEMBER, "2"), mark(LEADER, "1.5")
    result = merge([first, second, mine], mine, may_settle=True)
    assert result == Result(Standing.AGREED, mine, settled_by=LEADER)


def test_merge_settled_stays_while_a_member_says_what_the_leader_said():
    leader = mark(LEADER, "1.5", reason="按台账")
    settled = Result(Standing.AGREED, leader, settled_by=LEADER)
    mine = mark(RECORDER, "1.5")
    result = merge([leader, mark(MEMBER, "2"), mine], mine, may_settle=False, before=settled)
    assert (result.standing, result.settled_by, result.reason) == (
        Standing.AGREED,
        LEADER,
        "按台账",
    )


def test_merge_settled_reopens_on_a_differing_mark():
    leader = mark(LEADER, "1.5")
    settled = Result(Standing.AGREED, leader, settled_by=LEADER)
    mine = mark(RECORDER, "1")
    result = merge([leader, mark(MEMBER, "2"), mine], mine, may_settle=False, before=settled)
    assert result == Result(Standing.DISPUTED)


def test_is_done_needs_a_reason_for_lost_points():
    full = Decimal(2)
    assert is_done(mark(MEMBER, "2"), full, "")
    assert not is_done(mark(MEMBER, "1.5"), full, " ")
    assert is_done(mark(MEMBER, "1.5"), full, "未单独列支")


def test_is_done_needs_a_reason_for_not_applicable():
    na = Given(MEMBER, not_applicable=True)
    assert not is_done(na, Decimal(2), "")
    assert is_done(na, Decimal(2), "11月才投产")
