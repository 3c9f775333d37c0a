"""Sentences out of records, and which of them likely say the same."""

from random import Random

import pytest

from briefs.alike import groups, likeness, pairs_of
from briefs.sentences import statements

SAME = [
    "未建立职工隐患排查奖励台账",
    "没有建立职工隐患排查奖励台账。",
    "未建立 职工隐患排查奖励台账",
]
OTHERS = ["应急演练没有记录", "特种作业人员证件过期"]


def test_alike_sentences_are_one_group():
    assert groups([SAME[0], OTHERS[0], SAME[1], OTHERS[1], SAME[2]]) == [0, 1, 0, 2, 0]


def test_groups_keep_as_more_are_added():
    texts = [*SAME, *OTHERS]
    assert groups([*texts, "应急演练没有做记录", "车间没有标语"])[:5] == groups(texts)


def test_no_chain_joins_what_has_nothing_in_common():
    chain = ["甲乙丙丁戊己庚辛", "丙丁戊己庚辛壬癸", "戊己庚辛壬癸子丑", "庚辛壬癸子丑寅卯"]
    for text, group in zip(chain, groups(chain), strict=True):
        first = chain[groups(chain).index(group)]
        assert likeness(pairs_of(first), pairs_of(text)) >= 0.6 or first == text


def test_looking_only_among_the_rarest_pairs_misses_nothing():
    """Equal to comparing each with every leader."""
    random = Random(7)
    texts = [
        "".join(random.choices("安全生产隐患排查治理", k=random.randint(1, 12))) for _ in range(300)
    ]
    leaders, plain = [], []
    for text in texts:
        pairs = pairs_of(text)
        like = [likeness(pairs, leader) for leader in leaders]
        if like and max(like) >= 0.6:
            plain.append(like.index(max(like)))
        else:
            plain.append(len(leaders))
            leaders.append(pairs)
    assert groups(texts) == plain


def test_short_and_empty_sentences_have_groups_of_their_own():
    assert groups(["好", "差", "好", ""]) == [0, 1, 0, 2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "1.建立了台账。\n2、奖励当月兑现；\n（三）有记录",
            ["建立了台账", "奖励当月兑现", "有记录"],
        ),
        ("存在的问题：\n1.没有演练。\n督导意见：\n1.补演练。", ["没有演练", "补演练"]),
        ("2017年12月开展演练。", ["2017年12月开展演练"]),
        ("1.5米以下没有护栏", ["1.5米以下没有护栏"]),
        (" \n。\n", []),
        ("长" * 130 + "。第二句。", ["长" * 130, "第二句"]),
    ],
)
def test_statements_of_a_record(text, found):
    assert statements(text) == found
