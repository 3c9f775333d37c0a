"""Kinds that judge and do not score: verdicts are counted, vetoes are settled with the totals."""

from decimal import Decimal

import pytest

from rubrics.evaluate import InvalidInput, score_point
from rubrics.kinds import KINDS

ZERO = Decimal(0)
TURNED = {"good": "no"}


@pytest.mark.parametrize(
    ("params", "said", "label", "counted"),
    [
        ({}, "yes", "是", "good"),
        ({}, "partly", "部分", "partly"),
        ({}, "no", "否", "bad"),
        (TURNED, "yes", "是", "bad"),
        (TURNED, "partly", "部分", "partly"),
        (TURNED, "no", "否", "good"),
    ],
)
def test_verdict_is_counted_and_scores_nothing(params, said, label, counted):
    outcome = score_point("verdict", ZERO, params, {"verdict": said})
    assert (outcome.points, outcome.explanation, outcome.verdict) == (0, label, counted)


@pytest.mark.parametrize("said", ["是", "", None, True, 1, [], "YES"])
def test_verdict_refuses(said):
    with pytest.raises(InvalidInput, match="请选是、部分或否"):
        score_point("verdict", ZERO, {}, {"verdict": said})


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"effect": "sheet"}, "触犯否决项，全表记 0 分"),
        ({"effect": "section"}, "触犯否决项，本项目记 0 分"),
        ({"effect": "grade", "grade": "一级"}, "触犯否决项，不得评为一级"),
    ],
)
def test_veto_says_what_follows(params, words):
    hit = score_point("veto", ZERO, params, {"hit": "yes"})
    spared = score_point("veto", ZERO, params, {"hit": "no"})
    assert (hit.points, hit.vetoes, hit.explanation) == (0, True, words)
    assert (spared.points, spared.vetoes, spared.explanation) == (0, False, "未触犯否决项")


@pytest.mark.parametrize("said", ["触犯", "", None, True, False, 1])
def test_veto_refuses(said):
    with pytest.raises(InvalidInput, match="请选触犯或未触犯"):
        score_point("veto", ZERO, {"effect": "sheet"}, {"hit": said})


def test_judgements_in_words():
    assert KINDS["verdict"].words(ZERO, {}) == "选是、部分或否，“是”为符合；不计分，写评价"
    assert KINDS["verdict"].words(ZERO, TURNED) == "选是、部分或否，“否”为符合；不计分，写评价"
    assert KINDS["veto"].words(ZERO, {"effect": "sheet"}) == "否决项，触犯即全表记 0 分"
